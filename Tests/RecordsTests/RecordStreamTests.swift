import Testing

@testable import Records

@Suite struct RecordStreamTests {
  private static func run(_ stream: RecordStream, _ assembler: inout BatchAssembler, _ columns: [String]) throws
    -> [String]
  {
    assembler.use(RowPlan(variants: [.sku()], columns: columns), file: 0)
    var batches: [Batch] = []
    repeat { while let batch = assembler.next() { batches.append(batch) } } while try stream.fill(&assembler)
    assembler.finish(at: SourcePlace(file: 0, byte: stream.byte, line: stream.line, record: assembler.nextRecord))
    while let batch = assembler.next() { batches.append(batch) }
    return batches.map { String(decoding: $0.body.bytes(0..<$0.body.count), as: UTF8.self) }
  }

  private let rules = BatchRules(maximumRows: 2, maximumBytes: 1000)

  @Test func linesOfNDJSONBecomeRows() throws {
    let text = "{\"key\":\"a\",\"value\":1}\n\n{\"value\":2.0,\"key\":\"b\"}\n{\"key\":\"c\",\"value\":3}"
    let stream = RecordStream(
      ndjson: ["key", "value"], keepsRest: false, source: ArraySource(Array(text.utf8), chunk: 7))
    var assembler = BatchAssembler(rules)
    let bodies = try Self.run(stream, &assembler, stream.columns)
    #expect(bodies == [#"{"":[{"k":"a","v":1},{"k":"c","v":3}]}"#])
    #expect(assembler.nextRecord == 3 && stream.byte == text.utf8.count)
  }

  /// Wherever a run of a CSV file stops, going on there gives the batches that were missing.
  @Test func fileGoesOnWhereABatchWasCut() throws {
    let text = Array("k,v\r\na,1\r\n\"b\nb\",2\r\n\r\nc,x\r\nc,3\r\nd,4\r\ne,5".utf8)
    var assembler = BatchAssembler(rules)
    let whole = try RecordStream(csv: CSVDialect(), source: ArraySource(text), path: "in.csv")
    assembler.use(RowPlan(variants: [.sku()], columns: whole.columns), file: 0)
    var batches: [Batch] = []
    while try whole.fill(&assembler) { while let batch = assembler.next() { batches.append(batch) } }
    assembler.finish(at: SourcePlace(file: 0, byte: whole.byte, line: whole.line, record: assembler.nextRecord))
    while let batch = assembler.next() { batches.append(batch) }
    let bodies = batches.map { String(decoding: $0.body.bytes(0..<$0.body.count), as: UTF8.self) }
    #expect(batches.count == 3 && batches.last?.end.byte == text.count)
    for (index, batch) in batches.enumerated() {
      let end = batch.end
      let rest = RecordStream(
        csv: CSVDialect(), columns: whole.columns, source: ArraySource(Array(text[end.byte...]), chunk: 5),
        byte: end.byte, line: end.line)
      var resumed = BatchAssembler(rules, firstRecord: end.record)
      #expect(try Self.run(rest, &resumed, whole.columns) == Array(bodies[(index + 1)...]))
      #expect(resumed.nextRecord == assembler.nextRecord)
    }
  }

  @Test(arguments: ["a,1\nb,2", "a,1\nb,2\n", "a,1\n\"b", "a,1\nbb\n", "\u{FEFF}a,1", "a,1\n\n\n", "a", ""])
  func readerEndsAtTheSizeOfTheFile(_ text: String) throws {
    for chunk in 1...8 {
      var reader = RecordReader(
        CSVDecoder(CSVDialect()), source: ArraySource(Array(text.utf8), chunk: chunk), capacity: 8)
      _ = try Reading(&reader)
      #expect(reader.byte == text.utf8.count)
    }
  }

  @Test func bufferGrowsAndKeepsItsBytes() {
    let buffer = ByteBuffer(capacity: 0)
    for byte in UInt8.min...UInt8.max { buffer.append(byte) }
    buffer.append(buffer, 0..<256)
    #expect(buffer.bytes(0..<512) == Array(0...255) + Array(0...255))
    #expect(buffer.isEqual(0..<100, 256..<356) && !buffer.isEqual(0..<100, 1..<101) && !buffer.isEqual(0..<1, 0..<2))
    buffer.removeAll()
    #expect(buffer.count == 0)
  }

  @Test func hashDependsOnEveryByteAndOnTheLength() {
    var seen: Set<UInt64> = []
    for length in 0...20 {
      for place in 0..<max(1, length) {
        var bytes = [UInt8](repeating: 0, count: length)
        if length > 0 { bytes[place] = 1 }
        // What stands after the range must not matter.
        let hashes = [UInt8(0), 0xFF].map { slack in
          let padded = bytes + [UInt8](repeating: slack, count: ByteBuffer.slack)
          return Hash.of(padded.span, 0..<length)
        }
        #expect(hashes[0] == hashes[1] && seen.insert(hashes[0]).inserted, "\(bytes)")
      }
    }
  }
}
