/// The records of one open source file, whatever its format, on their way into an assembler.
///
/// One class hides which decoder is at work, so that the loop behind `fill` is compiled for each of them and entered once a
/// batch.
package final class RecordStream {
  private var csv: RecordReader<CSVDecoder>?
  private var ndjson: RecordReader<NDJSONDecoder>?
  /// The columns a CSV file names; empty for NDJSON.
  package private(set) var columns: [String] = []

  /// Opens a CSV file at its beginning and reads its header, unless the dialect names the columns.
  package init(csv dialect: CSVDialect, source: any ByteSource, path: String, recordLimit: Int = 1 << 20)
    throws(SourceFailure)
  {
    var reader = RecordReader(CSVDecoder(dialect), source: source, recordLimit: recordLimit)
    if let named = dialect.columns { columns = named } else { columns = try reader.readColumns(path: path) }
    csv = reader
  }

  /// Goes on in the middle of a CSV file whose columns are known.
  package init(
    csv dialect: CSVDialect, columns: [String], source: any ByteSource, byte: Int, line: Int, recordLimit: Int = 1 << 20
  ) {
    var decoder = CSVDecoder(dialect)
    decoder.expectedCells = columns.count
    self.columns = columns
    csv = RecordReader(decoder, source: source, byte: byte, line: line, recordLimit: recordLimit)
  }

  /// - `columns`: the mapped paths, in the order of their cells.
  /// - `keepsRest`: whether the job maps the remaining members too.
  package init(
    ndjson columns: [String], keepsRest: Bool, source: any ByteSource, byte: Int = 0, line: Int = 1,
    recordLimit: Int = 1 << 20
  ) {
    self.columns = columns
    ndjson = RecordReader(
      NDJSONDecoder(columns: columns, keepsRest: keepsRest), source: source, byte: byte, line: line,
      recordLimit: recordLimit)
  }

  /// Reads until `assembler` has a batch ready (true) or the file or the assembler's limit ends (false).
  package func fill(_ assembler: inout BatchAssembler) throws(SourceFailure) -> Bool {
    if csv != nil { return try fillCSV(&assembler) }
    return try fillNDJSON(&assembler)
  }

  private func fillCSV(_ assembler: inout BatchAssembler) throws(SourceFailure) -> Bool {
    guard var reader = csv.take() else { return false }
    defer { csv = reader }
    return try assembler.fill(from: &reader)
  }

  private func fillNDJSON(_ assembler: inout BatchAssembler) throws(SourceFailure) -> Bool {
    guard var reader = ndjson.take() else { return false }
    defer { ndjson = reader }
    return try assembler.fill(from: &reader)
  }

  /// Where the next record of the file stands.
  package var byte: Int { csv?.byte ?? ndjson?.byte ?? 0 }
  package var line: Int { csv?.line ?? ndjson?.line ?? 1 }
}
