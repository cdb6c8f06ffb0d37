/// How paged lists of the sandbox are awkward on demand, in ways the API's are known to be.
package struct PagingQuirks: Sendable, Equatable {
  /// Items come in at the front while a client pages, so that later pages begin with what was already seen.
  package var repeats = false
  /// `hasMore` is true on the last page and on the empty ones behind it.
  package var alwaysHasMore = false

  package static let none = PagingQuirks()

  package init() {}

  /// Reads a list such as `repeat,hasmore`; nil when it holds another word.
  package init?(words: String) {
    for word in words.split(separator: ",") {
      switch word {
      case "repeat": repeats = true
      case "hasmore": alwaysHasMore = true
      default: return nil
      }
    }
  }

  /// Where a page really begins: one item has come in before it, and one more with every ten thousand skipped.
  func start(_ skip: Int) -> Int { repeats && skip > 0 ? skip - 1 - skip / 10_000 : skip }
}
