import Testing

@testable import Records

@Suite struct ListExportTests {
  private func page(_ text: String) -> PageText? { PageText(Array(text.utf8)) }

  @Test func aPageIsItsItemsOnALineEach() throws {
    let read = try #require(page("{\"hasMore\": true,\n \"data\": [\n {\"id\": 1,\n \"a\": [1, 2]}, {\"id\": 2} ] }\n"))
    #expect(String(decoding: read.lines, as: UTF8.self) == "{\"id\": 1,  \"a\": [1, 2]}\n{\"id\": 2}\n")
    #expect(read.count == 2 && read.hasMore == true && read.total == nil)
  }

  @Test(arguments: [
    (#"{"hasMore":true,"data":[]}"#, false), (#"{"data":[]}"#, false), (#"{"hasMore":true,"data":[{}]}"#, true),
    (#"{"hasMore":false,"data":[{},{}]}"#, false), (#"{"data":[{},{}]}"#, true), (#"{"data":[{}]}"#, false),
    (#"{"totalResultSize":9,"data":[{}]}"#, true), (#"{"totalResultSize":7,"data":[{},{}]}"#, false),
    (#"{"totalResultSize":-1,"data":[{},{}]}"#, true), (#"{"totalResultSize":0,"data":[{}]}"#, false),
    (#"{"data":null}"#, false),
  ]) func readingEndsWhereTheListDoes(text: String, goesOn: Bool) throws {
    #expect(try #require(page(text)).goesOn(at: 5, size: 2) == goesOn)
  }

  @Test(arguments: [
    "", "[]", "{}", "{\"data\":{}}", "{\"data\":[}", "{\"data\":[]", "{\"data\":[]} x", "<html>", "{\"data\":[{]}}",
    "{\"data\":[1 2]}", "{\"data\":[\"\u{0}\"]}",
  ]) func whatIsNoPageIsNotRead(text: String) { #expect(page(text) == nil) }

  private func export(_ lines: String, _ format: ExportFormat, _ filter: ExportFilter) throws -> (String, ExportCounts)
  {
    let columns = [ExportColumn("id", .number), ExportColumn("name"), ExportColumn("attributes", .json)]
    let text = ListExport(columns: columns, format: format, filter: filter, lines: Array(lines.utf8))
    let out = ByteBuffer(capacity: 64)
    while try text.fill(out) {}
    return (String(decoding: out.bytes(0..<out.count), as: UTF8.self), text.counts)
  }

  @Test func itemsAreWrittenAsTheyAreAndNoneTwice() throws {
    let filter = ExportFilter(id: "id")
    filter.dropsRepeats = true
    filter.rememberFrom = .min
    let lines = "{\"id\":1,\"x\":1.50}\n{\"id\":2}\n"
    #expect(try export(lines, .ndjson, filter).0 == lines)
    let (text, counts) = try export("{\"id\":2}\n{\"id\":3}\n", .ndjson, filter)
    #expect(text == "{\"id\":3}\n" && counts.repeated == 1)
    #expect(filter.takeRemembered().count == 3)
  }

  @Test func csvHasTheColumnsOfTheReferenceAndNamesWhatItLeavesOut() throws {
    let lines = #"""
      {"name":"a, \"b\" \u00fc","id":1.50,"attributes":[{"x":"y"}],"more":1}
      {"id":2,"name":null,"attributes":{}}

      """#
    let (text, counts) = try export(lines, .csv, ExportFilter())
    #expect(text == "1.50,\"a, \"\"b\"\" ü\",\"[{\"\"x\"\":\"\"y\"\"}]\"\n2,,{}\n")
    #expect(counts.unknownColumns == ["more"] && counts.written == 2)
  }

  @Test(arguments: [
    ("{\"a\":1}", #"{"key":"R\"1","a":1}"#), (" { } ", #"{"key":"R\"1" }"#),
    ("{\n\"a\":\n1}", #"{"key":"R\"1", "a": 1}"#),
  ]) func aLookupsLineBeginsWithItsKey(body: String, line: String) {
    let made = LookupLine.line("key", Array("R\"1".utf8), Array(body.utf8))
    #expect(made.map { String(decoding: $0, as: UTF8.self) } == line + "\n")
  }

  @Test(arguments: ["", "[]", "{", "{} x", "null", "<html>"]) func anAnswerThatIsNoObjectIsNoLine(body: String) {
    #expect(LookupLine.line("key", [], Array(body.utf8)) == nil)
  }

  @Test func keysComeFromTheColumnWithTheirPlaces() throws {
    let csv = "segment,customer\nx,\"Müller, Jörg\"\ny,\nz,..\n\"w\"v,c\nlast,b%/ü\n"
    let keys = try KeyColumn(csv: CSVDialect(), column: "customer", source: ArraySource(Array(csv.utf8)), path: "k.csv")
    var found: [(String, Int, String)] = []
    while let key = try keys.next() {
      found.append((String(decoding: key.text, as: UTF8.self), key.rejection.place.line, key.rejection.reason))
    }
    #expect(found.map(\.0) == ["Müller, Jörg", "", "", "", "b%/ü"])
    #expect(found.map(\.1) == [2, 3, 4, 5, 6])
    #expect(found[1].2 == "the key is missing" && found[2].2.contains("path") && !found[3].2.isEmpty)
    #expect(Array("b%/ü .-_~".utf8).percentEncoded == "b%25%2F%C3%BC%20.-_~")
    #expect(throws: SourceFailure.self) {
      try KeyColumn(csv: CSVDialect(), column: "id", source: ArraySource(Array(csv.utf8)), path: "k.csv")
    }
    let lines = KeyColumn(
      ndjson: "c.id", source: ArraySource(Array("{\"c\":{\"id\":\"\\u00fc\"}}\n{}\n{\"c\":{\"id\":7}}\n".utf8)))
    #expect(try lines.next()?.text == Array("ü".utf8))
    #expect(try lines.next()?.rejection.reason == "the key is missing")
    #expect(try lines.next()?.text == Array("7".utf8))
    #expect(try lines.next() == nil)
  }
}
