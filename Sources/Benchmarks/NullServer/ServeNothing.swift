import ArgumentParser

/// `Benchmarks null-server`: an API that costs next to nothing, so that what is measured is the sender.
struct ServeNothing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "null-server", abstract: "Swallow requests as cheaply as possible.")

  @Option(help: "The port on 127.0.0.1; 0 takes any.") var port: UInt16 = 0
  @Option(help: "How long every answer waits, such as 50ms.") var latency = Latency(milliseconds: 0)

  func run() throws {
    let listener = try Listener(port: port)
    let console = try OutputFile(path: "-")
    try console.write(Array("listening on \(listener.port)\n".utf8))
    try NullServer(latency: latency).serve(listener)
  }
}

/// A pause, written with its unit: `50ms`.
struct Latency: ExpressibleByArgument {
  let milliseconds: Int

  init(milliseconds: Int) { self.milliseconds = milliseconds }

  init?(argument: String) {
    guard argument.hasSuffix("ms"), let milliseconds = Int(argument.dropLast(2)), milliseconds >= 0 else { return nil }
    self.milliseconds = milliseconds
  }

  var defaultValueDescription: String { "\(milliseconds)ms" }
}
