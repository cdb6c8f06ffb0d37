/// A request whose lines are still coming: the items of one cart.
struct OpenFold {
  /// How many requests back an address is remembered: one that comes again would replace what its first lines said.
  static let memory = 1 << 16

  var batch: Batch
  /// What every line says about the object they belong to.
  let frame: [UInt8]
  /// Why the lines cannot be sent, once that is known.
  var objection: String?
  private var sum = 0
  private var rows = 0
  private var rejected: [Rejection] = []

  init(batch: Batch, frame: [UInt8]) {
    self.batch = batch
    self.frame = frame
  }

  /// Takes note of records near these lines that were rejected: one of them may be a line of this object.
  mutating func note(_ rejections: [Rejection]) { rejected += rejections }

  mutating func add(_ parent: Batch, _ index: Int, _ row: RequestRow, _ cut: RequestCut) {
    if !row.frame.isEmpty, parent.body.bytes(row.frame) != frame {
      objection = objection ?? "line \(parent.rows[index].line) says something else about it than the lines before"
    }
    rows += 1
    if rows > cut.maximumRows {
      objection = objection ?? "it has more than \(cut.maximumRows) lines"
    }
    if let item = JSONValue(parent.body.bytes(row.item)), let number = item[cut.sum]?.text.flatMap({ Int($0) }) {
      sum = sum.addingReportingOverflow(number).overflow ? .max : sum + number
      if sum > cut.maximumSum { objection = objection ?? "its '\(cut.sum)' adds up to more than \(cut.maximumSum)" }
    }
    batch.append(parent, index, item: row.item)
  }

  /// The finished request, or what is left of it when it cannot be sent: its lines as rejections.
  consuming func closed(_ cut: RequestCut, at end: SourcePlace) -> Batch {
    var batch = self.batch
    if let words = objection ?? neighbour {
      let name = self.name
      for index in batch.rows.indices {
        batch.rejections.append(batch.rejection(of: index, reason: "\(name) is not sent: \(words)"))
      }
      batch.rows.removeAll()
    }
    if frame.count > 2 { batch.tail = [.closeBracket, .comma] + frame.dropFirst() + cut.tail.dropFirst(2) }
    batch.close(at: end)
    return batch
  }

  /// What the lines belong to, for a person: `sessionId o2`.
  private var name: String {
    guard case .object(let members)? = JSONValue(batch.address) else { return "the object" }
    return members.map { "\($0.key) \($0.value.text ?? "")" }.joined(separator: ", ")
  }

  /// Whether a record next to these lines was rejected that may belong to them.
  private var neighbour: String? {
    guard let first = batch.rows.first?.record, let last = batch.rows.last?.record else { return nil }
    let culprit = rejected.first { rejection in
      (first - 1...last + 1).contains(rejection.place.record)
        && (rejection.address ?? batch.address) == batch.address
    }
    return culprit.map { "line \($0.place.line), which belongs to it or may, was rejected" }
  }
}
