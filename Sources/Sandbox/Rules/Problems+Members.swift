extension Problems {
  /// Members nobody knows are refused: what the API does with them is not documented, and a misspelt one would be lost.
  mutating func refuseOthers(than known: Set<String>, in value: JSONValue, at pointer: @autoclosure () -> String) {
    guard let object = value.object else { return wrongType(value, "an object", at: pointer()) }
    for member in object.members where !known.contains(member.name) {
      let expected = known.sorted().joined(separator: ", ")
      add("Unknown property", "\(member.name.prefix(60)) is not one of \(expected)", at: pointer() + "/" + member.name)
      if isFull { return }
    }
  }
}
