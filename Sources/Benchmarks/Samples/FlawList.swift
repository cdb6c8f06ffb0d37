/// The page beside the samples that says what is wrong with them, and where.
struct FlawList {
  let files: [SampleFile]

  var text: String {
    var lines = [
      "# Samples",
      "",
      "Exports of a sports and outdoor shop that does not exist. `scripts/samples` makes them, this page included: the",
      "same bytes every time. What is wrong with them is wrong on purpose.",
    ]
    for file in files {
      let compressed = file.name == "profiles.ndjson"
      lines += ["", "## \(file.name)\(compressed ? ".gz" : "")", "", "| line | what is wrong |", "|---:|---|"]
      lines += file.flaws.map { "| \($0.line) | \($0.reason) |" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
