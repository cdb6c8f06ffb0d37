import Delivery
import Endpoints
import TestKit
import Testing

/// A batch brought to its end by a scripted server.
private struct Trial {
  var life: BatchDelivery
  /// The rows of every request, by their numbers in the batch.
  var sent: [[Int]] = []
  var pauses: [Duration] = []
  var ending = BatchDelivery.Ending()
  var stop: BatchDelivery.Stop?

  init(
    rows: Int, safety: RepeatSafety = .safe, backoff: Backoff = .standard, isWhole: Bool = false,
    mostRequests: Int = 10_000, _ answer: ([Int]) -> Result<Verdict, TransportFailure>
  ) {
    life = BatchDelivery(rows: rows, safety: safety, backoff: backoff, isWhole: isWhole)
    var step = life.start
    while sent.count <= mostRequests {
      let wanted: [Int]?
      switch step {
      case .finished(let ending):
        self.ending = ending
        return
      case .stopped(let stop, let ending):
        self.stop = stop
        self.ending = ending
        return
      case .pause(let pause, let rows):
        pauses.append(pause)
        wanted = rows
      case .send(let rows): wanted = rows
      }
      let request = wanted ?? Array(0..<rows)
      sent.append(request)
      switch answer(request) {
      case .success(let verdict): step = life.handle(verdict, elapsed: .zero, now: 0, dice: 0.5)
      case .failure(let failure): step = life.handle(failure, elapsed: .zero, dice: 0.5)
      }
    }
    Issue.record("the batch did not end after \(mostRequests) requests")
  }
}

private typealias Server = ([Int]) -> Result<Verdict, TransportFailure>

/// A server that refuses requests holding a bad row and names none of them.
private func silent(_ bad: Set<Int>) -> Server {
  { rows in .success(rows.contains(where: bad.contains) ? .refused(reason: "no", faults: []) : .accepted) }
}

/// A server that names every bad row.
private func pointing(_ bad: Set<Int>) -> Server {
  { rows in
    let faults = rows.indices.filter { bad.contains(rows[$0]) }.map { RowFault(row: $0, reason: "bad \(rows[$0])") }
    return .success(faults.isEmpty ? .accepted : .refused(reason: "no", faults: faults))
  }
}

/// A server that answers a request holding row `bad` with these faults.
private func lying(_ bad: Int, _ faults: [Int]) -> Server {
  { rows in
    .success(
      rows.contains(bad)
        ? .refused(reason: "liar", faults: faults.map { RowFault(row: $0, reason: "named") }) : .accepted)
  }
}

@Suite struct BatchDeliveryTests {
  @Test func anEmptyBatchIsFinishedAtOnce() {
    #expect(BatchDelivery(rows: 0, safety: .safe, backoff: .standard).start == .finished(.init()))
  }

  @Test func anAcceptedBatchIsOneRequestWithAllRows() {
    var life = BatchDelivery(rows: 4, safety: .safe, backoff: .standard)
    #expect(life.start == .send(rows: nil))
    var wanted = BatchDelivery.Ending()
    wanted.accepted = [0, 1, 2, 3]
    #expect(life.handle(.accepted, elapsed: .zero, now: 0, dice: 0) == .finished(wanted))
  }

  @Test func namedRowsAreRejectedAndTheRestIsSentOnceMore() {
    let trial = Trial(rows: 6, pointing([1, 4]))
    #expect(trial.sent == [[0, 1, 2, 3, 4, 5], [0, 2, 3, 5]])
    #expect(trial.ending.accepted == [0, 2, 3, 5])
    #expect(trial.ending.rejected == [RowFault(row: 1, reason: "bad 1"), RowFault(row: 4, reason: "bad 4")])
  }

