import Testing

@testable import Sandbox

/// What holds for every operation, also for those that come later.
@Suite struct RegistryTests {
  static let named = Operation.all.filter { $0.access != .open }

  private func path(_ operation: Operation) -> String {
    operation.path.split(separator: "/").map { $0.first == "{" ? "/10" : "/" + $0 }.joined()
  }

  private func answer(_ operation: Operation, authorization: String?, body: String) -> Answer {
    let desk = Desk(SandboxConfiguration()) { Timestamp(microseconds: 0) }
    let arrival = desk.arrive(method: operation.method, target: path(operation))
    let request = Request(
      method: operation.method, target: path(operation), authorization: authorization, body: Array(body.utf8))
    return desk.answer(request, arrival)
  }

  @Test(arguments: named.indices) func everyOperationIsFoundUnderItsPath(place: Int) {
    let operation = Self.named[place]
    let desk = Desk(SandboxConfiguration()) { Timestamp(microseconds: 0) }
    #expect(desk.arrive(method: operation.method, target: path(operation)).name == operation.name)
  }

  @Test(arguments: named.indices) func everyOperationWantsTheKeyOfItsOwnAPI(place: Int) {
    let operation = Self.named[place]
    let wrong = operation.access == .management ? "ApiKey-v1 a" : "ManagementKey-v1 m"
    #expect(answer(operation, authorization: wrong, body: "{}").status == 401)
    #expect(answer(operation, authorization: nil, body: "{}").status == 401)
  }

  @Test(arguments: named.indices) func everyBodyThatIsNoJSONIsRefused(place: Int) {
    let operation = Self.named[place]
    guard operation.takesBody else { return }
    let right = operation.access == .management ? "ManagementKey-v1 m" : "ApiKey-v1 a"
    for body in ["", "{", "\u{FEFF}{}", "upFile"] {
      #expect(answer(operation, authorization: right, body: body).status == 400)
    }
  }

  @Test func noTwoOperationsShareANameOrAPlace() {
    #expect(Set(Operation.all.map(\.name)).count == Operation.all.count)
    #expect(Set(Operation.all.map { $0.method + " " + $0.path }).count == Operation.all.count)
  }
}
