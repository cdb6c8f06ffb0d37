/// The mapped columns of an NDJSON file as a tree of keys, so that one walk over a line fills every cell.
///
/// A column is a path: `address.city`, `list.0`. A point that belongs to a key is written `\.`.
struct ColumnTree {
  struct Child {
    /// The hash of the key, compared instead of its bytes: it is computed anyway to find duplicates.
    var hash: UInt64
    var key: [UInt8]
    /// The position in an array this key also names, or -1.
    var index: Int
    var node: Int
  }

  struct Node {
    /// The cell this path fills, or -1 when only longer paths are mapped.
    var cell = -1
    var children: [Child] = []
  }

  private(set) var nodes = [Node()]
  let count: Int

  init(_ columns: [String]) {
    count = columns.count
    for (cell, column) in columns.enumerated() { insert(Self.keys(of: column), cell: cell) }
  }

  private mutating func insert(_ keys: [[UInt8]], cell: Int) {
    var node = 0
    for key in keys {
      if let child = nodes[node].children.first(where: { $0.key == key }) {
        node = child.node
        continue
      }
      nodes.append(Node())
      let padded = key + [UInt8](repeating: 0, count: ByteBuffer.slack)
      nodes[node].children.append(
        Child(
          hash: Hash.of(padded.span, 0..<key.count), key: key,
          index: Int(String(decoding: key, as: UTF8.self)) ?? -1, node: nodes.count - 1))
      node = nodes.count - 1
    }
    nodes[node].cell = cell
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
}
