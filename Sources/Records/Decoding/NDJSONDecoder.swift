/// One JSON object a line; the cells are the values at the mapped paths.
///
/// Every byte of a line is checked, mapped or not. Numbers are passed on as the digits they were written in.
struct NDJSONDecoder: RecordDecoder {
  private var scanner = JSONScanner()
  private var tree: ColumnTree
  private let keepsRest: Bool
  private(set) var rest: [RestMember] = []
  private(set) var fault: Fault?
  /// Hashes of the keys of the objects being walked, innermost last; lent to a walk as a span, which costs no check of
  /// the array a key.
  private var hashes = [UInt64](repeating: 0, count: maximumOpenKeys)
  private var hashCount = 0
  /// Keys of one object and of all it stands in.
  static let maximumOpenKeys = 4 * JSONScanner.maximumMembers
  let isInsideQuotes = false
  let openQuote: (at: Int, field: Int)? = nil
  let expectedCells: Int? = nil

  /// - `keepsRest`: whether members that no column is mapped from are wanted too.
  init(columns: [String], keepsRest: Bool = false) {
    tree = ColumnTree(columns)
    self.keepsRest = keepsRest
  }

  var cellCapacity: Int { tree.count }

  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan {
    var out = cells.mutableSpan
    for i in 0..<tree.count { unsafe out[unchecked: i] = Cell() }
    if keepsRest { rest.removeAll(keepingCapacity: true) }
    hashCount = 0
    scanner.begin()
    var i = scanner.skipSpaces(bytes, from: start, to: limit)
    if i >= limit { return Scan(outcome: .incomplete) }
    if bytes[i] == .lineFeed { return Scan(outcome: .blank, end: i &+ 1) }
    guard bytes[i] == .openBrace else {
      fault = Fault(kind: .notAnObject, at: i)
      return Scan(outcome: .malformed)
    }
    var lent: [UInt64] = []
    swap(&lent, &hashes)
    var keys = lent.mutableSpan
    i = object(bytes, from: i &+ 1, to: limit, node: 0, depth: 1, &out, &keys)
    swap(&lent, &hashes)
    if i >= 0 {
      i = scanner.skipSpaces(bytes, from: i, to: limit)
      if i >= limit {
        i = JSONScanner.incomplete
      } else if bytes[i] != .lineFeed {
        i = scanner.fail(.trailingText, at: i)
      }
    }
    if i == JSONScanner.incomplete { return Scan(outcome: .incomplete) }
    if i < 0 {
      fault = Fault(kind: .invalidJSON(scanner.fault), at: scanner.faultAt)
      return Scan(outcome: .malformed)
    }
    var scan = Scan(outcome: .record, end: i &+ 1, cells: tree.count)
    (scan.suspectStart, scan.suspectEnd) = (scanner.suspectStart, scanner.suspectEnd)
    return scan
  }

