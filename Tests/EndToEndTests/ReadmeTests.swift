import Foundation
import Testing

/// The README is executed: every console block is what the command beside it prints, and its job is a job.
@Suite(.inTurn) struct ReadmeTests {
  private static func readme() throws -> String {
    try String(contentsOfFile: "\(Workplace.root)/README.md", encoding: .utf8)
  }

  /// The blocks fenced with a language, their indentation taken off.
  private static func blocks(_ language: String) throws -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    var indent = 0
    for line in try readme().split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("```") {
        if let lines = current {
          blocks.append(lines.joined(separator: "\n") + "\n")
          current = nil
        } else if text == "```\(language)" {
          current = []
          indent = line.count - text.count
        }
      } else {
        current?.append(line.dropFirst(indent))
      }
    }
    return blocks
  }

  /// What differs from run to run: times, rates, memory, and the run's name.
  private static func masked(_ text: String) -> String {
    var text = text
    for (pattern, mask) in [
      (#"in [0-9.]+ s"#, "in T"), (#"[0-9,]+ rows/s"#, "N rows/s"), (#"[0-9.]+ MB memory"#, "M memory"),
      (#"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}"#, "RUN"),
    ] {
      text = text.replacingOccurrences(of: pattern, with: mask, options: .regularExpression)
    }
    return text
  }

  @Test func theDemoShowsWhereAndWhyRowsWereSetAside() async throws {
    let place = try Workplace()
    let demo = try place.start(
      ["scripts/demo"], ["FERRY": Workplace.binary], program: "/bin/bash", in: Workplace.root)
    let outcome = try await demo.wait()
    #expect(outcome.exit == 0, "\(outcome.err)")
    #expect(outcome.out.contains("  line 935  price  'price' is '12,50', expected a number such as 12.50\n"))
    #expect(outcome.out.contains("\"accepted\": 4988"))
  }

  @Test func everyConsoleBlockIsWhatTheCommandPrints() async throws {
    let place = try Workplace()
    for name in ["jobs", "samples"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(place.folder)/\(name)", withDestinationPath: "\(Workplace.root)/\(name)")
    }
    try place.write("products.csv", try #require(try Self.blocks("csv").first))
    try place.write("products.yaml", try #require(try Self.blocks("yaml").first))
    let blocks = try Self.blocks("console")
    #expect(blocks.count == 4)
    for block in blocks {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
      let command = lines[0].split(separator: " ").map(String.init)
      #expect(command.prefix(2) == ["$", "ferry"])
      let outcome = try await place.ferry(Array(command.dropFirst(2)))
      #expect(Self.masked(outcome.out) == Self.masked(lines.dropFirst().joined(separator: "\n")), "\(outcome.err)")
    }
  }

  @Test func theJobsItShowsAreThoseOfTheRepository() throws {
    let named = try Self.blocks("yaml").filter { $0.hasPrefix("# jobs/") }
    #expect(!named.isEmpty)
    for block in named {
      let lines = block.split(separator: "\n", maxSplits: 1)
      let job = try String(contentsOfFile: "\(Workplace.root)/\(lines[0].dropFirst(2))", encoding: .utf8)
      #expect(job.split(separator: "\n").filter { !$0.hasPrefix("#") } == lines[1].split(separator: "\n"))
    }
  }

  @Test func everyScriptAndFolderItNamesIsThere() throws {
    let readme = try Self.readme()
    for name in ["demo", "test", "build", "bench", "fuzz"] {
      #expect(readme.contains(name))
      #expect(FileManager.default.isExecutableFile(atPath: "\(Workplace.root)/scripts/\(name)"), "scripts/\(name)")
    }
    for room in try FileManager.default.contentsOfDirectory(atPath: "\(Workplace.root)/Sources")
    where !room.hasPrefix("C") || room == "Checkpoints" || room == "CShims" {
      let path = "\(Workplace.root)/Sources/\(room)/README.md"
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count >= 3, "\(room)")
    }
  }
}
