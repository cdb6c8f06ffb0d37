import ArgumentParser

/// `Benchmarks samples`: files of a sports shop, with the mistakes real ones have.
struct Samples: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write the sample files and the list of their bad lines.")

  @Option(help: "The directory to write to; it must exist.") var output: String

  func run() throws {
    var catalog = SampleFile(name: "catalog.csv")
    CatalogExport.write(to: &catalog)
    var profiles = SampleFile(name: "profiles.ndjson")
    ProfileExport.write(to: &profiles)
    var audience = SampleFile(name: "audience.csv")
    AudienceExport.write(to: &audience)

    var keys = SampleFile(name: "inventory-keys.csv")
    InventoryKeys.write(to: &keys)

    let files = [catalog, profiles, audience, keys]
    for file in files {
      try OutputFile.write(file.bytes, to: "\(output)/\(file.name)")
    }
    try OutputFile.write(Array(FlawList(files: files).text.utf8), to: "\(output)/README.md")
  }
}
