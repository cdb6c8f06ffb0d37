import Testing

@testable import Settings

@Suite struct LimitTests {
  @Test func aFileLargerThanAMebibyteIsRefused() {
    let bytes = Array(repeating: UInt8(ascii: "#"), count: DocumentLimits.bytes + 1)
    #expect(issues(bytes: bytes) == ["1:1: error: the file has 1048577 bytes; at most 1048576 are read"])
    #expect(issues(bytes: bytes.dropLast()).first?.hasPrefix("1:1: error: the file is empty") == true)
  }

  @Test func nestingIsReadToTheLimitAndReportedOnceBeyondIt() {
    #expect(issues(nested(32)) == [])
    #expect(issues(nested(33)) == ["1:33: error: lists and mappings are nested more than 32 deep"])
    #expect(issues(nested(900)) == ["1:33: error: lists and mappings are nested more than 32 deep"])
  }

  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "[{"])
  func aMebibyteOfOpeningsIsRefusedWithAPlace(_ opening: String) {
    let yaml = String(repeating: opening, count: 50_000)
    let found = issues(yaml)
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("error: lists and mappings are nested more than 32 deep") == true)
  }

  @Test func moreThanAHundredThousandValuesAreRefused() {
    #expect(issues(items(99_999)) == [])
    #expect(issues(items(100_000)) == ["1:200000: error: the file holds more than 100000 values"])
  }

  @Test func aliasesThatWouldStandForBillionsOfValuesAreNeverFollowed() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(aliases)]\n"
    }
    yaml += "? *a30\n: 1\n? {*a30 : *a30}\n: 1\n"
    let found = issues(yaml)
    #expect(found.contains { $0.hasPrefix("1:5: error: anchors") }, "\(found.prefix(3))")
    #expect(found.contains { $0.hasPrefix("2:10: error: aliases") }, "\(found.prefix(3))")
  }

  private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  private func items(_ count: Int) -> String {
    "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
  }
}
