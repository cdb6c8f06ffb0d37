import Endpoints
import Records
import Settings

/// Reads the `window` of an export.
struct WindowReader {
  let issues: IssueList

  func read(_ reader: MappingReader, of endpoint: ExportEndpoint) -> WindowRule? {
    guard endpoint.time != nil else {
      issues.report(
        at: reader.place, "'window' is for exports the API can bound in time; \(endpoint.name) is always whole")
      return nil
    }
    let sinceText = reader.string("since", required: true)
    let until = reader.string("until").flatMap(end)
    let overlap = reader.duration("overlap", in: .zero...(.seconds(30 * 86_400)))
    let first = reader.duration("first", in: .seconds(1)...(.seconds(3650 * 86_400)))
    let slice = reader.duration("slice", in: .seconds(1)...(.seconds(3650 * 86_400)))
    reader.finish()
    guard let sinceText else { return nil }
    if sinceText.value != "last-run" {
      for (key, value) in [("overlap", overlap), ("first", first)] {
        guard let value else { continue }
        issues.report(at: value.place, "'\(key)' goes with 'since: last-run' only")
      }
    }
    guard let since = since(sinceText, overlap: overlap?.seconds ?? 0, first: first?.seconds ?? WindowRule.first)
    else { return nil }
    if case .moment(let start) = since, let end = until?.value ?? nil, end <= start {
      issues.report(at: until?.place ?? reader.place, "'until' must be later than 'since'")
    }
    return WindowRule(since: since, until: until?.value ?? nil, slice: slice?.seconds)
  }

  private func since(_ text: Located<String>, overlap: Int, first: Int) -> WindowRule.Since? {
    if text.value == "last-run" { return .lastRun(overlap: overlap, first: first) }
    if let moment = Moment.seconds(text.value) { return .moment(moment) }
    if let seconds = Self.ago(text.value) { return .ago(seconds) }
    let hint = nearest(to: text.value, among: ["last-run"]).map { "; did you mean '\($0)'?" } ?? ""
    issues.report(
      at: text.place,
      "'since' must be last-run, a time such as 2026-09-01T00:00:00Z, or how long ago such as 30d, found "
        + "'\(text.value)'\(hint)")
    return nil
  }

  private func end(_ text: Located<String>) -> Located<Int?>? {
    if text.value == "now" { return Located(nil, at: text.place) }
    if let moment = Moment.seconds(text.value) { return Located(moment, at: text.place) }
    issues.report(
      at: text.place, "'until' must be now, or a time such as 2026-10-01T00:00:00Z, found '\(text.value)'")
    return nil
  }

  private static func ago(_ text: String) -> Int? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
      (1...1_000_000).contains(count)
    else { return nil }
    return count * unit
  }
}

extension Located<Duration> {
  fileprivate var seconds: Int { Int(value.components.seconds) }
}
