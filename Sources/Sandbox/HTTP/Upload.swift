/// The one file a `multipart/form-data` body carries: its bytes are a range of the body, never copied.
struct Upload: Sendable, Equatable {
  /// The field the API wants the file in.
  static let field = "upFile"

  let bytes: [UInt8]
  let range: Range<Int>

  init(_ bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }
}

extension Request {
  /// The uploaded file; a refusal when the body is not exactly one file in the field `upFile`.
  func upload() throws(Refusal) -> Upload {
    try refuseEncoding()
    guard let contentType, let boundary = MultipartReader.boundary(of: contentType) else {
      let message = "Content-Type must be multipart/form-data with a boundary, not \(contentType ?? "missing")"
      throw Refusal(status: 400, message: message, problems: nil)
    }
    do {
      return try MultipartReader.file(in: body, boundary: boundary)
    } catch {
      let message = "The body is not one file in the field \(Upload.field): \(error.reason)"
      throw Refusal(status: 400, message: message, problems: nil)
    }
  }
}
