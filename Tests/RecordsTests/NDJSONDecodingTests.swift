import Testing

@testable import Records

@Suite struct NDJSONDecodingTests {
  @Test(arguments: DecodingCase.ndjson)
  func recordsAreFoundWhereverTheInputIsCut(_ given: DecodingCase) throws {
    for chunk in given.chunks {
      for capacity in [8, 1 << 18] {
        let reading = try Reading(
          ndjson: given.input, given.columns, limit: given.limit, chunk: chunk, capacity: capacity)
        #expect(reading.found == given.expected, "chunks of \(chunk), buffer of \(capacity)")
        #expect(reading.isPlaced(in: given.input), "chunks of \(chunk), buffer of \(capacity)")
      }
    }
  }

  @Test(arguments: DecodingCase.ndjson)
  func aSourceThatLookedForUTF8ItselfGivesTheSameRecords(_ given: DecodingCase) throws {
    for chunk in given.chunks {
      let reading = try Reading(
        ndjson: given.input, given.columns, limit: given.limit, chunk: chunk, isValidating: true)
      #expect(reading.found == given.expected, "chunks of \(chunk)")
    }
  }

  @Test func membersWithoutAColumnAreKept() throws {
    let line = Array(#"{"x":[1, 2],"a":{"b":1,"c":2},"y\n":"z","n":null}"#.utf8)
    var reader = RecordReader(NDJSONDecoder(columns: ["a.b"], keepsRest: true), source: ArraySource(line, chunk: 3))
    #expect(try reader.next() == .record)
    let buffer = reader.buffer
    let rest = reader.decoder.rest.map {
      [$0.key, $0.value].map { String(decoding: buffer[$0], as: UTF8.self) }
    }
    #expect(rest == [["x", "[1, 2]"], [#"y\n"#, #""z""#], ["n", "null"]])
    #expect(try reader.next() == .end)
  }

  @Test(arguments: [
    ("a", ["a"]), ("a.b.c", ["a", "b", "c"]), (#"a\.b.c"#, ["a.b", "c"]), (#"a\\.b"#, [#"a\"#, "b"]), ("", [""]),
    ("a.", ["a", ""]), (".", ["", ""]),
  ])
  func pathsAreSplitAtPoints(_ column: String, _ keys: [String]) {
    #expect(ColumnTree.keys(of: column).map { String(decoding: $0, as: UTF8.self) } == keys)
  }
}
