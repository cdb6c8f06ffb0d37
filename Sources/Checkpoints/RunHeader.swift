/// The first entry of a journal: which run this is and what it reads.
package struct RunHeader: Sendable, Equatable {
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
  /// The source files in reading order; other entries speak of them by index.
  package var sources: [SourceIdentity]
  /// How the sources are written, in words of whoever reads them; empty when each file's name tells.
  package var format: String
  /// The version of the program that wrote the journal.
  package var tool: String
  /// The server it talks to, as its URL; empty when that was not noted.
  package var server: String

  /// The header of a run.
  package init(
    run: RunID, job: String, jobDigest: UInt64, endpoint: String, started: Int, sources: [SourceIdentity],
    format: String = "", tool: String, server: String = ""
  ) {
    self.run = run
    self.job = job
    self.jobDigest = jobDigest
    self.endpoint = endpoint
    self.started = started
    self.sources = sources
    self.format = format
    self.tool = tool
    self.server = server
  }
}

extension RunHeader {
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
    line.literal(" tool=")
    line.escaped(tool)
    if !server.isEmpty {
      line.literal(" server=")
      line.escaped(server)
    }
    if !format.isEmpty {
      line.literal(" format=")
      line.escaped(format)
    }
    for source in sources {
      line.literal(" source=")
      line.source(source)
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
    try line.expect(" tool=")
    tool = try line.unescaped()
    server = line.skip(" server=") ? try line.unescaped() : ""
    format = line.skip(" format=") ? try line.unescaped() : ""
    sources = []
    while line.skip(" source=") { sources.append(try line.source()) }
  }
}
