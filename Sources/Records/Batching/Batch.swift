/// Where a record stands in the sources of a run.
package struct SourcePlace: Sendable, Equatable {
  /// Which source file, counted from 0 in the order they are read.
  package var file: Int
  /// The offset in that file, in bytes of text (after inflating).
  package var byte: Int
  /// The physical line, counted from 1.
  package var line: Int
  /// The number of the record in the whole run, counted from 0.
  package var record: Int

  package init(file: Int, byte: Int, line: Int, record: Int) {
    self.file = file
    self.byte = byte
    self.line = line
    self.record = record
  }
}

/// A record that will not be delivered, with everything a person needs to mend it.
package struct Rejection: Sendable, Equatable {
  package var place: SourcePlace
  /// The column at fault; empty when it is the whole record.
  package var column: String
  package var reason: String
  /// The record as it stands in the source, without its line end.
  package var original: [UInt8]
  /// Whether `original` can be split into the source's columns.
  package var isReadable: Bool
  /// The address of the request it would have been part of, where that can be told.
  var address: [UInt8]?

  package init(place: SourcePlace, column: String, reason: String, original: [UInt8], isReadable: Bool) {
    self.place = place
    self.column = column
    self.reason = reason
    self.original = original
    self.isReadable = isReadable
  }
}

/// One row of a batch: where its JSON is, where its record is, and what it is the same as.
package struct BatchRow: BitwiseCopyable, Sendable {
  var bodyStart: UInt32
  var bodyEnd: UInt32
  var sourceStart: UInt32
  var sourceEnd: UInt32
  var keyStart: UInt32
  var keyEnd: UInt32
  package var file: Int32
  var isSuperseded: Bool
  package var record: Int
  package var line: Int
  package var byte: Int
}