  @Test func aServerThatNamesOneRowAtATimeIsNarrowedToTheEnd() {
    let bad: Set = [0, 3, 5]
    let trial = Trial(rows: 6) { rows in
      guard let first = rows.firstIndex(where: bad.contains) else { return .success(.accepted) }
      return .success(.refused(reason: "no", faults: [RowFault(row: first, reason: "bad \(rows[first])")]))
    }
    #expect(trial.sent == [[0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 4, 5], [1, 2, 4]])
    #expect(trial.ending.accepted == [1, 2, 4])
    #expect(trial.ending.rejected.map(\.reason) == ["bad 0", "bad 3", "bad 5"])
  }

  @Test func halvingFindsExactlyTheBadRowsWithFewRequests() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      let rows = Int.random(in: 1...1000, using: &random)
      let bad = Set((0..<Int.random(in: 0...5, using: &random)).map { _ in Int.random(in: 0..<rows, using: &random) })
      let trial = Trial(rows: rows, silent(bad))
      #expect(trial.ending.rejected.map(\.row) == bad.sorted())
      #expect(trial.ending.accepted == (0..<rows).filter { !bad.contains($0) })
      let levels = (0...).first { 1 << $0 >= rows } ?? 0
      #expect(trial.sent.count <= 1 + 2 * bad.count * levels, "\(rows) rows, \(bad.count) bad: \(trial.sent.count)")
    }
  }

  @Test func theLowerHalfIsSentFirst() {
    #expect(Trial(rows: 4, silent([3])).sent == [[0, 1, 2, 3], [0, 1], [2, 3], [2], [3]])
  }

  @Test func rowsReachTheServerInTheOrderOfTheFileWhateverIsRefused() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<100 {
      let rows = Int.random(in: 1...64, using: &random)
      let bad = Set((0..<rows).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
      var taken: [Int] = []
      let trial = Trial(rows: rows) { sent in
        let answer = Bool.random(using: &random) ? pointing(bad)(sent) : silent(bad)(sent)
        if answer == .success(.accepted) { taken += sent }
        return answer
      }
      #expect(taken == (0..<rows).filter { !bad.contains($0) })
      #expect(trial.ending.rejected.map(\.row) == bad.sorted())
    }
  }

  @Test func namedAndUnnamedFaultsMix() {
    let trial = Trial(rows: 8) { rows in
      if let place = rows.firstIndex(of: 2) {
        return .success(.refused(reason: "named", faults: [RowFault(row: place, reason: "two")]))
      }
      return .success(rows.contains(6) ? .refused(reason: "unnamed", faults: []) : .accepted)
    }
    #expect(trial.ending.rejected == [RowFault(row: 2, reason: "two"), RowFault(row: 6, reason: "unnamed")])
    #expect(trial.ending.accepted == [0, 1, 3, 4, 5, 7])
  }

  @Test(arguments: [-1, 8, 99, .min, .max]) func rowsNamedOutOfRangeAreNotBelieved(_ lie: Int) {
    let trial = Trial(rows: 8, lying(5, [lie]))
    #expect(trial.ending.rejected == [RowFault(row: 5, reason: "liar")])
    #expect(trial.ending.accepted == [0, 1, 2, 3, 4, 6, 7])
  }

  @Test func aRowNamedTwiceIsRejectedOnce() {
    let trial = Trial(rows: 2, lying(1, [1, 1]))
    #expect(trial.ending.rejected == [RowFault(row: 1, reason: "named")])
    #expect(trial.ending.accepted == [0])
  }

  @Test(arguments: [1, 2, 3, 17, 1000]) func refusingEverythingEnds(_ rows: Int) {
    let trial = Trial(rows: rows, silent(Set(0..<rows)))
    #expect(trial.ending.rejected.map(\.row) == Array(0..<rows))
    #expect(trial.ending.accepted.isEmpty)
    #expect(trial.sent.count == 2 * rows - 1)
  }

  @Test func aTemporaryFailurePausesAndSendsTheSameRowsAgain() {
    var failures = 3
    let trial = Trial(rows: 4) { rows in
      guard rows == [2, 3], failures > 0 else { return silent([1])(rows) }
      failures -= 1
      return .success(.unavailable(reason: "HTTP 503", retryAfter: nil, execution: .unknown))
    }
    #expect(trial.sent == [[0, 1, 2, 3], [0, 1], [0], [1], [2, 3], [2, 3], [2, 3], [2, 3]])
    #expect(trial.pauses == [.milliseconds(250), .milliseconds(500), .seconds(1)])
    #expect(trial.life.retries == 3)
    #expect(trial.life.lastReason == "HTTP 503")
    #expect(trial.ending.accepted == [0, 2, 3])
  }

  @Test func attemptsAreCountedForEachRequestAnew() {
    let backoff = Backoff(first: .seconds(1), longest: .seconds(8), attempts: 3, patience: .seconds(900))
    var tries: [[Int]: Int] = [:]
    let trial = Trial(rows: 4, backoff: backoff) { rows in
      tries[rows, default: 0] += 1
      return tries[rows, default: 0] < 3 ? .failure(TransportFailure(.unknown, "reset")) : silent([0])(rows)
    }
    #expect(trial.stop == nil)
    #expect(trial.ending.accepted == [1, 2, 3])
    #expect(trial.life.retries == 2 * tries.count)
  }

  @Test func afterTheLastAttemptTheRunStopsAndSettledRowsStaySettled() {
    let backoff = Backoff(first: .seconds(1), longest: .seconds(8), attempts: 2, patience: .seconds(900))
    let trial = Trial(rows: 4, backoff: backoff) { rows in
      switch rows {
      case [0, 1, 2, 3]: .success(.refused(reason: "no", faults: []))
      case [0, 1]: .success(.accepted)
      default: .failure(TransportFailure(.notSent, "connection refused"))
      }
    }
    #expect(trial.sent == [[0, 1, 2, 3], [0, 1], [2, 3], [2, 3]])
    #expect(trial.stop == .unavailable("gave up after 2 attempts in 0 s: connection refused"))
    #expect(trial.ending.accepted == [0, 1])
    #expect(trial.ending.rejected.isEmpty && trial.ending.inDoubt.isEmpty)
  }

  @Test func aRetryAfterAsADateIsWaitedFor() {
    var life = BatchDelivery(rows: 1, safety: .safe, backoff: .standard)
    let busy = Verdict.unavailable(reason: "busy", retryAfter: .date(1_000_040), execution: .no)
    #expect(life.handle(busy, elapsed: .zero, now: 1_000_000, dice: 0) == .pause(.seconds(40), rows: nil))
  }

  @Test func anUnsafeBatchOfUnknownOutcomeIsInDoubtAndNeverResent() {
    let outcomes: [Result<Verdict, TransportFailure>] = [
      .success(.unavailable(reason: "HTTP 504", retryAfter: .seconds(1), execution: .unknown)),
      .failure(TransportFailure(.unknown, "reset")),
    ]
    for outcome in outcomes {
      let trial = Trial(rows: 3, safety: .unsafe) { _ in outcome }
      #expect(trial.sent == [[0, 1, 2]])
      #expect(trial.stop == nil)
      #expect(trial.ending.inDoubt.map(\.row) == [0, 1, 2])
      #expect(trial.ending.accepted.isEmpty && trial.ending.rejected.isEmpty)
    }
  }

  @Test func anUnsafeHalfInDoubtDoesNotKeepTheOtherHalfBack() {
    let trial = Trial(rows: 4, safety: .unsafe) { rows in
      switch rows {
      case [0, 1, 2, 3]: .success(.refused(reason: "no", faults: []))
      case [0, 1]: .failure(TransportFailure(.unknown, "reset"))
      default: .success(.accepted)
      }
    }
    #expect(trial.sent == [[0, 1, 2, 3], [0, 1], [2, 3]])
    #expect(trial.ending.inDoubt.map(\.row) == [0, 1])
    #expect(trial.ending.accepted == [2, 3])
  }

  @Test func anUnsafeBatchThatNeverLeftOrWasTurnedAwayIsSentAgain() {
    let outcomes: [Result<Verdict, TransportFailure>] = [
      .failure(TransportFailure(.notSent, "connection refused")),
      .success(.unavailable(reason: "HTTP 429", retryAfter: nil, execution: .no)),
    ]
    for outcome in outcomes {
      var tries = 0
      let trial = Trial(rows: 2, safety: .unsafe) { _ in
        tries += 1
        return tries == 1 ? outcome : .success(.accepted)
      }
      #expect(trial.sent == [[0, 1], [0, 1]])
      #expect(trial.ending.accepted == [0, 1])
    }
  }

  @Test(arguments: [RepeatSafety.safe, .keyed, .selfKeyed]) func repeatableBatchesAreSentAgain(_ safety: RepeatSafety) {
    var tries = 0
    let trial = Trial(rows: 2, safety: safety) { _ in
      tries += 1
      return tries == 1 ? .failure(TransportFailure(.unknown, "reset")) : .success(.accepted)
    }
    #expect(trial.sent.count == 2)
    #expect(trial.ending.accepted == [0, 1])
  }

  @Test func aFatalAnswerStopsAndLeavesRowsUnsettled() {
    let kinds: [(Verdict.Fatality, BatchDelivery.Stop)] = [
      (.unauthorized, .unauthorized("word")), (.notFound, .notFound("word")), (.unexpected, .unexpected("word")),
    ]
    for (fatality, stop) in kinds {
      let trial = Trial(rows: 4) { $0.count == 4 ? pointing([1])($0) : .success(.fatal(fatality, reason: "word")) }
      #expect(trial.stop == stop)
      #expect(trial.stop?.reason == "word")
      #expect(trial.ending.accepted.isEmpty)
      #expect(trial.ending.rejected == [RowFault(row: 1, reason: "bad 1")])
    }
  }

  @Test func aHopelessFailureStopsAtOnce() {
    let trial = Trial(rows: 4) { _ in .failure(TransportFailure(.hopeless, "certificate")) }
    #expect(trial.sent.count == 1)
    #expect(trial.stop == .unusable("certificate"))
    #expect(trial.ending == .init())
  }
}

