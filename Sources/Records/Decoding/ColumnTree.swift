/// The mapped columns of an NDJSON file as a tree of keys, so that one walk over a line fills every cell.
///
/// A column is a path: `address.city`, `list.0`. A point that belongs to a key is written `\.`.
///
/// The tree lies in three flat arrays, a node's children one after another, so that a walk follows no references.
struct ColumnTree {
  struct Child: BitwiseCopyable {
    /// The hash of the key, compared where its bytes are not foreseen.
    var hash: UInt64
    /// Where the key stands in `text`, a quote after it; the count includes the quote.
    var textStart: Int32
    var textCount: Int32
    /// The position in an array this key also names, or -1.
    var index: Int
    var node: Int
    /// Whether JSON writes the key as it stands, so that its bytes may be compared with those of a file.
    var isForeseeable: Bool
  }

  struct Node {
    /// The cell this path fills, or -1 when only longer paths are mapped.
    var cell = -1
    var children = 0..<0
  }

  /// Children after this many in one node are looked up by their hash each time; the others have a bit each.
  static let maximumForeseen = 64

  private(set) var nodes: [Node] = []
  private(set) var children: [Child] = []
  private var text: [UInt8] = []
  /// The child that came after each child the last time, and, behind those, the first one of each node; -1 for none.
  ///
  /// Files write the keys of every line in one order, which this learns.
  private var following: [Int] = []
  let count: Int

  init(_ columns: [String]) {
    count = columns.count
    let root = Branch()
    for (cell, column) in columns.enumerated() { root.insert(Self.keys(of: column)[...], cell: cell) }
    var branches = [root]
    nodes = [Node(cell: root.cell)]
    while let branch = branches.first {
      let node = nodes.count - branches.count
      branches.removeFirst()
      let first = children.count
      for (key, child) in branch.children {
        append(key, isEarly: children.count - first < Self.maximumForeseen)
        nodes.append(Node(cell: child.cell))
        branches.append(child)
      }
      nodes[node].children = first..<children.count
    }
    text += [UInt8](repeating: 0, count: ByteBuffer.slack)
    // Until a file says otherwise, its keys are expected in the order of the mapping.
    following = [Int](repeating: -1, count: children.count + nodes.count)
    for (node, children) in nodes.map(\.children).enumerated() {
      var previous = -1
      for child in children {
        learn(child, after: previous, in: node)
        previous = child
      }
    }
  }

  private mutating func append(_ key: [UInt8], isEarly: Bool) {
    let padded = key + [UInt8](repeating: 0, count: ByteBuffer.slack)
    let isPlain = !key.contains { $0 < .space || $0 == .quote || $0 == .backslash }
    children.append(
      Child(
        hash: Hash.of(padded.span, 0..<key.count), textStart: Int32(text.count), textCount: Int32(key.count + 1),
        index: Int(String(decoding: key, as: UTF8.self)) ?? -1, node: nodes.count, isForeseeable: isEarly && isPlain))
    text += key + [.quote]
  }

  /// The tree while it grows.
  private final class Branch {
    var cell = -1
    var children: [(key: [UInt8], branch: Branch)] = []

    func insert(_ keys: ArraySlice<[UInt8]>, cell: Int) {
      guard let key = keys.first else {
        self.cell = cell
        return
      }
      if let known = children.first(where: { $0.key == key }) {
        return known.branch.insert(keys.dropFirst(), cell: cell)
      }
      let branch = Branch()
      children.append((key, branch))
      branch.insert(keys.dropFirst(), cell: cell)
    }
  }

  /// The keys a column's path names.
  static func keys(of column: String) -> [[UInt8]] {
    var keys: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in column.utf8 {
      if isEscaped {
        keys[keys.count - 1].append(byte)
        isEscaped = false
      } else if byte == .backslash {
        isEscaped = true
      } else if byte == .point {
        keys.append([])
      } else {
        keys[keys.count - 1].append(byte)
      }
    }
    return keys
  }

  // MARK: Walking

  /// The child to expect after `child`, or first in `node` when that is -1; -1 when there is none to expect.
  @inline(__always) func foreseen(after child: Int, in node: Int) -> Int {
    let place = child < 0 ? children.count &+ node : child
    assert(following.indices.contains(place))
    return unsafe following.span[unchecked: place]
  }

  @inline(__always) func node(of child: Int) -> Int {
    assert(children.indices.contains(child))
    return unsafe children.span[unchecked: child].node
  }

  @inline(__always) func cell(of node: Int) -> Int {
    assert(nodes.indices.contains(node))
    return unsafe nodes.span[unchecked: node].cell
  }

  /// Learns that `next` came after `child`.
  mutating func learn(_ next: Int, after child: Int, in node: Int) {
    if children[next].isForeseeable { following[child < 0 ? children.count + node : child] = next }
  }

  /// The end of the key at `start`, at its quote, when it is that of `child`, else -1.
  @inline(__always) func end(of child: Int, in bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    assert(children.indices.contains(child))
    let from = unsafe Int(children.span[unchecked: child].textStart)
    let count = unsafe Int(children.span[unchecked: child].textCount)
    if limit &- start < count { return -1 }
    let text = self.text.span
    var i = 0
    while i &+ 8 <= count {
      if text.word(at: from &+ i) != bytes.word(at: start &+ i) { return -1 }
      i &+= 8
    }
    let differences = text.word(at: from &+ i) ^ bytes.word(at: start &+ i)
    if differences & ~(UInt64.max &<< UInt64(truncatingIfNeeded: (count &- i) &* 8)) != 0 { return -1 }
    return start &+ count &- 1
  }

  /// The child of `node` whose key has this hash, or -1.
  func child(_ hash: UInt64, of node: Int) -> Int {
    nodes[node].children.first { children[$0].hash == hash } ?? -1
  }

  /// The node for the element at `index` of an array at `node`, or -1.
  func node(at index: Int, of node: Int) -> Int {
    nodes[node].children.lazy.map { children[$0] }.first { $0.index == index }?.node ?? -1
  }
}
