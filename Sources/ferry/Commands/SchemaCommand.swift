import ArgumentParser
import Jobs
import Platform
import Records

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of job files, for editors.",
    discussion: """
      Editors that know YAML schemas complete and check job files with it: ferry schema > ferry.schema.json, and in the
      job's first line: # yaml-language-server: $schema=ferry.schema.json
      """)

  func run() throws { Terminal.out(String(decoding: JobSchema.whole.bytes, as: UTF8.self) + "\n") }
}
