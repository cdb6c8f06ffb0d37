import Foundation
import Sandbox

/// What a finished process left.
struct Outcome {
  var exit: Int32
  var out: String
  var err: String
}

/// A folder of its own for one test, and the built binary run in it.
final class Workplace: Sendable {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
  let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The binary built beside the tests.
  static var binary: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "ferry").path
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
  }

  /// Starts ferry in the folder; output goes to files, so that no pipe can fill up.
  func start(
    _ arguments: [String], _ environment: [String: String] = [:], input: String? = nil, program: String = binary,
    in place: String? = nil
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: place ?? folder)
    process.environment = ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
    let out = "\(folder)/out-\(UUID().uuidString)"
    let err = "\(folder)/err-\(UUID().uuidString)"
    for path in [out, err] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    process.standardInput = FileHandle(forReadingAtPath: input.map { "\(folder)/\($0)" } ?? "/dev/null")
    try process.run()
    return Running(process: process, out: out, err: err)
  }

  func ferry(
    _ arguments: [String], _ environment: [String: String] = [:], input: String? = nil
  ) async throws -> Outcome {
    try await start(arguments, environment, input: input).wait()
  }

  /// The number at a key of the report `report.json`, such as `accepted`.
  func report(_ key: String) throws -> Int {
    let report = try text("report.json")
    guard let range = report.range(of: "\"\(key)\": ") else { return -1 }
    return Int(report[range.upperBound...].prefix { $0.isNumber }) ?? -1
  }
}

struct Running {
  let process: Process
  let out: String
  let err: String

  /// Waits without holding a thread: the tests share two of them with the sandboxes' tasks.
  func wait() async throws -> Outcome {
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    return try outcome()
  }

  /// Sends the signal once the condition holds, then waits for the end; blocks, so it needs a thread of its own.
  func stop(_ signal: Int32, once condition: () -> Bool) throws -> Outcome {
    while process.isRunning, !condition() { usleep(1000) }
    if process.isRunning { kill(process.processIdentifier, signal) }
    return try outcome()
  }

  private func outcome() throws -> Outcome {
    process.waitUntilExit()
    let exit = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    return Outcome(
      exit: exit, out: String(decoding: try Data(contentsOf: URL(filePath: out)), as: UTF8.self),
      err: String(decoding: try Data(contentsOf: URL(filePath: err)), as: UTF8.self))
  }
}

/// Runs `body` on a thread of its own: what blocks must not hold one of the two the tests share, and the moments of a kill
/// must not depend on who else uses them.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
  }
}

/// A sandbox on TCP and the environment that points ferry at it.
struct Server {
  let sandbox: SandboxServer

  static func start(
    faults: String? = nil, latency: Duration = .zero, strict: Bool = false, key: String? = nil,
    port: Int = 0
  ) async throws -> Server {
    var configuration = SandboxConfiguration()
    if let faults { configuration.faults = try FaultPlan(parsing: faults) }
    configuration.latency = latency
    configuration.strictAttributes = strict
    configuration.apiKey = key
    configuration.managementPace = 0
    configuration.port = port
    return Server(sandbox: try await SandboxServer.start(configuration))
  }

  var environment: [String: String] {
    ["TALON_ONE_URL": sandbox.url, "TALON_ONE_API_KEY": "k-123456", "TALON_ONE_MANAGEMENT_KEY": "m-123456"]
  }

  /// The body of a GET, as the Management API answers it.
  func get(_ path: String) async throws -> [String: Any] {
    // The weather of a sandbox is bad for its readers too.
    for _ in 0..<20 {
      if let bytes = try? TinyClient.get(path, port: sandbox.port),
        let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], object["data"] != nil
      {
        return object
      }
    }
    throw TinyClient.Failure(words: "no good answer to \(path)")
  }

  /// Every item of catalog 30, by SKU.
  func items() async throws -> [String: [String: Any]] {
    var items: [String: [String: Any]] = [:]
    while true {
      let page = try await get("/v1/catalogs/30/items?pageSize=1000&skip=\(items.count)")
      let data = page["data"] as? [[String: Any]] ?? []
      for item in data { items[item["sku"] as? String ?? ""] = item }
      if data.isEmpty { return items }
    }
  }
}
