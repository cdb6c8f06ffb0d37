/// The first entry of an export's journal: which run this is, and what it takes out of the API.
package struct ExportHeader: Sendable, Equatable {
  /// The run's name.
  package var run: RunID
  /// The job's name.
  package var job: String
  /// The fingerprint of the job as understood: a run is not resumed with another job.
  package var jobDigest: UInt64
  /// The endpoint's name.
  package var endpoint: String
  /// When the run began, in seconds since 1970.
  package var started: Int
  /// The window of time, in seconds since 1970, its end not included; nil for what has none.
  package var window: Range<Int>?
  /// Where the output goes once it is whole.
  package var target: String
  /// The version of the program that wrote the journal.
  package var tool: String
  /// The server it asks, as its URL, and the path and query of what it asks for.
  package var server: String
  package var request: String
  /// So many seconds before the end of the window it remembers the ids of what it wrote.
  package var overlap: Int
  /// The file of keys of a look-up.
  package var keys: SourceIdentity?

  /// The header of a run.
  package init(
    run: RunID, job: String, jobDigest: UInt64, endpoint: String, started: Int, window: Range<Int>?, target: String,
    tool: String, server: String = "", request: String = "", overlap: Int = 0, keys: SourceIdentity? = nil
  ) {
    self.run = run
    self.job = job
    self.jobDigest = jobDigest
    self.endpoint = endpoint
    self.started = started
    self.window = window
    self.target = target
    self.tool = tool
    self.server = server
    self.request = request
    self.overlap = overlap
    self.keys = keys
  }

  /// Whether the other run asks the same server for the same.
  package func isAbout(_ other: ExportHeader) -> Bool {
    endpoint == other.endpoint && server == other.server && request == other.request
  }
}

extension ExportHeader {
  func write(to line: inout LineWriter) {
    line.literal("began run=")
    line.escaped(run.text)
    line.literal(" job=")
    line.escaped(job)
    line.literal(" digest=")
    line.hex(jobDigest, digits: 16)
    line.literal(" endpoint=")
    line.escaped(endpoint)
    line.literal(" started=")
    line.number(started)
    if let window {
      line.literal(" since=")
      line.number(window.lowerBound)
      line.literal(" until=")
      line.number(window.upperBound)
    }
    line.literal(" target=")
    line.escaped(target)
    line.literal(" tool=")
    line.escaped(tool)
    line.literal(" server=")
    line.escaped(server)
    line.literal(" request=")
    line.escaped(request)
    line.literal(" overlap=")
    line.number(overlap)
    if let keys {
      line.literal(" keys=")
      line.source(keys)
    }
  }

  init(from line: inout LineReader) throws(Unreadable) {
    try line.expect("run=")
    guard let run = RunID(parsing: try line.unescaped()) else { throw Unreadable() }
    self.run = run
    try line.expect(" job=")
    job = try line.unescaped()
    try line.expect(" digest=")
    jobDigest = try line.hex(digits: 16)
    try line.expect(" endpoint=")
    endpoint = try line.unescaped()
    try line.expect(" started=")
    started = try line.signedNumber()
    if line.skip(" since=") {
      let since = try line.signedNumber()
      try line.expect(" until=")
      let until = try line.signedNumber()
      guard since <= until else { throw Unreadable() }
      window = since..<until
    }
    try line.expect(" target=")
    target = try line.unescaped()
    try line.expect(" tool=")
    tool = try line.unescaped()
    try line.expect(" server=")
    server = try line.unescaped()
    try line.expect(" request=")
    request = try line.unescaped()
    try line.expect(" overlap=")
    overlap = try line.number()
    keys = line.skip(" keys=") ? try line.source() : nil
  }
}
