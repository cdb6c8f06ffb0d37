/// So many of something, or so large a part of it.
package enum Share: Sendable, Hashable, CustomStringConvertible {
  case count(Int)
  /// From 0 to 100.
  case percent(Double)

  /// As a job file writes it, such as `100` or `5%`.
  package var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .percent(let percent): "\(Int(exactly: percent).map(String.init) ?? "\(percent)")%"
    }
  }
}

extension Form<Share> {
  /// A whole number such as `100`, or a percentage such as `5%` or `0.5%`.
  package static var share: Form {
    Form("a whole number or a percentage from 0% to 100%", acceptsQuotes: true) { text in
      guard text.hasSuffix("%") else {
        if case .value(let count) = Form<Int>.integer(in: 0...Int.max).parse(text) { return .value(.count(count)) }
        return .refused(hint: "; write it like '100' or '5%'")
      }
      if case .value(let percent) = Form<Double>.number(in: 0...100).parse(String(text.dropLast())) {
        return .value(.percent(percent))
      }
      return .refused(hint: "")
    }
  }
}
