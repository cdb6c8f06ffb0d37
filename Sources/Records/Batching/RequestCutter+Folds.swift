extension RequestCutter {
  /// Adds a line to the request of its object, finishing the one before when that was another.
  mutating func add(_ index: Int, of batch: Batch) {
    let row = RequestRow(batch.body, batch.bodyRange(of: index))
    let address = RequestRow.plain(batch.body.bytes(row.address))
    if let last = fold, last.batch.address != address {
      fold = nil
      ready.append(last.closed(cut, at: end))
    }
    if let stray = lastStray, stray.address == nil { fold?.object(stray.words) }
    var lines = fold.take() ?? begin(address, frame: batch.body.bytes(row.frame), line: batch.rows[index].line)
    lastStray = nil
    isParted = false
    claim(row.serials, of: batch, for: &lines.batch)
    lines.add(batch, index, row, cut)
    handed += 1
    if lines.isRefused, lines.isFull(cut) {
      // Lines that cannot be sent need not be held until the last of them has come.
      let refused = lines.batch
      lines.batch = open()
      lines.batch.address = refused.address
      ready.append(lines.rejected(refused, at: end))
    }
    fold = lines
  }

  private mutating func begin(_ address: [UInt8], frame: [UInt8], line: Int) -> OpenFold {
    var request = open()
    request.address = address
    var fold = OpenFold(batch: request, frame: frame)
    let earlier = remember(address, line: line)
    if let stray = lastStray, stray.address == nil || stray.address == address {
      fold.object(stray.words)
    } else if let earlier {
      fold.object("its lines must stand together, and others of it began on line \(earlier); sort the source")
    }
    return fold
  }

  /// Notes an address; answers the line on which it was met before, when that was not long ago.
  private mutating func remember(_ address: [UInt8], line: Int) -> Int? {
    let padded = address + [UInt8](repeating: 0, count: ByteBuffer.slack)
    let entry = KeyTable.Entry(hash: Hash.of(padded.span, 0..<address.count), sequence: addresses, row: line)
    let oldest = addresses - cut.remembered
    let previous = folded.take(entry, oldest: oldest)
    addresses += 1
    return previous.isFree || previous.sequence < oldest ? nil : Int(previous.row)
  }

  /// Takes note of records before `record` that are no rows: a line of the open object, or one that may be.
  ///
  /// One that cannot be read may be a line of the object before or after it, but not past a line of another.
  mutating func meetStrays(before record: Int) {
    while straysMet < strays.count, strays[straysMet].record < record {
      let stray = strays[straysMet]
      straysMet += 1
      if let address = stray.address, fold?.batch.address != address {
        if lastStray?.address != address { _ = remember(address, line: stray.line) }
        isParted = true
      } else if stray.address != nil || !isParted {
        fold?.object(stray.words)
      }
      lastStray = stray
    }
  }
}

/// A record that is no row, near lines that are folded: rejected now, or settled by an earlier execution.
struct Stray: Sendable, Equatable {
  var record: Int
  var line: Int
  /// The object it is a line of; nil where that cannot be told.
  var address: [UInt8]?
  var isSettled: Bool

  /// Why its neighbours are not sent.
  var words: String {
    isSettled
      ? "line \(line), which belongs to it or may, was settled before this run was resumed"
      : "line \(line), which belongs to it or may, was rejected"
  }

  /// Those of a batch, in the order of the source.
  static func all(of batch: Batch) -> [Stray] {
    let rejected = batch.rejections.map {
      Stray(record: $0.place.record, line: $0.place.line, address: $0.address.map(RequestRow.plain), isSettled: false)
    }
    return (rejected + batch.settledStrays).sorted { $0.record < $1.record }
  }
}