/// The rows of one request before anything has happened to them.
package struct Batch: Sendable {
  package internal(set) var sequence = -1
  /// Which of the job's variants (kinds of action) the rows belong to.
  package internal(set) var variant = 0
  /// The request body: head, rows with commas between them, tail.
  package internal(set) var body: ByteBuffer
  /// What fills the placeholders of the request's path, as a JSON object; empty when rows do not say.
  package internal(set) var address: [UInt8] = []
  /// The rows' records as they stand in the source.
  package internal(set) var source: ByteBuffer
  package internal(set) var rows: [BatchRow] = []
  /// Records that were refused before anything was sent.
  package internal(set) var rejections: [Rejection] = []
  /// The bytes of their records.
  var rejectedBytes = 0
  /// The files of records that another row of the same key took the place of.
  package internal(set) var skippedFiles: [Int] = []
  /// Records an earlier execution settled, next to those that are still open; only where records are folded.
  var settledStrays: [Stray] = []
  /// Every record this batch accounts for: rows, rejections and skipped ones.
  package internal(set) var records: [Range<Int>] = []
  /// Earlier batches that share a key with this one and must be finished first.
  package internal(set) var after: [Int] = []
  /// Where the reader stood when the batch was cut: everything before it had been read.
  package internal(set) var end = SourcePlace(file: 0, byte: 0, line: 1, record: 0)
  var headCount = 0
  package internal(set) var tail: [UInt8] = []
  var hasSuperseded = false

  init(bodyCapacity: Int, sourceCapacity: Int) {
    body = ByteBuffer(capacity: bodyCapacity)
    source = ByteBuffer(capacity: sourceCapacity)
  }

  var isOpen: Bool { sequence >= 0 }

  /// Makes the batch empty and open, keeping its memory.
  mutating func open(sequence: Int, variant: Int, head: [UInt8], tail: [UInt8]) {
    self.sequence = sequence
    self.variant = variant
    self.tail = tail
    body.removeAll()
    source.removeAll()
    rows.removeAll(keepingCapacity: true)
    rejections.removeAll(keepingCapacity: true)
    rejectedBytes = 0
    skippedFiles.removeAll(keepingCapacity: true)
    settledStrays.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    after.removeAll()
    address.removeAll(keepingCapacity: true)
    hasSuperseded = false
    body.append(head)
    headCount = body.count
  }

  /// Takes a record into account; numbers come in ascending order.
  @inline(__always) mutating func note(_ record: Int) {
    if let last = records.indices.last, records[last].upperBound == record {
      unsafe records[last] = Range(uncheckedBounds: (records[last].lowerBound, record &+ 1))
    } else {
      records.append(record..<record + 1)
    }
  }

  /// Whether the rejections alone are worth a batch: so many of them, or a quarter of a megabyte.
  func hasManyRejections(of rows: Int) -> Bool { rejections.count >= rows || rejectedBytes >= 1 << 18 }

  /// Where the row stands in the body.
  package func bodyRange(of index: Int) -> Range<Int> { Int(rows[index].bodyStart)..<Int(rows[index].bodyEnd) }

  /// Takes a row of another batch, of which `item` alone is sent.
  ///
  /// - `blank`: what is sent for a row that has no item; nothing when empty.
  mutating func append(_ parent: Batch, _ index: Int, item: Range<Int>, blank: [UInt8] = []) {
    if body.count > headCount, !item.isEmpty || !blank.isEmpty { body.append(.comma) }
    var row = parent.rows[index]
    let source = source.count
    self.source.append(parent.source, Int(row.sourceStart)..<Int(row.sourceEnd))
    row.sourceStart = UInt32(truncatingIfNeeded: source)
    row.sourceEnd = UInt32(truncatingIfNeeded: self.source.count)
    row.bodyStart = UInt32(truncatingIfNeeded: body.count)
    if item.isEmpty { body.append(blank) } else { body.append(parent.body, item) }
    row.bodyEnd = UInt32(truncatingIfNeeded: body.count)
    rows.append(row)
    note(row.record)
  }

  mutating func wait(for sequence: Int) {
    if !after.contains(sequence) { after.append(sequence) }
  }

  /// Ends the body; rows that were superseded leave it.
  mutating func close(at end: SourcePlace) {
    self.end = end
    if hasSuperseded { compact() }
    body.append(tail)
  }

  private mutating func compact() {
    let whole = body.bytes(0..<body.count)
    let kept = rows.filter { !$0.isSuperseded }
    body.removeAll()
    body.append(whole.span, 0..<headCount)
    rows.removeAll(keepingCapacity: true)
    for var row in kept {
      if !rows.isEmpty { body.append([.comma]) }
      let start = body.count
      body.append(whole.span, Int(row.bodyStart)..<Int(row.bodyEnd))
      row.bodyStart = UInt32(start)
      row.bodyEnd = UInt32(body.count)
      rows.append(row)
    }
  }

  /// Whether all rows come from one file.
  package var isOfOneFile: Bool { rows.first?.file == rows.last?.file }

  /// A body that carries only the given rows, in their order.
  package func body(of indices: some Sequence<Int>) -> ByteBuffer {
    let part = ByteBuffer(capacity: body.count)
    part.append(body, 0..<headCount)
    var isFirst = true
    for index in indices {
      if !isFirst { part.append([.comma]) }
      isFirst = false
      part.append(body, Int(rows[index].bodyStart)..<Int(rows[index].bodyEnd))
    }
    part.append(tail)
    return part
  }

  /// The JSON of one row.
  package func json(of index: Int) -> [UInt8] {
    body.bytes(Int(rows[index].bodyStart)..<Int(rows[index].bodyEnd))
  }

  /// The rejection of a row the server refused.
  package func rejection(of index: Int, column: String = "", reason: String) -> Rejection {
    let row = rows[index]
    var original = source.bytes(Int(row.sourceStart)..<Int(row.sourceEnd))
    if original.last == .lineFeed { original.removeLast() }
    if original.last == .carriageReturn { original.removeLast() }
    return Rejection(
      place: SourcePlace(file: Int(row.file), byte: row.byte, line: row.line, record: row.record), column: column,
      reason: reason, original: original, isReadable: true)
  }
}
