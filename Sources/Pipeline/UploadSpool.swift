package import Checkpoints
package import Delivery
import Records

/// A file on its way to the server: rows are appended to it on disk, so that its size is no matter of memory.
package struct UploadSpool<File: AppendOnlyFile & ~Copyable>: ~Copyable {
  private static var chunk: Int { 1 << 18 }

  package let path: String
  private var file: File
  private let upload: UploadBody
  private let limit: Int
  private let buffer = ByteBuffer(capacity: 1 << 18)
  private var fingerprint = Fingerprint()
  /// The hash of every row, eight bytes each, as long as there are no more than the API takes: beyond that nothing is sent.
  private var hashes: [UInt64] = []
  /// Bytes written so far.
  private(set) var count = 0
  /// Rows in it, and the records they were made of, file by file, in order.
  private(set) var rows = 0
  private(set) var parts: [FileRecords] = []
  /// Whether a line of it is a row.
  private(set) var isLineARow = true

  /// - `limit`: rows beyond which the file is not sent.
  package init(_ file: consuming File, path: String, _ upload: UploadBody, limit: Int) {
    self.file = file
    self.limit = limit
    self.path = path
    self.upload = upload
    buffer.append(upload.head)
  }

  /// Counts the rows, equal ones once; those hashes are not needed any more.
  mutating func countDistinctRows() -> Int {
    hashes.sort()
    defer { hashes = [] }
    return zip(hashes, hashes.dropFirst()).count { $0 != $1 } + (hashes.isEmpty ? 0 : 1)
  }

  /// The fingerprint of the rows.
  var digest: UInt64 { fingerprint.value }

  mutating func append(_ batch: Batch) throws(FileFailure) {
    for index in batch.rows.indices {
      let start = buffer.count
      if !upload.append(row: index, of: batch, to: buffer) { isLineARow = false }
      fingerprint.update(buffer.bytes(start..<buffer.count).span)
      if rows < limit { hashes.append(buffer.hash(start..<buffer.count)) }
      let row = batch.rows[index]
      if parts.last?.file != Int(row.file) { parts.append(FileRecords(file: Int(row.file), records: RecordRanges())) }
      parts[parts.count - 1].records.insert(row.record)
      rows += 1
      if buffer.count >= Self.chunk { try flush() }
    }
  }

  /// Ends the body and answers it.
  mutating func finish() throws(FileFailure) -> BodyFile {
    buffer.append(upload.tail)
    try flush()
    return BodyFile(path: path, count: count)
  }

  /// The record of a row, counted from 0.
  func record(ofRow row: Int) -> Int? {
    var left = row
    for range in parts.flatMap(\.records.ranges) {
      if left < range.count { return range.lowerBound + left }
      left -= range.count
    }
    return nil
  }

  private mutating func flush() throws(FileFailure) {
    try file.append(buffer.bytes(0..<buffer.count))
    count += buffer.count
    buffer.removeAll()
  }
}
