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
    let isManagement = target.hasPrefix("/v1/") && !target.contains("/sync")
    let request = Request(
      method: method, target: target, authorization: isManagement ? "ManagementKey-v1 m" : "ApiKey-v1 a",
      idempotencyKey: idempotencyKey, body: Array(body.utf8))
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
