import Records
import Testing

@Suite struct CSVTextTests {
  @Test(arguments: [
    (["a", "b"], "a,b"), (["a,b", "c"], "\"a,b\",c"), (["a\"b", ""], "\"a\"\"b\","),
    (["a\nb", "c\rd"], "\"a\nb\",\"c\rd\""),
    (["", ""], ","), ([""], "\"\""), ([" a ", "é"], " a ,é"),
  ])
  func joinQuotesOnlyWhereNeeded(_ fields: [String], _ line: String) {
    let fields = fields.map { Array($0.utf8) }
    #expect(CSVText.join(fields, CSVDialect()) == Array(line.utf8))
    #expect(CSVText.split(Array(line.utf8), CSVDialect()) == fields)
  }

  @Test func dialectIsKept() {
    let dialect = CSVDialect(delimiter: UInt8(ascii: ";"), quote: UInt8(ascii: "'"))
    let fields = ["a;b", "it's", "x,y", "\"z\""].map { Array($0.utf8) }
    let line = CSVText.join(fields, dialect)
    #expect(line == Array(#"'a;b';'it''s';x,y;"z""#.utf8))
    #expect(CSVText.split(line, dialect) == fields)
  }

  @Test(arguments: ["\"a", "\"a\"b", "a\nb", "", "\"a\"\"", String(repeating: ",", count: 4096)])
  func whatIsNotOneRecordIsRefused(_ text: String) {
    #expect(CSVText.split(Array(text.utf8), CSVDialect()) == nil)
  }
}