  /// Past the object whose first byte after the brace is at `start`; `node` is -1 where nothing is mapped.
  private mutating func object(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, node: Int, depth: Int, _ out: inout MutableSpan<Cell>,
    _ keys: inout MutableSpan<UInt64>
  ) -> Int {
    let base = hashCount
    let firstChild = node < 0 ? 0 : tree.nodes[node].children.lowerBound
    // The children met so far, one bit each; of what has no bit the hashes are noted.
    var met: UInt64 = 0
    var members = 0
    var previous = -1
    var i = scanner.skipSpaces(bytes, from: start, to: limit)
    if i < limit, bytes.byte(at: i) == .closeBrace { return i &+ 1 }
    while i < limit {
      guard bytes.byte(at: i) == .quote else { return unexpected(bytes, at: i) }
      let key = i &+ 1
      if members == JSONScanner.maximumMembers { return scanner.fail(.tooManyMembers, at: key) }
      members &+= 1
      var child = node < 0 ? -1 : tree.foreseen(after: previous, in: node)
      i = child < 0 ? -1 : tree.end(of: child, in: bytes, from: key, to: limit)
      var hash: UInt64 = 0
      if i < 0 {
        i = scanner.string(bytes, from: key, to: limit)
        if i < 0 { return i }
        hash = scanner.hasEscapes ? decodedHash(bytes, key..<i) : Hash.of(bytes, key..<i)
        child = node < 0 ? -1 : tree.child(hash, of: node)
        if child >= 0 { tree.learn(child, after: previous, in: node) }
      }
      if child >= 0 { previous = child }
      if child >= 0, child &- firstChild < ColumnTree.maximumForeseen {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: child &- firstChild)
        if met & bit != 0 { return scanner.fail(.duplicateKey, at: key) }
        met |= bit
      } else {
        if isNoted(hash, since: base, keys) { return scanner.fail(.duplicateKey, at: key) }
        if hashCount == keys.count { return scanner.fail(.tooManyMembers, at: key) }
        unsafe keys[unchecked: hashCount] = hash
        hashCount &+= 1
      }
      let keyEnd = i
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
      if i >= limit { break }
      guard bytes.byte(at: i) == .colon else { return unexpected(bytes, at: i) }
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
      if i >= limit { break }
      let valueStart = i
      i = value(
        bytes, from: i, to: limit, node: child < 0 ? -1 : tree.node(of: child), depth: depth, &out, &keys)
      if i < 0 { return i }
      if keepsRest, node == 0, child < 0 { rest.append(RestMember(key: key..<keyEnd, value: valueStart..<i)) }
      i = scanner.skipSpaces(bytes, from: i, to: limit)
      if i >= limit { break }
      if bytes.byte(at: i) == .closeBrace {
        hashCount = base
        return i &+ 1
      }
      guard bytes.byte(at: i) == .comma else { return unexpected(bytes, at: i) }
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
    }
    return JSONScanner.incomplete
  }

  private mutating func array(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, node: Int, depth: Int, _ out: inout MutableSpan<Cell>,
    _ keys: inout MutableSpan<UInt64>
  ) -> Int {
    var index = 0
    var i = scanner.skipSpaces(bytes, from: start, to: limit)
    if i < limit, bytes[i] == .closeBracket { return i &+ 1 }
    while i < limit {
      let child = node < 0 ? -1 : tree.node(at: index, of: node)
      i = value(bytes, from: i, to: limit, node: child, depth: depth, &out, &keys)
      if i < 0 { return i }
      index &+= 1
      i = scanner.skipSpaces(bytes, from: i, to: limit)
      if i >= limit { break }
      if bytes[i] == .closeBracket { return i &+ 1 }
      guard bytes[i] == .comma else { return unexpected(bytes, at: i) }
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
    }
    return JSONScanner.incomplete
  }

  @inline(__always)
  private mutating func value(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, node: Int, depth: Int, _ out: inout MutableSpan<Cell>,
    _ keys: inout MutableSpan<UInt64>
  ) -> Int {
    var end: Int
    var cell: Cell
    switch bytes.byte(at: start) {
    case .quote:
      let close = scanner.string(bytes, from: start &+ 1, to: limit)
      if close < 0 { return close }
      cell = Cell(start &+ 1, close, scanner.hasEscapes ? .escaped : .string)
      end = close &+ 1
    case .minus, .zero...UInt8(ascii: "9"):
      end = scanner.number(bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .number)
    case .openBrace, .openBracket:
      if depth >= JSONScanner.maximumDepth { return scanner.fail(.tooDeep, at: start) }
      end =
        bytes.byte(at: start) == .openBrace
        ? object(bytes, from: start &+ 1, to: limit, node: node, depth: depth &+ 1, &out, &keys)
        : array(bytes, from: start &+ 1, to: limit, node: node, depth: depth &+ 1, &out, &keys)
      cell = Cell(start, max(end, start), .composite)
    case UInt8(ascii: "t"):
      end = scanner.literal(.yes, bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .yes)
    case UInt8(ascii: "f"):
      end = scanner.literal(.no, bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .no)
    case UInt8(ascii: "n"):
      end = scanner.literal(.null, bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .null)
    default:
      return unexpected(bytes, at: start)
    }
    if end >= 0, node >= 0 {
      let place = tree.cell(of: node)
      if place >= 0 { unsafe out[unchecked: place] = cell }
    }
    return end
  }

  private mutating func unexpected(_ bytes: Span<UInt8>, at i: Int) -> Int {
    scanner.fail(bytes[i] == .lineFeed ? .unexpectedEnd : .unexpectedByte, at: i)
  }

  /// Whether the current object has a key with this hash already.
  private func isNoted(_ hash: UInt64, since base: Int, _ keys: borrowing MutableSpan<UInt64>) -> Bool {
    for i in base..<hashCount where keys[i] == hash { return true }
    return false
  }

  /// The hash of a key with escapes, so that `"a"` and `"\u0061"` are one key.
  private func decodedHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let key = JSONText.unescape(bytes, range)
    let padded = key + [UInt8](repeating: 0, count: ByteBuffer.slack)
    return Hash.of(padded.span, 0..<key.count)
  }
}
