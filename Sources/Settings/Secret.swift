/// Text that never shows: printed, interpolated or dumped it is `‹secret›`.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// The text itself, for the one place that sends it.
  package func reveal() -> String { text }

  package var description: String { "‹secret›" }
  package var debugDescription: String { "‹secret›" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where values outside the job file come from.
package struct Lookups: Sendable {
  package var environment: @Sendable (String) -> String?
  /// The text of a file; the path is relative to the job file.
  package var file: @Sendable (String) -> Result<String, LookupFailure>

  package init(
    environment: @escaping @Sendable (String) -> String?,
    file: @escaping @Sendable (String) -> Result<String, LookupFailure>
  ) {
    self.environment = environment
    self.file = file
  }
}

package struct LookupFailure: Error, Sendable {
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

/// Fills in `${env:NAME}`, `${env:NAME:-fallback}` and `${file:path}`; `$$` is a dollar sign.
package enum Substitution {
  /// The text with everything filled in, or the words of what is wrong; neither shows a value that was looked up.
  package static func expand(_ text: String, with lookups: Lookups) -> Result<String, LookupFailure> {
    var out = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      out += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        out.append("$")
        rest.removeFirst()
      } else if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else { return failure("found '${' without '}'") }
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        switch value(of: String(inside), with: lookups) {
        case .success(let value): out += value
        case .failure(let problem): return .failure(problem)
        }
      } else {
        out.append("$")
      }
    }
    return .success(out + rest)
  }

  private static func value(of inside: String, with lookups: Lookups) -> Result<String, LookupFailure> {
    if inside.hasPrefix("env:") {
      let name = String(inside.dropFirst(4))
      var parts = [name, ""]
      var hasFallback = false
      if let split = name.range(ofFallback: ":-") {
        parts = [String(name[..<split.lowerBound]), String(name[split.upperBound...])]
        hasFallback = true
      }
      if let value = lookups.environment(parts[0]), !value.isEmpty { return .success(value) }
      return hasFallback ? .success(parts[1]) : failure("the environment has no variable '\(parts[0])'")
    }
    if inside.hasPrefix("file:") {
      return lookups.file(String(inside.dropFirst(5))).map { text in
        var text = text
        while text.last?.isNewline == true { text.removeLast() }
        return text
      }
    }
    return failure("found '${\(inside.prefix(20))…}', expected ${env:NAME} or ${file:path}")
  }

  private static func failure(_ words: String) -> Result<String, LookupFailure> {
    .failure(LookupFailure(reason: words))
  }
}

extension String {
  fileprivate func range(ofFallback mark: String) -> Range<String.Index>? {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(mark) { return i..<index(i, offsetBy: mark.count) }
      i = index(after: i)
    }
    return nil
  }
}
