package import Delivery
package import Endpoints
package import Records

/// An export understood and checked: everything a run needs to know.
package struct ExportPlan: Sendable {
  package var name: String
  package var endpoint: ExportEndpoint
  /// Path and query of every request, without the window of time: `/v1/applications/270/export_effects?…`.
  package var target: String
  /// What the output's time must be within; nil for everything there is.
  package var window: WindowRule?
  package var output: OutputName
  package var format: ExportFormat
  package var isCompressed: Bool
  /// Where the keys of a lookup come from.
  package var keys: KeyRule?
  package var requestsPerSecond: Double?
  /// Requests in flight, for lookups.
  package var inFlight: Int
  package var backoff: Backoff
  package var stallSeconds: Int
  /// A fingerprint of the job: a run is resumed only by the plan that began it.
  package var digest: UInt64
}

/// The keys of a lookup: a column of a file.
package struct KeyRule: Sendable, Equatable {
  package var path: String
  package var column: String
  package var format: SourceFormat
}

/// The path of an output with its placeholders.
package struct OutputName: Sendable, Equatable {
  package static let placeholders = ["{date}", "{time}", "{run}"]

  package var template: String

  /// The path for a run, whose name `20261121T030000Z-a1b2c3` says when it began.
  package func path(run: String) -> String {
    let digits = Array(run)
    guard digits.count > 15 else { return template }
    let text = { (range: Range<Int>) in String(digits[range]) }
    return template.replacing("{date}", with: "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))")
      .replacing("{time}", with: text(9..<15)).replacing("{run}", with: run)
  }
}

extension String {
  /// This text with every `placeholder` replaced.
  fileprivate func replacing(_ placeholder: String, with value: String) -> String {
    var out = ""
    var rest = self[...]
    while let brace = rest.firstIndex(of: "{") {
      out += rest[..<brace]
      rest = rest[brace...]
      if rest.hasPrefix(placeholder) {
        out += value
        rest = rest.dropFirst(placeholder.count)
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out + rest
  }
}
