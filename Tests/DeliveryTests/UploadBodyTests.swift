import Delivery
import Testing

@testable import Records

@Suite struct UploadBodyTests {
  private let upload = UploadBody(columns: ["value", "limitval"], boundary: "ferry-1")
  private let head =
    "--ferry-1\r\nContent-Disposition: form-data; name=\"upFile\"; filename=\"ferry.csv\"\r\n"
    + "Content-Type: text/csv\r\n\r\nvalue,limitval\n"
  private let tail = "\r\n--ferry-1--\r\n"

  /// A batch of these CSV records, the first column text and the second a number.
  private func batch(_ records: String) throws -> Batch {
    let columns = ["value", "limitval"]
    let template = RowTemplate(
      .object(
        columns.enumerated().map { index, name in
          let rule = ValueRule(field: name, column: name, kind: index == 0 ? .string : .number)
          return TemplateMember(name, .value(TemplateValue(.column(index), rule)))
        }))
    var assembler = BatchAssembler(BatchRules(maximumRows: 100, maximumBytes: 1 << 20))
    let stream = RecordStream(
      csv: CSVDialect(), columns: columns, source: ArraySource(Array(records.utf8)), byte: 0, line: 1)
    let variant = Variant(name: "", head: [], tail: [], template: template, hasKey: false)
    assembler.use(RowPlan(variants: [variant], columns: columns), file: 0)
    while try stream.fill(&assembler) {}
    assembler.finish(at: SourcePlace(file: 0, byte: 0, line: 1, record: 0))
    let batch = assembler.next()
    return try #require(batch)
  }

  private func text(_ body: ByteBuffer) -> String { String(decoding: body.bytes(0..<body.count), as: UTF8.self) }

  @Test func rowsAreLinesOfOneFile() throws {
    let batch = try batch("A,1\n\"B,\"\"x\"\"\",\n,3.50\n")
    let (body, isLineARow) = upload.body(of: batch, rows: 0..<3)
    #expect(text(body) == head + "A,1\n\"B,\"\"x\"\"\",\n,3.50\n" + tail)
    #expect(isLineARow && upload.contentType.header == "multipart/form-data; boundary=ferry-1")
  }

  @Test func someRowsAreAFileOfTheirOwn() throws {
    let batch = try batch("A,1\nB,2\nC,3\n")
    #expect(text(upload.body(of: batch, rows: [0, 2]).body) == head + "A,1\nC,3\n" + tail)
  }

  /// Then a line the server names is not the row of that number.
  @Test func rowOfSeveralLinesIsTold() throws {
    let batch = try batch("A,1\n\"B\nb\",2\nC,3\n")
    let (body, isLineARow) = upload.body(of: batch, rows: 0..<3)
    #expect(text(body) == head + "A,1\n\"B\nb\",2\nC,3\n" + tail && !isLineARow)
    #expect(upload.body(of: batch, rows: [0, 2]).isLineARow)
  }

  @Test func namesOfColumnsAreQuotedWhereTheyMustBe() {
    let upload = UploadBody(columns: ["a,b", "c"], boundary: "x")
    #expect(String(decoding: upload.head, as: UTF8.self).hasSuffix("\r\n\r\n\"a,b\",c\n"))
  }
}
