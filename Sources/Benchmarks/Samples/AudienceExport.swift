/// Who joins and who leaves an audience, as a spreadsheet saves it in half of Europe: semicolons between the cells.
enum AudienceExport {
  static func write(to file: inout SampleFile) {
    let customers = ProfileExport.customers
    var dice = Dice(seed: 0xA0D1_E9CE)
    var earlier: [String] = []
    file.append(line("profile", "action"))
    for index in 0..<2000 {
      let id = customers[index * 3 / 2].id
      let action = dice.chance(percent: 8) ? "delete" : "add"
      switch index {
      case 612:
        file.append(line(id, "remove"), flaw: "the action is `remove`; the API knows `add` and `delete`")
      case 340, 977, 1604:
        file.append(line(earlier[index - 12], "add"), flaw: "the profile of twelve lines before once more")
      case 1248:
        file.append(line(earlier[index - 1], "delete"), flaw: "the profile of the line before, with `delete`")
      default: file.append(line(id, action))
      }
      earlier.append(id)
    }
  }

  private static func line(_ profile: String, _ action: String) -> [UInt8] { Array("\(profile);\(action)\n".utf8) }
}
