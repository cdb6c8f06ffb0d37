package import Delivery
import Checkpoints
import Endpoints
package import Jobs
import Records

/// Makes the requests of one run: what is sent for a batch, or for some of its rows.
package struct RequestMaker: Sendable {
  private let plan: ImportPlan
  /// What tells this run's requests from those of others.
  private let seed: UInt64
  private let keys: [Int: String]
  /// How rows become a file, where one is uploaded.
  package let upload: UploadBody?

  /// - `seed`: the same for every execution of one run, so that a resumed one repeats its keys.
  /// - `keys`: what batches were last sent with by an earlier execution that did not learn the outcome, by first record.
  package init(_ plan: ImportPlan, seed: UInt64, keys: [Int: String] = [:]) {
    self.plan = plan
    self.seed = seed
    self.keys = keys
    upload = plan.uploadColumns.map { UploadBody(columns: $0, boundary: "ferry-\(Self.hex(seed))-\(Self.hex(~seed))") }
  }

  /// What is sent for `rows` of a batch, all of them when nil.
  ///
  /// - `turn`: how many answers the batch has had while all its outcomes were known: the API may keep an answer under
  ///   its `Idempotency-Key`, so the next try needs another.
  func request(for batch: Batch, rows: [Int]?, turn: Int) -> (request: Request, isLineARow: Bool) {
    var isLineARow = true
    let body: ByteBuffer
    if let upload {
      (body, isLineARow) = upload.body(of: batch, rows: rows ?? Array(batch.rows.indices))
    } else {
      body = rows.map(batch.body(of:)) ?? batch.body
    }
    var request = Request(
      method: plan.endpoint.method, api: plan.endpoint.api, target: Address(batch.address).path(plan.target),
      body: body,
      stallSeconds: plan.endpoint.limits.stallSeconds, needsFreshConnection: !plan.endpoint.safety.isRepeatable)
    if let upload { request.contentType = upload.contentType }
    if plan.endpoint.safety == .keyed { request.idempotencyKey = key(for: batch, turn: turn) }
    return (request, isLineARow)
  }

  /// The request that sends a whole file.
  func request(for file: BodyFile) -> Request {
    var request = Request(
      method: plan.endpoint.method, api: plan.endpoint.api, target: plan.target, body: ByteBuffer(capacity: 0),
      stallSeconds: plan.endpoint.limits.stallSeconds)
    request.file = file
    if let upload { request.contentType = upload.contentType }
    return request
  }

  /// The look-up that tells whether the row of a batch is there.
  func confirmation(for batch: Batch) -> Request? {
    guard let path = plan.endpoint.reading.confirmation else { return nil }
    return Request(
      method: .get, api: plan.endpoint.api, target: Address(batch.address).path(path), body: ByteBuffer(capacity: 0),
      stallSeconds: plan.endpoint.limits.stallSeconds)
  }

  /// The `Idempotency-Key` of a batch: made of the run, the record and the body, at most 255 characters.
  func key(for batch: Batch, turn: Int) -> String {
    let record = batch.rows.first?.record ?? 0
    let key = keys[record] ?? "ferry-\(Self.hex(seed))-\(record)-\(Self.hex(batch.digest))"
    return turn == 0 ? key : "\(key)-\(turn)"
  }

  /// Whether an earlier execution may have sent the batch.
  func isRepetition(_ batch: Batch) -> Bool { batch.rows.first.map { keys[$0.record] != nil } ?? false }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Batch {
  /// The fingerprint of the body.
  var digest: UInt64 {
    var digest = Fingerprint()
    digest.update(body.bytes(0..<body.count).span)
    return digest.value
  }
}
