/// Pulls records out of a byte source through one buffer that is refilled in place.
///
/// The buffer starts at 128 KiB and grows only for a record that does not fit, up to the record limit. A malformed record
/// never stops the file: reading goes on at the next line that can start a record.
struct RecordReader<Decoder: RecordDecoder> {
  enum Step {
    case record
    /// The record cannot be read: see `fault`. Call `finishRejection()` once its bytes are not needed any more.
    case rejected
    case end
  }

  var decoder: Decoder
  private(set) var cells: [Cell]
  /// How many cells the current record filled.
  private(set) var cellCount = 0
  private(set) var buffer: [UInt8]
  /// Where the current record stands in `buffer`, its line end included.
  private(set) var start = 0
  private(set) var end = 0
  /// The line the current record starts on, and the line the next one does; both count from 1.
  private(set) var recordLine: Int
  private(set) var line: Int
  private(set) var fault = Fault(kind: .nul, at: 0)

  private let source: any ByteSource
  private let recordLimit: Int
  private var limit = 0
  /// How far the buffer is known to be UTF-8 already.
  private var validated = 0
  /// The offset in the source of the first byte it gave.
  private let firstByte: Int
  /// The offset in the source of `buffer[0]`.
  private var base: Int
  private var isAtEnd = false
  /// Whether the line feed at the end of the buffer is not in the source.
  private var isLastLineEndAdded = false
  private var isDiscarding = false
  private var hasStarted = false

  /// - `byte`: the offset in the source its first byte has, when reading resumes in the middle.
  /// - `line`: the line number of that byte.
  init(
    _ decoder: Decoder, source: any ByteSource, byte: Int = 0, line: Int = 1, recordLimit: Int = 1 << 20,
    capacity: Int = 1 << 17
  ) {
    self.decoder = decoder
    self.source = source
    self.recordLimit = recordLimit
    base = byte
    firstByte = byte
    self.line = line
    recordLine = line
    cells = [Cell](repeating: Cell(), count: max(1, decoder.cellCapacity))
    buffer = [UInt8](repeating: 0, count: min(capacity, recordLimit) + ByteBuffer.slack)
  }

  /// The offset in the source of the next record.
  var byte: Int { base + end - (isLastLineEndAdded && end == limit ? 1 : 0) }
  /// The offset in the source of the current record.
  var recordByte: Int { base + start }
  /// The offset in the source of the current fault.
  var faultByte: Int { base + fault.at }

  /// Finds the next record; its cells and bytes stay valid until the next call.
  @inline(never)
  mutating func next() throws(SourceFailure) -> Step {
    if !hasStarted { try begin() }
    while true {
      start = end
      let visible = min(limit, start &+ recordLimit)
      let scan = Self.scan(&decoder, buffer, from: start, to: visible, &cells)
      switch scan.outcome {
      case .record:
        end = scan.end
        cellCount = scan.cells
        recordLine = line
        line &+= 1 &+ scan.lineFeeds
        if scan.mayHoldNUL
          || scan.suspectEnd > validated && !buffer.span.isUTF8(in: scan.suspectStart..<scan.suspectEnd),
          let found = buffer.span.textFault(in: start..<end)
        {
          fault = Fault(kind: found.fault == .nul ? .nul : .invalidUTF8, at: found.at, field: field(at: found.at, scan))
          return .rejected
        }
        if let expected = decoder.expectedCells, scan.cells != expected {
          fault = Fault(kind: .fieldCount(found: scan.cells, expected: expected), at: start)
          return .rejected
        }
        return .record
      case .blank:
        end = scan.end
        line &+= 1
      case .incomplete:
        if limit &- start >= recordLimit {
          try rejectOverlong()
          return .rejected
        }
        if isAtEnd {
          if start >= limit { return .end }
          try rejectUnclosed(.unclosedQuote)
          return .rejected
        }
        try refill()
      case .malformed:
        try rejectMalformed()
        return .rejected
      }
    }
  }

  /// A function of its own because a span of `buffer` may not be borrowed while other parts of `self` change.
  @inline(__always)
  private static func scan(
    _ decoder: inout Decoder, _ buffer: [UInt8], from start: Int, to limit: Int, _ cells: inout [Cell]
  ) -> Scan {
    decoder.scan(buffer.span, from: start, to: limit, into: &cells)
  }

