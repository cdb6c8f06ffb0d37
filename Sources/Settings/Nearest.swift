/// The known word a person most likely meant, if one is near: a third of its letters may differ.
package func nearest(to word: String, among known: [String]) -> String? {
  if let same = known.first(where: { $0.lowercased() == word.lowercased() }) { return same }
  let scored = known.map { (word: $0, distance: distance(Array(word.lowercased().utf8), Array($0.lowercased().utf8))) }
  guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, max(word.utf8.count, best.word.utf8.count) / 3) ? best.word : nil
}

/// Edits between two words, swapped neighbours counting once (Damerau-Levenshtein, optimal string alignment).
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  guard a.count < 200, b.count < 200 else { return .max / 2 }
  var before: [Int] = []
  var row = Array(0...b.count)
  for i in 0..<a.count {
    var next = [i + 1]
    for j in 0..<b.count {
      var cost = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      next.append(cost)
    }
    before = row
    row = next
  }
  return row[b.count]
}
