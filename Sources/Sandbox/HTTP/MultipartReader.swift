/// Why a `multipart/form-data` body is not what an import takes.
struct MultipartError: Error, Equatable {
  let reason: String
}

/// Reads a `multipart/form-data` body (RFC 7578) that holds one file: strict, in one pass, without copying the file.
///
/// Nothing may stand before the first boundary or behind the last one.
struct MultipartReader {
  /// More bytes than this in the headers of a part are refused.
  static let headerLimit = 16 << 10

  private let bytes: [UInt8]
  private let delimiter: [UInt8]
  private var position = 0

  /// The file of the field `upFile`, the only part of the body.
  static func file(in bytes: [UInt8], boundary: String) throws(MultipartError) -> Upload {
    var reader = MultipartReader(bytes: bytes, delimiter: Array("\r\n--\(boundary)".utf8))
    return try reader.file()
  }

  /// The boundary of a `multipart/form-data` content type: 1 to 70 characters, quoted or not.
  static func boundary(of contentType: String) -> String? {
    let (kind, parameters) = HeaderParameters.read(contentType)
    guard kind == "multipart/form-data", let boundary = parameters["boundary"] else { return nil }
    let isPrintable = boundary.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    return (1...70).contains(boundary.utf8.count) && isPrintable && boundary.last != " " ? boundary : nil
  }

  private mutating func file() throws(MultipartError) -> Upload {
    guard bytes.starts(with: delimiter.dropFirst(2)) else { throw failure("the first boundary is missing") }
    position = delimiter.count - 2
    guard skip("\r\n") else { throw failure("there is no part") }
    let headers = try headers()
    guard let disposition = headers["content-disposition"] else { throw failure("Content-Disposition is missing") }
    let (kind, parameters) = HeaderParameters.read(disposition)
    guard kind == "form-data", parameters["name"] == Upload.field else {
      throw failure("the field is named \(parameters["name"]?.prefix(60) ?? "nothing")")
    }
    // A file name may be missing: official SDKs send the content as the value of a plain field.
    let start = position
    guard let end = endOfPart() else { throw failure("the last boundary is missing") }
    position = end + delimiter.count
    guard skip("--") else { throw failure("there is more than one part") }
    _ = skip("\r\n")
    guard position == bytes.count else { throw failure("bytes follow the last boundary") }
    return Upload(bytes, range: start..<end)
  }

  private func failure(_ reason: String) -> MultipartError { MultipartError(reason: reason) }

  private mutating func skip(_ text: StaticString) -> Bool {
    let wanted = text.description.utf8
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// The headers of a part by lower-case name; the position is behind the empty line.
  private mutating func headers() throws(MultipartError) -> [String: String] {
    var headers: [String: String] = [:]
    let limit = min(bytes.count, position + Self.headerLimit)
    while !skip("\r\n") {
      guard position < limit, let end = bytes[position..<limit].firstIndex(of: 0x0D),
        let line = String(validating: bytes[position..<end], as: UTF8.self),
        let colon = line.firstIndex(of: ":")
      else { throw failure("the headers of the part are malformed") }
      position = end
      guard skip("\r\n") else { throw failure("the headers of the part are malformed") }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers[line[..<colon].lowercased()] = String(value)
    }
    return headers
  }

  /// Where the delimiter begins that ends the part; a carriage return stands only at its start, so no byte is tried twice.
  private func endOfPart() -> Int? {
    var place = position
    let span = bytes.span
    let last = bytes.count - delimiter.count
    while place <= last {
      if span[place] == 0x0D, bytes[place...].starts(with: delimiter) { return place }
      place += 1
    }
    return nil
  }
}
