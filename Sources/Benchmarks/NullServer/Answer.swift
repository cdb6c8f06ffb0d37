/// The few things this server says.
enum Answer {
  static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  static func to(_ request: RequestHead) -> [UInt8] {
    switch request.method {
    case "PUT" where request.path.hasPrefix("/v1/catalogs/") && request.path.hasSuffix("/sync"): catalog
    case "PUT", "POST": noContent
    default: notFound
    }
  }

  static func json(_ text: String) -> [UInt8] {
    Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)".utf8)
  }

  private static let noContent = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
  private static let notFound = Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".utf8)
  private static let catalog = json(
    #"{"id":30,"created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","accountId":1,"name":"bench","#
      + #""description":"","subscribedApplicationsIds":[],"version":1,"createdBy":1}"#)
}
