import Checkpoints
import Testing

@Suite struct LockHolderTests {
  private let holder = LockHolder(pid: 4711, host: "x", startedAt: 1_795_230_000, run: "20261121T030000Z-a1b2c3")

  @Test func wordsSayWhoAndSinceWhenAndWhatToDo() {
    #expect(
      holder.description
        == "another run holds the lock: pid 4711 on host x since 2026-11-21T03:00:00Z (run 20261121T030000Z-a1b2c3); "
        + "wait for it, or stop it")
  }

  @Test(arguments: Samples.awkward)
  func textSurvivesTheFile(host: String) {
    let holder = LockHolder(pid: 1, host: host, startedAt: -5, run: host)
    #expect(LockHolder(parsing: holder.text) == holder)
  }

  @Test func halfWrittenOrForeignTextIsReadAsFarAsItGoes() {
    #expect(LockHolder(parsing: "pid=12") == LockHolder(pid: 12, host: "", startedAt: 0, run: ""))
    #expect(
      LockHolder(parsing: "since=x colour=red pid=12 host=%zz")?.description
        == "another run holds the lock: pid 12; wait for it, or stop it")
    for text in ["", "\n", "pid=", "pid=-1", "pid=0", "pid=99999999999999999999", "4711", "=", "pid"] {
      #expect(LockHolder(parsing: text) == nil)
    }
  }

  @Test func terminalIsNotSteeredByAStrangersHostName() {
    let holder = LockHolder(pid: 1, host: "\u{1B}[2J", startedAt: 0, run: "")
    #expect(holder.description.contains("on host ?[2J"))
  }
}
