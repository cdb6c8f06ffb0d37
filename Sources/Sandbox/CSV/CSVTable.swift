/// An uploaded table whose first row names the columns: exact names, in any order.
struct CSVTable {
  private var reader: CSVReader
  /// Where each known column stands in the file.
  private let places: [Int?]
  private let names: [String]
  private let width: Int

  /// Refuses a file without a header, with an unknown or repeated column, or without one that is required.
  init(_ upload: Upload, columns: [String], required: Set<String>) throws(Refusal) {
    reader = CSVReader(upload)
    var problems = Problems()
    var found: [String: Int] = [:]
    do throws(CSVError) {
      guard try reader.advance() else { throw CSVError(line: 1, reason: "the file is empty") }
      for place in 0..<reader.count {
        let name = reader.text(place)
        if let name, columns.contains(name), found[name] == nil {
          found[name] = place
        } else {
          let expected = columns.joined(separator: ", ")
          problems.add(
            "Unknown column", "column \"\((name ?? "").prefix(60))\" is unknown or repeated; expected \(expected)",
            line: reader.line)
        }
      }
      for name in columns where required.contains(name) && found[name] == nil {
        problems.add("Missing column", "the column \"\(name)\" is required", line: reader.line)
      }
    } catch {
      problems.add("Invalid CSV", error.reason, line: error.line)
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    names = columns
    places = columns.map { found[$0] }
    width = reader.count
  }

  var line: Int { reader.line }

  /// Goes to the next row of the right width; false at the end, or when nothing more can be read or told.
  mutating func advance(_ problems: inout Problems) -> Bool {
    do throws(CSVError) {
      while !problems.isFull, try reader.advance() {
        if reader.count == width { return true }
        problems.add("Invalid CSV", "the row has \(reader.count) fields, expected \(width)", line: line)
      }
    } catch {
      problems.add("Invalid CSV", error.reason, line: error.line)
    }
    return false
  }

  /// The text in a column, counted as they were given; nil when it is empty or absent.
  func text(_ column: Int, _ problems: inout Problems) -> String? {
    guard let place = places[column] else { return nil }
    guard let text = reader.text(place) else {
      problems.add("Invalid encoding", "\(names[column]) is not UTF-8", line: line)
      return nil
    }
    return text.isEmpty ? nil : text
  }

  func wrong(_ column: Int, _ text: String, expected: String, _ problems: inout Problems) {
    problems.add("Invalid value", "\(names[column]) \"\(text.prefix(60))\" is not \(expected)", line: line)
  }
}
