import ArgumentParser

/// `Benchmarks samples`: files of a sports shop, with the mistakes real ones have.
struct Samples: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write the sample files and the list of their bad lines.")

  @Option(help: "The directory to write to; it must exist.") var output: String

  private static let exports: [(name: String, write: @Sendable (inout SampleFile) -> Void)] = [
    ("catalog.csv", CatalogExport.write), ("profiles.ndjson", ProfileExport.write),
    ("audience.csv", AudienceExport.write), ("points.csv", PointsExport.write), ("coupons.tsv", CouponExport.write),
    ("outlet.csv", OutletExport.write), ("clubs.ndjson", ClubExport.write),
    ("reservations.csv", ReservationExport.write), ("reservations-back.csv", ReservationExport.writeBack),
    ("events.ndjson", EventExport.write), ("sessions.ndjson", SessionExport.write),
    ("order-lines.csv", OrderLineExport.write), ("inventory-keys.csv", InventoryKeys.write),
  ]

  func run() throws {
    var files: [SampleFile] = []
    for export in Self.exports {
      var file = SampleFile(name: export.name)
      export.write(&file)
      try OutputFile.write(file.bytes, to: "\(output)/\(file.name)")
      files.append(file)
    }
    try OutputFile.write(Array(FlawList(files: files).text.utf8), to: "\(output)/README.md")
  }
}