/// Batches whose rows stand or fall together, and answers that say that something exists.
@Suite struct WholeBatchTests {
  @Test func refusedWholeIsRejectedWithAllItsRowsAndNeverCut() {
    let trial = Trial(rows: 5, isWhole: true, silent([3]))
    #expect(trial.sent == [[0, 1, 2, 3, 4]] && trial.ending.accepted.isEmpty)
    #expect(trial.ending.rejected == (0..<5).map { RowFault(row: $0, reason: "no") })
  }

  @Test func namedRowOfAWholeTakesTheOthersWithIt() {
    let trial = Trial(rows: 3, isWhole: true, pointing([1]))
    #expect(trial.sent.count == 1 && trial.ending.rejected.map(\.row) == [0, 1, 2])
  }

  @Test func acceptedWholeIsAccepted() {
    let trial = Trial(rows: 3, isWhole: true, silent([]))
    #expect(trial.ending.accepted == [0, 1, 2] && trial.ending.rejected.isEmpty)
  }

  @Test func unavailableWholeIsSentAgainAsAWhole() {
    var answers: [Verdict] = [.unavailable(reason: "busy", retryAfter: nil, execution: .unknown), .accepted]
    let trial = Trial(rows: 3, safety: .keyed, isWhole: true) { _ in .success(answers.removeFirst()) }
    #expect(trial.sent == [[0, 1, 2], [0, 1, 2]] && trial.pauses.count == 1 && trial.ending.accepted == [0, 1, 2])
  }

  @Test func existenceThatNobodyLookedUpIsARefusal() {
    let trial = Trial(rows: 2) { rows in .success(rows.contains(1) ? .exists(reason: "there") : .accepted) }
    #expect(trial.ending.accepted == [0] && trial.ending.rejected == [RowFault(row: 1, reason: "there")])
  }
}
