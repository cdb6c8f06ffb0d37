package import Records

/// The body of a CSV upload: `multipart/form-data` with one file in the field `upFile`.
package struct UploadBody: Sendable {
  /// The columns, in the order of the header.
  private let columns: [[UInt8]]
  /// The text between parts; long enough that no file holds it by accident.
  package let boundary: String

  /// - `columns`: the names in the header, which the rows' JSON uses too.
  package init(columns: [String], boundary: String) {
    self.columns = columns.map { Array($0.utf8) }
    self.boundary = boundary
  }

  package var contentType: ContentType { .multipart(boundary: boundary) }

  /// What stands before the first row: the part's own headers, and the file's.
  package var head: [UInt8] {
    let head = Array(
      ("--\(boundary)\r\nContent-Disposition: form-data; name=\"upFile\"; filename=\"ferry.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\n").utf8)
    return head + CSVText.join(columns, CSVDialect()) + [.lineFeed]
  }

  package var tail: [UInt8] { Array("\r\n--\(boundary)--\r\n".utf8) }

  /// The whole body for some rows of a batch, and whether a line of the file is a row.
  package func body(of batch: Batch, rows: some Sequence<Int>) -> (body: ByteBuffer, isLineARow: Bool) {
    let body = ByteBuffer(capacity: batch.body.count + batch.rows.count * columns.count + 512)
    body.append(head)
    var isLineARow = true
    for index in rows where !append(row: index, of: batch, to: body) { isLineARow = false }
    body.append(tail)
    return (body, isLineARow)
  }

  /// Appends one row as a line; false when it takes several.
  package func append(row index: Int, of batch: Batch, to body: ByteBuffer) -> Bool {
    let line = CSVLine(batch.body, batch.bodyRange(of: index), columns: columns)
    body.append(line.bytes)
    return !line.hasBreaks
  }
}
