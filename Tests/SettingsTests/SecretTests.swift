import Testing

@testable import Settings

@Suite struct SecretTests {
  private struct Holder {
    var name = "holder"
    var key: Secret
    var all: [Secret]
    var maybe: Secret?
  }

  @Test func secretNeverShows() {
    let secret = Secret("hunter2")
    let holder = Holder(key: secret, all: [secret], maybe: secret)
    var dumped = ""
    dump(secret, to: &dumped)
    dump(holder, to: &dumped)
    dump(Located(secret, at: Place(line: 1, column: 1)), to: &dumped)
    let shown = [
      secret.description, secret.debugDescription, "\(secret)", "\([secret])", "\(holder)", String(reflecting: holder),
      String(describing: Optional(secret)), String(reflecting: secret), dumped,
      "\(Mirror(reflecting: secret).children.map { "\($0)" })", "\(Result<Secret, LookupFailure>.success(secret))",
    ]
    for words in shown { #expect(!words.contains("hunter2"), "\(words)") }
    #expect("\(secret)" == "‹secret›")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(secret.reveal() == "hunter2")
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("${env:KEY}", "s3cret"), ("a${env:KEY}b${env:KEY}", "as3cretbs3cret"),
    ("$$", "$"), ("$${env:KEY}", "${env:KEY}"), ("$a", "$a"), ("end$", "end$"), ("${env:NONE:-other}", "other"),
    ("${env:NONE:-}", ""), ("${env:EMPTY:-x}", "x"), ("${env:KEY:-x}", "s3cret"), ("${env:NONE:-a:-b}", "a:-b"),
    ("${file:key.txt}", "from-file"),
  ])
  func substitutionFillsIn(text: String, expected: String) {
    #expect((try? Substitution.expand(text, with: lookups).get()) == expected)
  }

  @Test(arguments: [
    ("${env:KEY", "found '${' without '}'"), ("${}", "found '${…}', expected ${env:NAME} or ${file:path}"),
    ("${env:NONE}", "the environment has no variable 'NONE'"),
    ("${env:EMPTY}", "the environment has no variable 'EMPTY'"),
    ("${vault:x}", "found '${vault:x…}', expected ${env:NAME} or ${file:path}"),
    ("${env:KEY}${file:gone}", "the file 'gone' does not exist"),
  ])
  func failedSubstitutionSaysWhy(text: String, words: String) {
    guard case .failure(let failure) = Substitution.expand(text, with: lookups) else {
      Testing.Issue.record("expected a failure")
      return
    }
    #expect(failure.reason == words)
    #expect(!failure.reason.contains("s3cret"))
  }

  @Test func lookedUpTextIsNotExpandedAgain() {
    let twice = Lookups(environment: { _ in "${env:OTHER}" }, file: { _ in .success("$$") })
    #expect((try? Substitution.expand("${env:A}${file:b}", with: twice).get()) == "${env:OTHER}$$")
  }

  @Test(arguments: [
    ("widnow", ["window", "rows"], "window"), ("WINDOW", ["window"], "window"), ("sku", ["sku"], "sku"),
    ("skuu", ["sku", "price"], "sku"), ("prcie", ["sku", "price"], "price"), ("", ["a"], "a"),
    ("catalogsync", ["catalog.sync", "audience.members"], "catalog.sync"), ("größe", ["grösse", "x"], "grösse"),
  ])
  func nearWordIsFound(word: String, known: [String], expected: String) {
    #expect(nearest(to: word, among: known) == expected)
  }

  @Test(arguments: [
    ("entirely", ["different", "words"]), ("x", []), ("abc", ["xyz"]), ("window", ["wallow"]),
    (String(repeating: "x", count: 100_000), ["x"]),
  ])
  func farWordIsNot(word: String, known: [String]) {
    #expect(nearest(to: word, among: known) == nil)
  }
}
