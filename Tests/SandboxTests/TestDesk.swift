import Synchronization

@testable import Sandbox

/// A sandbox without a socket, whose clock stands still until a test moves it.
final class TestDesk: Sendable {
  private let clock: TestClock
  let desk: Desk

  final class TestClock: Sendable {
    let now = Mutex(1_780_000_000_000_000)
  }

  init(_ configuration: SandboxConfiguration = SandboxConfiguration()) {
    let clock = TestClock()
    self.clock = clock
    desk = Desk(configuration) { Timestamp(microseconds: clock.now.withLock { $0 }) }
  }

  var statistics: SandboxStatistics { desk.statistics }

  func wait(_ milliseconds: Int) { clock.now.withLock { $0 += milliseconds * 1000 } }

  func send(_ method: String, _ target: String, _ body: String = "", idempotencyKey: String? = nil) -> Answer {
    let arrival = desk.arrive(method: method, target: target)
    let request = Request(
      method: method, target: target, authorization: arrival.rightKey, idempotencyKey: idempotencyKey,
      body: Array(body.utf8))
    let answer = desk.answer(request, arrival)
    desk.depart(arrival, status: answer.status)
    return answer
  }

  /// Sends a file in a form, as the imports of the Management API take it.
  func upload(_ target: String, _ file: String, field: String = "upFile") -> Answer {
    send(form: form(file, field: field), to: target)
  }

  func send(form: String, to target: String, contentType: String? = "multipart/form-data; boundary=B") -> Answer {
    let arrival = desk.arrive(method: "POST", target: target)
    let request = Request(
      method: "POST", target: target, authorization: arrival.rightKey, contentType: contentType,
      body: Array(form.utf8))
    let answer = desk.answer(request, arrival)
    desk.depart(arrival, status: answer.status)
    return answer
  }

  func sync(_ actions: String, catalog: Int = 30) -> Answer {
    send("PUT", "/v1/catalogs/\(catalog)/sync", "{\"actions\":[\(actions)]}")
  }

  /// The items of catalog 30 by SKU.
  func items() throws -> [String: JSONValue] {
    wait(1000)
    let list = try send("GET", "/v1/catalogs/30/items").json
    guard case .array(let items)? = list["data"] else { return [:] }
    var found: [String: JSONValue] = [:]
    for item in items {
      if case .string(let sku)? = item["sku"] { found[sku] = item }
    }
    return found
  }
}

extension Desk.Arrival {
  /// A key of the API the operation belongs to.
  var rightKey: String {
    if case .found(let operation, _) = route, operation.access == .management { return "ManagementKey-v1 m" }
    return "ApiKey-v1 a"
  }
}

/// A body of `multipart/form-data` with the boundary `B`.
func form(_ file: String, field: String = "upFile") -> String {
  "--B\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    + file + "\r\n--B--\r\n"
}

extension Answer {
  var json: JSONValue { get throws { try JSONReader.value(of: body) } }

  /// The pointers of the errors in the body.
  var pointers: [String] {
    get throws {
      guard case .array(let errors)? = try json["errors"] else { return [] }
      return errors.compactMap { error in
        guard case .string(let pointer)? = error["source"]?["pointer"] else { return nil }
        return pointer
      }
    }
  }

  /// The lines of the errors in the body, which the API writes as strings.
  var lines: [String] {
    get throws {
      guard case .array(let errors)? = try json["errors"] else { return [] }
      return errors.compactMap { error in
        guard case .string(let line)? = error["source"]?["line"] else { return nil }
        return line
      }
    }
  }
}

/// An ADD of one item.
func add(_ sku: String, price: String? = nil, attributes: String? = nil, product: String? = nil, replaces: Bool = true)
  -> String
{
  var payload = "{\"sku\":\"\(sku)\",\"replaceIfExists\":\(replaces)"
  if let price { payload += ",\"price\":\(price)" }
  if let attributes { payload += ",\"attributes\":\(attributes)" }
  if let product { payload += ",\"product\":{\"name\":\"\(product)\"}" }
  return "{\"type\":\"ADD\",\"payload\":\(payload)}}"
}

func action(_ type: String, _ payload: String) -> String { "{\"type\":\"\(type)\",\"payload\":\(payload)}" }
