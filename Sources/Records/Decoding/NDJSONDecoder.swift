/// One JSON object a line; the cells are the values at the mapped paths.
///
/// Every byte of a line is checked, mapped or not. Numbers are passed on as the digits they were written in.
struct NDJSONDecoder: RecordDecoder {
  private var scanner = JSONScanner()
  private let tree: ColumnTree
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
  let expectedCells: Int? = nil

  /// - `keepsRest`: whether members that no column is mapped from are wanted too.
  init(columns: [String], keepsRest: Bool = false) {
    tree = ColumnTree(columns)
    self.keepsRest = keepsRest
  }

  var cellCapacity: Int { tree.count }

  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan {
    var out = cells.mutableSpan
    for i in 0..<tree.count { out[i] = Cell() }
    if keepsRest { rest.removeAll(keepingCapacity: true) }
    hashCount = 0
    scanner.seen = 0
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
    if scanner.seen & Word.high != 0 { scan.noteNotASCII(start, i) }
    return scan
  }

  /// Past the object whose first byte after the brace is at `start`; `node` is -1 where nothing is mapped.
  private mutating func object(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, node: Int, depth: Int, _ out: inout MutableSpan<Cell>,
    _ keys: inout MutableSpan<UInt64>
  ) -> Int {
    let base = hashCount
    var expected = 0
    var i = scanner.skipSpaces(bytes, from: start, to: limit)
    if i < limit, bytes[i] == .closeBrace { return i &+ 1 }
    while i < limit {
      guard bytes[i] == .quote else { return unexpected(bytes, at: i) }
      let key = i &+ 1
      i = scanner.string(bytes, from: key, to: limit)
      if i < 0 { return i }
      let keyEnd = i
      let hash = scanner.hasEscapes ? decodedHash(bytes, key..<keyEnd) : Hash.of(bytes, key..<keyEnd)
      if let answer = note(hash, since: base, at: key, &keys) { return answer }
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
      if i >= limit { break }
      guard bytes[i] == .colon else { return unexpected(bytes, at: i) }
      i = scanner.skipSpaces(bytes, from: i &+ 1, to: limit)
      if i >= limit { break }
      let child = node < 0 ? -1 : tree.nodes[node].child(hash, &expected)
      let valueStart = i
      i = value(bytes, from: i, to: limit, node: child, depth: depth, &out, &keys)
      if i < 0 { return i }
      if keepsRest, node == 0, child < 0 { rest.append(RestMember(key: key..<keyEnd, value: valueStart..<i)) }
      i = scanner.skipSpaces(bytes, from: i, to: limit)
      if i >= limit { break }
      if bytes[i] == .closeBrace {
        hashCount = base
        return i &+ 1
      }
      guard bytes[i] == .comma else { return unexpected(bytes, at: i) }
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
      let child = node < 0 ? -1 : tree.nodes[node].child(at: index)
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
    switch bytes[start] {
    case .quote:
      let close = scanner.string(bytes, from: start &+ 1, to: limit)
      if close < 0 { return close }
      cell = Cell(start &+ 1, close, scanner.hasEscapes ? .escaped : .string)
      end = close &+ 1
    case .openBrace, .openBracket:
      if depth >= JSONScanner.maximumDepth { return scanner.fail(.tooDeep, at: start) }
      end =
        bytes[start] == .openBrace
        ? object(bytes, from: start &+ 1, to: limit, node: node, depth: depth &+ 1, &out, &keys)
        : array(bytes, from: start &+ 1, to: limit, node: node, depth: depth &+ 1, &out, &keys)
      cell = Cell(start, max(end, start), .composite)
    case UInt8(ascii: "t"):
      end = scanner.literal("true", bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .yes)
    case UInt8(ascii: "f"):
      end = scanner.literal("false", bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .no)
    case UInt8(ascii: "n"):
      end = scanner.literal("null", bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .null)
    case .minus, .zero...UInt8(ascii: "9"):
      end = scanner.number(bytes, from: start, to: limit)
      cell = Cell(start, max(end, start), .number)
    default:
      return unexpected(bytes, at: start)
    }
    if end >= 0, node >= 0, tree.nodes[node].cell >= 0 { out[tree.nodes[node].cell] = cell }
    return end
  }

  private mutating func unexpected(_ bytes: Span<UInt8>, at i: Int) -> Int {
    scanner.fail(bytes[i] == .lineFeed ? .unexpectedEnd : .unexpectedByte, at: i)
  }

  /// Remembers a key of the current object; answers a failure when the object has it already.
  @inline(__always)
  private mutating func note(
    _ hash: UInt64, since base: Int, at key: Int, _ keys: inout MutableSpan<UInt64>
  ) -> Int? {
    var i = base
    while i < hashCount {
      if keys[i] == hash { return scanner.fail(.duplicateKey, at: key) }
      i &+= 1
    }
    if hashCount &- base == JSONScanner.maximumMembers || hashCount == keys.count {
      return scanner.fail(.tooManyMembers, at: key)
    }
    keys[hashCount] = hash
    hashCount &+= 1
    return nil
  }

  /// The hash of a key with escapes, so that `"a"` and `"\u0061"` are one key.
  private func decodedHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let key = JSONText.unescape(bytes, range)
    let padded = key + [UInt8](repeating: 0, count: ByteBuffer.slack)
    return Hash.of(padded.span, 0..<key.count)
  }
}

extension ColumnTree.Node {
  /// The child whose key has this hash, or -1; `expected` is where the next key of a regular file stands.
  @inline(__always)
  func child(_ hash: UInt64, _ expected: inout Int) -> Int {
    if expected < children.count, children[expected].hash == hash {
      expected &+= 1
      return children[expected &- 1].node
    }
    for i in children.indices where children[i].hash == hash {
      expected = i &+ 1
      return children[i].node
    }
    return -1
  }

  func child(at index: Int) -> Int {
    children.first { $0.index == index }?.node ?? -1
  }
}
