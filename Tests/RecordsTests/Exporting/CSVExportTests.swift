import Testing

@testable import Records

@Suite struct CSVExportTests {
  static let answer = #"""
    id,created,props,name
    1,2026-09-01T00:00:00Z,"{""a"": ""Gravel bike - \""Aisle of Man\""""}",plain
    2,2026-09-01T00:00:01Z,,"quoted, with ""quotes"" and
    a line end"
    3,2026-09-01T00:00:02Z,null,ü

    """#

  /// Where the answer is cut never changes what is written.
  @Test(arguments: [1, 2, 7, 64, 1 << 18]) func csvPassesAsTheServerWroteIt(chunk: Int) throws {
    let exported = try Exported(Self.answer, .csv, chunk: chunk)
    #expect("\(exported.header)\n\(exported.text)" == Self.answer)
    #expect(exported.counts.read == 3 && exported.counts.written == 3 && exported.counts.ragged == 0)
  }

  @Test(arguments: [1, 3, 1 << 18]) func ndjsonHoldsJSONWhereTheCellDoesAndNumbersDigitByDigit(chunk: Int) throws {
    let exported = try Exported(Self.answer, .ndjson, chunk: chunk)
    #expect(
      exported.text == #"""
        {"id":1,"created":"2026-09-01T00:00:00Z","props":{"a": "Gravel bike - \"Aisle of Man\""},"name":"plain"}
        {"id":2,"created":"2026-09-01T00:00:01Z","props":null,"name":"quoted, with \"quotes\" and\na line end"}
        {"id":3,"created":"2026-09-01T00:00:02Z","props":null,"name":"ü"}

        """#)
    #expect(exported.counts.unparsed == 0)
  }

  /// Each cell of a column as NDJSON.
  @Test(arguments: [
    ("id", "1850.00", "1850.00"), ("id", "12345678901234567890.10", "12345678901234567890.10"), ("id", "0", "0"),
    ("id", "N/A", #""N/A""#), ("id", "007", #""007""#), ("id", "", "null"), ("id", #""5""#, "5"),
    ("created", "0001-01-01T00:00:00Z", "null"), ("created", "", "null"), ("created", "soon", #""soon""#),
    ("created", "0001-01-01T00:00:01Z", #""0001-01-01T00:00:01Z""#),
    ("props", "null", "null"), ("props", "", "null"), ("props", "[]", "[]"), ("props", "12", "12"),
    ("props", "true", "true"), ("props", #""""x""""#, #""x""#), ("props", "['profile1']", #""['profile1']""#),
    ("props", #""{""a"":1,}""#, #""{\"a\":1,}""#), ("props", #""{""a"":1} x""#, #""{\"a\":1} x""#),
    ("props", "\"[1,\n2]\"", "[1, 2]"), ("props", "\"[1,\r\n2]\"", "[1,  2]"),
    ("name", "null", #""null""#), ("name", "12", #""12""#), ("name", "a\tb", #""a\tb""#),
  ]) func aCellBecomesWhatItsColumnHolds(column: String, cell: String, value: String) throws {
    let exported = try Exported("\(column)\n\(cell.isEmpty ? "\"\"" : cell)\n", .ndjson)
    #expect(exported.text == "{\"\(column)\":\(value)}\n")
    let isString = column == "props" || column == "id" ? value.hasPrefix("\"") && cell != #""""x""""# : false
    #expect(exported.counts.unparsed == (isString ? 1 : 0))
  }

  @Test func raggedRowsArePaddedAndWhatIsBeyondIsKept() throws {
    let answer = "id,created,name\n1\n2,x,y,z,\"a,\"\"b\"\n3,x,y\n"
    let csv = try Exported(answer, .csv)
    #expect(csv.text == "1,,\n2,x,y,z,\"a,\"\"b\"\n3,x,y\n")
    #expect(csv.counts.ragged == 2)
    let ndjson = try Exported(answer, .ndjson)
    #expect(
      ndjson.text == #"""
        {"id":1,"created":null,"name":null}
        {"id":2,"created":"x","name":"y","_extra":["z","a,\"b"]}
        {"id":3,"created":"x","name":"y"}

        """#)
    #expect(ndjson.counts.ragged == 2)
  }

  @Test func laterAnswersAreBroughtInLineByNameWhateverTheCase() throws {
    let exported = try Exported(
      "NAME,new,Id\n\"a,b\",n,7\nc\n", .csv, header: "id,created,name")
    #expect(exported.text == "7,,\"a,b\"\n,,c\n")
    #expect(exported.header == "id,created,name")
    #expect(exported.counts.unknownColumns == ["new"])
    let ndjson = try Exported("NAME,new,Id\na,n,7\n", .ndjson, header: "id,created,name")
    #expect(ndjson.text == #"{"NAME":"a","new":"n","Id":7}"# + "\n" && ndjson.counts.unknownColumns.isEmpty)
  }

  @Test func lineEndsOfAnySystemAndAByteOrderMarkAreNoText() throws {
    let exported = try Exported("\u{FEFF}id,name\r\n1,a\r\n2,b", .csv)
    #expect(exported.header == "id,name")
    #expect(exported.text == "1,a\n2,b\n")
  }

  @Test func aColumnThatComesTwiceHasTwoNames() throws {
    #expect(try Exported("name,name\na,b\n", .ndjson).text == #"{"name":"a","name_2":"b"}"# + "\n")
  }

  @Test func columnsOfOneNameAreNumberedHoweverManyTheyAre() throws {
    let exported = try Exported(
      "name,name_3,name,name,_extra\n1,2,3,4,5,6\n", .ndjson)
    #expect(
      exported.text == #"{"name":"1","name_3":"2","name_2":"3","name_4":"4","_extra":"5","_extra_2":["6"]}"# + "\n")
    let names = [String](repeating: "x", count: 4000).joined(separator: ",")
    let many = try Exported("id,\(names)\n1\n", .ndjson)
    #expect(many.text.hasSuffix(#","x_4000":null}"# + "\n") && many.text.utf8.count < 100_000)
  }

  @Test func whatCannotBeReadIsRejectedAndTheRestWritten() throws {
    let exported = try Exported("id,name\n1,\"a\"x\n2,b\n3,\u{0}\n", .csv)
    #expect(exported.text == "2,b\n")
    #expect(exported.counts.read == 3 && exported.counts.written == 1 && exported.counts.rejected == 2)
    #expect(exported.rejections.map(\.place.line) == [2, 4])
    #expect(exported.rejections.map(\.original) == [Array("1,\"a\"x".utf8), Array("3,\u{0}".utf8)])
  }

  @Test func aCellOfMegabytesAndManyLinesIsOneCell() throws {
    let items = (0..<100_000).map { #"{""sku"":""item \#($0)""}"# }.joined(separator: ",\n")
    let answer = "id,props\n1,\"[\(items)]\"\n2,[]\n"
    let csv = try Exported(answer, .csv)
    #expect(csv.counts.written == 2 && csv.counts.rejected == 0)
    #expect("\(csv.header)\n\(csv.text)" == answer)
    #expect(try Exported(answer, .ndjson).counts.unparsed == 0)
  }

  @Test func anAnswerWithoutAHeaderIsNone() {
    #expect(throws: SourceFailure.self) { try Exported("", .csv) }
    let source = { (text: String) in ArraySource(Array(text.utf8)) }
    let opening = { (text: String) in CSVExport.opening(of: source(text), known: Exported.columns) }
    #expect(opening("ID,x\n") == .header && opening("\n\r\nx,created") == .header)
    for blank in ["", "\n", "\r\n\r\n", "\u{FEFF}", "\u{FEFF}\n\n"] { #expect(opening(blank) == .nothing) }
    for page in ["<html>\n", "\"a\"x\n"] { #expect(opening(page) == .foreign) }
  }
}