  /// Reads past the part of an overlong record that was never in the buffer.
  mutating func finishRejection() throws(SourceFailure) {
    while isDiscarding {
      let found = buffer.span.first(.lineFeed, from: end, to: limit)
      if found < limit {
        end = found + 1
        line += 1
        isDiscarding = false
      } else {
        end = limit
        start = end
        if isAtEnd { isDiscarding = false } else { try refill() }
      }
    }
  }

  // MARK: Malformed records

  private mutating func rejectMalformed() throws(SourceFailure) {
    var found = decoder.fault ?? Fault(kind: .notAnObject, at: start)
    let relative = found.at - start
    let length = try lineEnd(after: relative)
    found.at = start + relative
    fault = found
    consume(length)
  }

  /// A quote that is never closed swallows everything after it, so only its first line is given up.
  private mutating func rejectUnclosed(_ kind: Malformation) throws(SourceFailure) {
    let quote = decoder.openQuote.map { (at: $0.at - start, field: $0.field) }
    let length = try lineEnd(after: 0)
    fault = Fault(kind: kind, at: start + (quote?.at ?? 0), field: quote?.field)
    consume(length)
  }

  private mutating func rejectOverlong() throws(SourceFailure) {
    if decoder.isInsideQuotes { return try rejectUnclosed(.tooLong(limit: recordLimit)) }
    fault = Fault(kind: .tooLong(limit: recordLimit), at: start)
    let length = try lineEnd(after: recordLimit)
    consume(length)
  }

  private mutating func consume(_ length: Int) {
    recordLine = line
    end = start + length
    line += buffer.span.count(of: .lineFeed, in: start..<end)
  }

  /// The length of the current record up to and with the first line feed at `offset` or after, cut at the record limit.
  private mutating func lineEnd(after offset: Int) throws(SourceFailure) -> Int {
    var from = offset
    while true {
      let visible = min(limit, start + recordLimit)
      let found = from < visible - start ? buffer.span.first(.lineFeed, from: start + from, to: visible) : visible
      if found < visible { return found + 1 - start }
      if limit - start >= recordLimit {
        isDiscarding = true
        return recordLimit
      }
      if isAtEnd { return limit - start }
      from = visible - start
      try refill()
    }
  }

  /// The field a byte of the current record stands in, when the cells tell.
  private func field(at index: Int, _ scan: Scan) -> Int? {
    (0..<scan.cells).first {
      cells[$0].form != .missing && index <= Int(cells[$0].end) && index >= Int(cells[$0].start)
    }
  }

  // MARK: The buffer

  /// The first fill: looks for a byte order mark.
  private mutating func begin() throws(SourceFailure) {
    hasStarted = true
    guard base == 0 else { return }
    while limit < 3, !isAtEnd { try refill() }
    if limit >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { end = 3 }
  }

  /// Moves the current record to the front and reads until it has doubled or the buffer is full, so that rescanning a
  /// record from its start stays linear however small the reads are.
  private mutating func refill() throws(SourceFailure) {
    let partial = limit - start
    if start > 0 {
      unsafe buffer.withUnsafeMutableBufferPointer { bytes in
        guard let first = bytes.baseAddress else { return }
        unsafe first.update(from: first + start, count: partial)
      }
      base += start
      end -= start
      limit = partial
      start = 0
    }
    if limit == buffer.count - ByteBuffer.slack {
      let larger = min(recordLimit, limit * 2) + ByteBuffer.slack
      buffer += [UInt8](repeating: 0, count: max(0, larger - buffer.count))
    }
    defer { validated = max(0, firstByte + source.validatedBytes - base) }
    let wanted = min(max(partial * 2, partial + 1), buffer.count - ByteBuffer.slack)
    while limit < wanted {
      let amount = try read()
      if amount == 0 {
        isAtEnd = true
        if limit > 0, buffer[limit - 1] != .lineFeed {
          buffer[limit] = .lineFeed
          limit += 1
          isLastLineEndAdded = true
        }
        return
      }
      limit += amount
    }
  }

  private mutating func read() throws(SourceFailure) -> Int {
    let room = limit..<(buffer.count - ByteBuffer.slack)
    let source = self.source
    let outcome: Result<Int, SourceFailure> = unsafe buffer.withUnsafeMutableBytes { bytes in
      do throws(SourceFailure) {
        return .success(try unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[room])))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }
}
