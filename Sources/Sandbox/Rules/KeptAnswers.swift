/// The answers kept under `Idempotency-Key`; the oldest go when there are too many.
///
/// The API keeps them for 24 hours, which is longer than a sandbox lives.
struct KeptAnswers: Sendable {
  struct Kept: Sendable {
    let answer: Answer
    let body: Int
  }

  static let keyLimit = 255
  let countLimit: Int
  let byteLimit: Int
  private var answers: [String: Kept] = [:]
  private var order: [String] = []
  private var oldest = 0
  private var bytes = 0

  init(countLimit: Int = 10_000, byteLimit: Int = 64 << 20) {
    self.countLimit = countLimit
    self.byteLimit = byteLimit
  }

  var count: Int { answers.count }

  subscript(key: String) -> Kept? { answers[key] }

  mutating func keep(_ answer: Answer, body: Int, under key: String) {
    guard answers.updateValue(Kept(answer: answer, body: body), forKey: key) == nil else { return }
    order.append(key)
    bytes += answer.body.count
    while answers.count > countLimit || bytes > byteLimit { dropOldest() }
    if oldest > countLimit {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  private mutating func dropOldest() {
    bytes -= answers.removeValue(forKey: order[oldest])?.answer.body.count ?? 0
    oldest += 1
  }
}
