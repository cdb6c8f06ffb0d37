/// A request whose lines are still coming: the items of one cart.
struct OpenFold {
  var batch: Batch
  /// What every line says about the object they belong to.
  private let frame: [UInt8]
  /// Why the lines cannot be sent, once that is known.
  private var objection: String?
  private var sum = 0
  private var rows = 0

  init(batch: Batch, frame: [UInt8]) {
    self.batch = batch
    self.frame = frame
  }

  var isRefused: Bool { objection != nil }

  /// Says why the lines cannot be sent; what was said first stays.
  mutating func object(_ words: String) { objection = objection ?? words }

  /// Whether there are as many lines, or as many bytes, as one request may have.
  func isFull(_ cut: RequestCut) -> Bool { batch.rows.count >= cut.maximumRows || isTooLarge(cut) }

  private func isTooLarge(_ cut: RequestCut) -> Bool {
    batch.body.count > cut.maximumBytes || batch.source.count > cut.maximumBytes
  }

  mutating func add(_ parent: Batch, _ index: Int, _ row: RequestRow, _ cut: RequestCut) {
    if !row.frame.isEmpty, !isFrame(parent.body.bytes(row.frame)) {
      object("line \(parent.rows[index].line) says something else about it than the lines before")
    }
    batch.append(parent, index, item: row.item)
    rows += 1
    if rows > cut.maximumRows { object("it has more than \(cut.maximumRows) lines") }
    if isTooLarge(cut) { object("its lines take more than \(cut.maximumBytes) bytes") }
    guard cut.maximumSum < .max, let item = JSONValue(parent.body.bytes(row.item)) else { return }
    guard let number = item[cut.sum]?.text.flatMap({ Int($0) }) else { return }
    sum = sum.addingReportingOverflow(number).overflow ? .max : sum + number
    if sum > cut.maximumSum { object("its '\(cut.sum)' adds up to more than \(cut.maximumSum)") }
  }

  /// Whether `other` says the same about the object, in whatever spelling.
  private func isFrame(_ other: [UInt8]) -> Bool {
    if other == frame { return true }
    guard let first = JSONValue(frame), let second = JSONValue(other) else { return false }
    return first == second
  }

  /// The finished request, or what is left of it when it cannot be sent: its lines as rejections.
  consuming func closed(_ cut: RequestCut, at end: SourcePlace) -> Batch {
    if isRefused { return rejected(batch, at: end) }
    var batch = self.batch
    if frame.count > 2 { batch.tail = [.closeBracket, .comma] + frame.dropFirst() + cut.tail.dropFirst(2) }
    batch.close(at: end)
    return batch
  }

  /// Some of the lines as rejections.
  func rejected(_ lines: Batch, at end: SourcePlace) -> Batch {
    var batch = lines
    let reason = "\(name) is not sent: \(objection ?? "")"
    for index in lines.rows.indices { batch.rejections.append(lines.rejection(of: index, reason: reason)) }
    batch.rows.removeAll()
    batch.close(at: end)
    return batch
  }

  /// What the lines belong to, for a person: `sessionId o2`.
  private var name: String {
    guard case .object(let members)? = JSONValue(batch.address) else { return "the object" }
    return members.map { "\($0.key) \($0.value.text ?? "")" }.joined(separator: ", ")
  }
}
