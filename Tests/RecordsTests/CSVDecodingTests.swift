import Testing

@testable import Records

@Suite struct CSVDecodingTests {
  @Test(arguments: DecodingCase.csv)
  func recordsAreFoundWhereverTheInputIsCut(_ given: DecodingCase) throws {
    for chunk in given.chunks {
      for capacity in [8, 1 << 18] {
        let reading = try Reading(
          csv: given.input, given.dialect, hasHeader: given.hasHeader, limit: given.limit, chunk: chunk,
          capacity: capacity)
        #expect(reading.found == given.expected, "chunks of \(chunk), buffer of \(capacity)")
        #expect(reading.isPlaced(in: given.input), "chunks of \(chunk), buffer of \(capacity)")
      }
    }
  }

  @Test(arguments: DecodingCase.csv)
  func aSourceThatLookedForUTF8ItselfGivesTheSameRecords(_ given: DecodingCase) throws {
    for chunk in given.chunks {
      let reading = try Reading(
        csv: given.input, given.dialect, hasHeader: given.hasHeader, limit: given.limit, chunk: chunk,
        isValidating: true)
      #expect(reading.found == given.expected, "chunks of \(chunk)")
    }
  }

  @Test func columnOfABadByteIsTold() throws {
    let reading = try Reading(csv: Array("a,b,c\nd,\"e\"x,f\n".utf8) + [0x67, 0x2C, 0xFF, 0x0A], chunk: 3)
    #expect(reading.fields == [nil, 1, 1])
  }

  @Test(arguments: [
    ("\"a\"b\n", 1, "the header cannot be read: \(Malformation.strayAfterQuote.words)"),
    ("\n\na\u{0}\n", 3, "the header cannot be read: \(Malformation.nul.words)"),
    ("a,b,\"a\"\n1,2,3\n", 1, "columns 1 and 3 are both named 'a'; give every column a name of its own"),
    ("\na,b,\n1,2,3\n", 2, "column 3 has no name; name every column in the header"),
  ])
  func unusableHeaderStopsTheFile(_ text: String, _ line: Int, _ reason: String) {
    #expect(throws: SourceFailure.badHeader(path: "in.csv", line: line, reason: reason)) {
      try RecordStream(csv: CSVDialect(), source: ArraySource(Array(text.utf8)), path: "in.csv")
    }
  }

  @Test func anEmptyFileIsUnreadable() {
    let reason = "it is empty; expected a header line with column names"
    #expect(throws: SourceFailure.unreadable(path: "in.csv", reason: reason)) {
      try RecordStream(csv: CSVDialect(), source: ArraySource([]), path: "in.csv")
    }
  }

  @Test func headerNamesTheColumnsAndDialectNamesComeFirst() throws {
    let text = Array("\u{FEFF}sku,\"the \"\"name\"\"\"\r\n1,2\r\n".utf8)
    #expect(
      try RecordStream(csv: CSVDialect(), source: ArraySource(text), path: "").columns == ["sku", "the \"name\""])
    let named = CSVDialect(columns: ["x", "y"])
    #expect(try RecordStream(csv: named, source: ArraySource(text), path: "").columns == ["x", "y"])
  }

  @Test func readingResumesInTheMiddle() throws {
    let text = Array("a,b\n\"c\nd\",e\nf,g\n".utf8)
    var reader = RecordReader(
      CSVDecoder(CSVDialect()), source: ArraySource(Array(text[4...]), chunk: 2), byte: 4, line: 2)
    let reading = try Reading(&reader)
    #expect(reading.found == [.row(line: 2, ["c\nd", "e"]), .row(line: 4, ["f", "g"])])
    #expect(reading.starts == [4, 12] && reader.byte == text.count && reader.line == 5)
  }

  @Test func failureOfTheSourceIsPassedOn() throws {
    final class Broken: ByteSource {
      func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
        throw .unreadable(path: "in.csv", reason: "gone")
      }
    }
    var reader = RecordReader(CSVDecoder(CSVDialect()), source: Broken())
    #expect(throws: SourceFailure.unreadable(path: "in.csv", reason: "gone")) { try reader.next() }
  }
}
