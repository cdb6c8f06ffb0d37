import Testing

@testable import Settings

@Suite struct SecretTests {
  @Test func secretsNeverPrint() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(["key": Located(secret, at: .start)], to: &dumped)
    let printed = [
      "\(secret)", secret.description, secret.debugDescription, String(reflecting: secret), "\([secret])",
      "\(Located(secret, at: .start))", dumped, "\(Mirror(reflecting: secret).children.count)",
    ]
    for text in printed { #expect(!text.contains("hunter2")) }
    #expect(printed[0] == "‹secret›")
    #expect(printed[3] == "‹secret›")
    #expect(secret.reveal() == "hunter2")
  }

  @Test func secretsComeFromTheEnvironmentAFileOrTheText() {
    #expect(value("k: ${env:KEY}") { $0.secret("k", .small)?.value.reveal() } == "hunter2")
    #expect(value("k: ${file:key.txt}") { $0.secret("k", .small)?.value.reveal() } == "from ${env:KEY}")
    #expect(value("k: plain") { $0.secret("k", .small)?.value.reveal() } == "plain")
    #expect(value("k: 'Bearer ${env:KEY}'") { $0.string("k", expandedWith: .small)?.value } == "Bearer hunter2")
  }

  @Test(arguments: [
    "hunter2${": "a '${' is never closed: add '}', or write '$${' for a literal '${'",
    "hunter2${hunter2}":
      "unknown form of '${…}': write '${env:NAME}', '${env:NAME:-default}' or '${file:PATH}', "
      + "or '$${' for a literal '${'",
    "${env:hunter-2}": "'${env:…}' must name a variable of letters, digits and '_', not starting with a digit",
    "hunter2${env:NONE}":
      "environment variable 'NONE' is not set: set it, or give a default with '${env:NONE:-default}'",
    "hunter2${file:}": "'${file:…}' must name a file",
    "hunter2${file:no.txt}": "cannot read the file 'no.txt': no such file",
  ])
  func whatCannotBeFilledInIsReportedWithoutTheSecret(_ text: String, _ problem: String) {
    #expect(issues("k: '\(text)'") { _ = $0.secret("k", .small) } == ["1:4: error: 'k': \(problem)"])
  }

  @Test func emptySecretsAndOtherShapesAreReported() {
    #expect(
      issues("k: ${env:EMPTY}") { _ = $0.secret("k", .small) }
        == ["1:4: error: 'k' is empty; fill it in with '${env:NAME}' or '${file:PATH}'"])
    #expect(
      issues("k: [hunter2]") { _ = $0.secret("k", .small) } == ["1:4: error: 'k' must be text, found a list"])
    #expect(
      issues("a: 1") { job in
        _ = job.secret("k", .small, required: true)
        _ = job.has("a")
      } == ["1:1: error: missing key 'k' in 'job', expected text"])
  }

  @Test func aSecretThatIsNotYAMLIsNotQuoted() {
    for yaml in [
      "k: *hunter2\n", "k: &hunter2\n", "k: !hunter2 x\n", "k: \"hunter2\n", "k: x: hunter2\n", "k: @hunter2",
    ] {
      let found = issues(yaml)
      #expect(found.count == 1)
      #expect(!found.contains { $0.contains("hunter2") })
    }
  }

  @Test(arguments: [
    ("$${env:KEY}", "${env:KEY}"), ("a$b$", "a$b$"), ("${env:NONE:-x:-y}", "x:-y"), ("${env:EMPTY:-x}", "x"),
    ("${env:EMPTY}", ""), ("${env:NONE:-}", ""), ("${env:KEY}${env:KEY}", "hunter2hunter2"), ("$$$${", "$$${"),
  ])
  func substitutionFollowsItsForms(_ text: String, _ expected: String) {
    #expect(Substitution.expand(text, with: .small) == .success(expected))
  }
}
