/// The candidate someone most likely meant by `word`, if any is near enough to suggest.
///
/// A candidate that differs only in case wins; otherwise the one with the fewest typing errors (a character missing,
/// added, exchanged, or two swapped), at most a third of the length of the word. The first of equals wins.
package func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased())
  let longest = 80
  guard !typed.isEmpty, typed.count <= longest else { return nil }
  let limit = max(1, typed.count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let meant = Array(candidate.lowercased())
    guard abs(meant.count - typed.count) <= limit else { continue }
    let distance = typingErrors(from: typed, to: meant)
    // One wrong character in a word of one is another word.
    guard distance <= limit, distance < max(typed.count, meant.count) else { continue }
    if distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// What a message says after a word it does not know: `; did you mean 'x'?`, or nothing.
func suggestion(for word: String, among candidates: [String]) -> String {
  nearest(to: word, among: candidates).map { "; did you mean \(quoted($0))?" } ?? ""
}

/// The Damerau-Levenshtein distance (optimal string alignment), in characters.
private func typingErrors(from typed: [Character], to meant: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...meant.count)
  for (i, character) in typed.enumerated() {
    var row = [i + 1]
    for (j, candidate) in meant.enumerated() {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (character == candidate ? 0 : 1))
      if i > 0, j > 0, character == meant[j - 1], typed[i - 1] == candidate {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[meant.count]
}
