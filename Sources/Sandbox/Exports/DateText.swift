/// Writes moments into cells; the date of the last one is kept, as most rows are of the same day.
struct DateText: Sendable, Equatable {
  enum Style: Sendable {
    /// `2022-11-29T16:16:10Z`
    case iso8601
    /// `2022-11-29 16:16:10`
    case plain
  }

  let style: Style
  private var day = Int.min
  private var date: [UInt8] = []

  init(_ style: Style) { self.style = style }

  /// `seconds` are counted from 1970; nil stands for never.
  mutating func write(_ seconds: Int?, to chunk: inout Chunk) {
    guard let seconds else {
      return chunk.text(style == .iso8601 ? "0001-01-01T00:00:00Z" : "0001-01-01 00:00:00")
    }
    let ofDay = seconds % 86_400
    if seconds - ofDay != day {
      day = seconds - ofDay
      date = Array(Timestamp(microseconds: seconds * 1_000_000).text.utf8.prefix(10))
    }
    chunk.raw(date)
    chunk.byte(style == .iso8601 ? UInt8(ascii: "T") : UInt8(ascii: " "))
    chunk.number(ofDay / 3600, width: 2)
    chunk.byte(UInt8(ascii: ":"))
    chunk.number(ofDay / 60 % 60, width: 2)
    chunk.byte(UInt8(ascii: ":"))
    chunk.number(ofDay % 60, width: 2)
    if style == .iso8601 { chunk.byte(UInt8(ascii: "Z")) }
  }
}
