extension MappingReader {
  /// A text with every `${env:…}` and `${file:…}` filled in.
  package func string(
    _ key: String, expandedWith lookups: Lookups, required: Bool = false
  ) -> Located<String>? {
    guard let written = string(key, required: required) else { return nil }
    switch Substitution.expand(written.value, with: lookups) {
    case .success(let text): return Located(text, at: written.place)
    case .failure(let problem):
      issues.report(at: written.place, "\(quoted(key)): \(problem)")
      return nil
    }
  }

  /// A text that must not be seen, with every `${env:…}` and `${file:…}` filled in; an empty one is an issue.
  package func secret(_ key: String, _ lookups: Lookups, required: Bool = false) -> Located<Secret>? {
    guard let text = string(key, expandedWith: lookups, required: required) else { return nil }
    guard !text.value.isEmpty else {
      issues.report(at: text.place, "\(quoted(key)) is empty; fill it in with '${env:NAME}' or '${file:PATH}'")
      return nil
    }
    return text.map(Secret.init)
  }
}
