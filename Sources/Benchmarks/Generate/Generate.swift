import ArgumentParser

/// `Benchmarks generate`: a catalog of any size, the same bytes every time.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write a catalog of believable rows.")

  @Option(help: "How many rows.") var rows: Int
  @Option(help: "csv or ndjson.") var format: RowFormat = .csv
  @Option(help: "The file to write; - is standard output.") var output: String

  private static let blockSize = 1 << 20

  func validate() throws {
    if rows < 0 { throw ValidationError("--rows cannot be negative") }
  }

  func run() throws {
    let file = try OutputFile(path: output)
    var catalog = CatalogRows(format: format)
    var block: [UInt8] = []
    block.reserveCapacity(Self.blockSize + 4096)
    block += format.header
    for number in 0..<rows {
      catalog.append(row: number, to: &block)
      if block.count >= Self.blockSize {
        try file.write(block)
        block.removeAll(keepingCapacity: true)
      }
    }
    try file.write(block)
  }
}

extension RowFormat: ExpressibleByArgument {}
