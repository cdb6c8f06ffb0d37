import Endpoints
import Records
import Settings
import Testing

@testable import Jobs

@Suite struct TemplateTests {
  /// The request bodies and rejections a job makes of one small file.
  private func carry(
    _ text: String, _ rows: String, ndjson: Bool = false
  ) throws -> (bodies: [String], rejections: [String], skipped: Int) {
    let plan = try readJob(text).get().plan
    var assembler = BatchAssembler(plan.rules)
    let source = ArraySource(Array(rows.utf8), chunk: 7)
    let format = ndjson ? SourceFormat.ndjson : plan.format ?? .csv(CSVDialect())
    let stream: RecordStream
    switch format {
    case .csv(let dialect): stream = try RecordStream(csv: dialect, source: source, path: "items.csv")
    case .ndjson:
      stream = RecordStream(ndjson: plan.mapping.columns, keepsRest: plan.mapping.keepsRest, source: source)
    }
    assembler.use(try plan.rows(columns: stream.columns, format: format, path: "items.csv").get(), file: 0)
    var batches: [Batch] = []
    while try stream.fill(&assembler) { while let batch = assembler.next() { batches.append(batch) } }
    assembler.finish(at: SourcePlace(file: 0, byte: 0, line: 1, record: 0))
    while let batch = assembler.next() { batches.append(batch) }
    var bodies: [String] = []
    var rejections: [String] = []
    var skipped = 0
    for batch in batches {
      if !batch.rows.isEmpty {
        bodies.append(String(decoding: batch.body.bytes(0..<batch.body.count), as: UTF8.self))
      }
      rejections += batch.rejections.map { "\($0.place.line): \($0.column): \($0.reason)" }
      skipped += batch.skippedFiles.count
    }
    return (bodies, rejections, skipped)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var job: String
    var rows: String
    var bodies: [String]
    var isNDJSON = false

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "ADD",
      job: job(
        settings: "{ catalogId: 1, action: ADD, replaceIfExists: true }",
        map: "{ sku: sku, price: price, product.name: name, attributes.size: { column: size, type: integer } }"),
      rows: "sku,price,name,size,other\nA,12.50,\"Tee \"\"x\"\"\",3,z\nB,,,,\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"replaceIfExists":true,"sku":"A","price":12.50,"product":{"name":"Tee \"x\""},"attributes":{"size":3}}},{"type":"ADD","payload":{"replaceIfExists":true,"sku":"B"}}]}"#
      ]),
    Case(
      name: "PATCH with version and createIfNotExists",
      job: job(
        settings: "{ catalogId: 1, action: PATCH, createIfNotExists: false, version: 12 }",
        map: "{ sku: sku, product.name: n }"),
      rows: "sku,n\nA,x\n",
      bodies: [
        #"{"version":12,"actions":[{"type":"PATCH","payload":{"createIfNotExists":false,"sku":"A","product":{"name":"x"}}}]}"#
      ]),
    Case(
      name: "REMOVE", job: job(settings: "{ catalogId: 1, action: REMOVE }", map: "{ sku: sku }"), rows: "sku\nA\nB\n",
      bodies: [
        #"{"actions":[{"type":"REMOVE","payload":{"sku":"A"}},{"type":"REMOVE","payload":{"sku":"B"}}]}"#
      ]),
    Case(
      name: "PATCH_MANY with filters of constants and columns",
      job: job(
        settings: "{ catalogId: 1, action: PATCH_MANY }",
        map: "{ price: p, filters: [{ attr: color, op: EQ, value: blue }, { attr: size, op: GE, column: s }] }"),
      rows: "p,s\n9,45\n8,50.5\n",
      bodies: [
        #"{"actions":[{"type":"PATCH_MANY","payload":{"price":9,"filters":[{"attr":"color","op":"EQ","value":"blue"},{"attr":"size","op":"GE","value":"45"}]}},{"type":"PATCH_MANY","payload":{"price":8,"filters":[{"attr":"color","op":"EQ","value":"blue"},{"attr":"size","op":"GE","value":"50.5"}]}}]}"#
      ]),
    Case(
      name: "REMOVE_MANY",
      job: job(
        settings: "{ catalogId: 1, action: REMOVE_MANY }", map: "{ filters: [{ attr: id, op: IN, column: ids }] }"),
      rows: "ids\n\"1,2\"\n",
      bodies: [
        #"{"actions":[{"type":"REMOVE_MANY","payload":{"filters":[{"attr":"id","op":"IN","value":"1,2"}]}}]}"#
      ]),
    Case(
      name: "REMOVE_MANY of everything still has a payload",
      job: job(settings: "{ catalogId: 1, action: REMOVE_MANY, allowAll: true }", map: "{}"), rows: "a\nx\n",
      bodies: [#"{"actions":[{"type":"REMOVE_MANY","payload":{}}]}"#]),
    Case(
      name: "ADD_PRICE_ADJUSTMENT keeps rows of one sku apart",
      job: job(
        settings: "{ catalogId: 1, action: ADD_PRICE_ADJUSTMENT }",
        map: "{ sku: sku, adjustments.priceType: t, adjustments.price: { column: p, empty: null }, "
          + "adjustments.referenceId: r, adjustments.effectiveFrom: { column: f, format: unix } }"),
      rows: "sku,t,p,r,f\nA,vip,1.5,r1,0\nA,vip,,r2,\n",
      bodies: [
        #"{"actions":[{"type":"ADD_PRICE_ADJUSTMENT","payload":{"sku":"A","adjustments":[{"priceType":"vip","price":1.5,"referenceId":"r1","effectiveFrom":"1970-01-01T00:00:00Z"}]}}]}"#,
        #"{"actions":[{"type":"ADD_PRICE_ADJUSTMENT","payload":{"sku":"A","adjustments":[{"priceType":"vip","price":null,"referenceId":"r2"}]}}]}"#,
      ]),
    Case(
      name: "action by column: one request holds one kind, settings go to their action only",
      job: job(
        settings: "{ catalogId: 1, replaceIfExists: true, createIfNotExists: true, allowAll: true }",
        map: "{ action: kind, sku: sku, price: p }"),
      rows: "kind,sku,p\nADD,A,1\nPATCH,B,2\nADD,C,3\nREMOVE,D,4\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"replaceIfExists":true,"sku":"A","price":1}},{"type":"ADD","payload":{"replaceIfExists":true,"sku":"C","price":3}}]}"#,
        #"{"actions":[{"type":"PATCH","payload":{"createIfNotExists":true,"sku":"B","price":2}}]}"#,
        #"{"actions":[{"type":"REMOVE","payload":{"sku":"D"}}]}"#,
      ]),
    Case(
      name: "wildcard over CSV leaves out mapped, reserved and taken columns",
      job: job(
        settings: "{ catalogId: 1, action: ADD }",
        map: "{ sku: sku, attributes.color: colour, attributes.*: '*' }"),
      rows: "sku,colour,_ferry_line,color,a.b,c\nA,red,7,blue,1,\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"sku":"A","attributes":{"color":"red","a.b":"1"}}}]}"#
      ]),
    Case(
      name: "wildcard over NDJSON keeps the types",
      job: job(settings: "{ catalogId: 1, action: ADD }", map: "{ sku: sku, price: deep.price, attributes.*: '*' }"),
      rows: #"{"sku":"A","deep":{"price":2},"n":1,"_ferry_line":3,"l":[1,"x"],"b":false,"t":"\u00e9"}"# + "\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"sku":"A","price":2,"attributes":{"n":1,"l":[1,"x"],"b":false,"t":"\u00e9"}}}]}"#
      ], isNDJSON: true),
    Case(
      name: "wildcard over NDJSON leaves out names that are taken, however they are spelled",
      job: job(
        settings: "{ catalogId: 1, action: ADD }",
        map: "{ sku: sku, attributes.Color: color, attributes.a.b: x, attributes.*: '*' }"),
      rows: #"{"sku":"A","color":"red","Color":"blue","x":1,"a.b":2,"n":3}"# + "\n"
        + #"{"sku":"B","color":"red","Col\u006fr":"blue"}"# + "\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"sku":"A","attributes":{"Color":"red","a.b":1,"n":3}}},"#
          + #"{"type":"ADD","payload":{"sku":"B","attributes":{"Color":"red"}}}]}"#
      ], isNDJSON: true),
    Case(
      name: "constants, templates, lists, JSON and times",
      job: job(
        settings: "{ catalogId: 1, action: ADD }",
        map: "{ sku: { template: '{a}-{b}{{}}' }, price: { value: 1.50 }, product.name: { value: 12 }, "
          + "attributes.flag: { value: true }, attributes.text: { value: 'true' }, attributes.n: { value: 7, type: integer }, "
          + "attributes.when: { value: '2026-01-31T08:00:00Z', type: time }, attributes.raw: { value: '[1, 2]', type: json }, "
          + "attributes.tags: { column: tags, type: list, separator: '|' }, "
          + "attributes.sizes: { column: sizes, type: list, items: integer }, attributes.json: { column: j, type: json }, "
          + "attributes.day: { column: d, type: time, format: '%d.%m.%Y %H:%M', zone: '+02:00' } }"),
      rows: "a,b,tags,sizes,j,d\n1,2,x| y ,3;4,\"{\"\"k\"\":1}\",31.01.2026 09:30\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"sku":"1-2{}","price":1.50,"product":{"name":"12"},"attributes":{"flag":true,"text":"true","n":7,"when":"2026-01-31T08:00:00Z","raw":[1, 2],"tags":["x","y"],"sizes":[3,4],"json":{"k":1},"day":"2026-01-31T09:30:00+02:00"}}}]}"#
      ]),
    Case(
      name: "empty cells: omitted, null",
      job: job(
        settings: "{ catalogId: 1, action: ADD }",
        map: "{ sku: sku, price: { column: p, empty: 'null' }, attributes.a: { column: a, empty: omit }, "
          + "attributes.b: { column: b, empty: null } }"),
      rows: "sku,p,a,b\nA,,,\nB,1,2,3\n",
      bodies: [
        #"{"actions":[{"type":"ADD","payload":{"sku":"A","price":null,"attributes":{"b":null}}},{"type":"ADD","payload":{"sku":"B","price":1,"attributes":{"a":"2","b":"3"}}}]}"#
      ]),
    Case(
      name: "profiles.update",
      job: job("profiles.update", map: "{ integrationId: id, attributes.Age: { column: age, type: number } }"),
      rows: "id,age\np1,30\np2,\n",
      bodies: [#"{"customerProfiles":[{"integrationId":"p1","attributes":{"Age":30}},{"integrationId":"p2"}]}"#]),
    Case(
      name: "audience.members with everything fixed",
      job: job("audience.members", settings: "{ audienceId: 7, action: add }", map: "{ profileIntegrationId: id }"),
      rows: "id\np1\np2\n",
      bodies: [
        #"{"data":[{"action":"add","audienceId":7,"profileIntegrationId":"p1"},{"action":"add","audienceId":7,"profileIntegrationId":"p2"}]}"#
      ]),
    Case(
      name: "audience.members with everything by column: pairs are the keys",
      job: job("audience.members", map: "{ profileIntegrationId: id, audienceId: a, action: what }"),
      rows: "id,a,what\np1,7,add\np1,8,delete\np1,7,delete\n",
      bodies: [
        #"{"data":[{"action":"delete","profileIntegrationId":"p1","audienceId":8},{"action":"delete","profileIntegrationId":"p1","audienceId":7}]}"#
      ]),
    Case(
      name: "another dialect and named columns",
      job: job(
        settings: "{ catalogId: 1, action: ADD }", map: "{ sku: one, price: two }",
        more: "format: { type: csv, delimiter: ';', quote: \"'\", columns: [one, two] }"),
      rows: "'a;''b';2\n", bodies: [#"{"actions":[{"type":"ADD","payload":{"sku":"a;'b","price":2}}]}"#]),
  ]

  @Test(arguments: cases)
  func bodyIsExactlyThis(item: Case) throws {
    let result = try carry(item.job, item.rows, ndjson: item.isNDJSON)
    #expect(result.bodies == item.bodies)
    #expect(result.rejections.isEmpty)
  }

  static let rejections: [(map: String, rows: String, reasons: [String])] = [
    ("{ sku: sku }", "sku,x\n,1\n", ["2: sku: 'sku' is empty, expected text"]),
    ("{ sku: sku, price: p }", "sku,p\nA,cheap\n", ["2: p: 'price' is 'cheap', expected a number such as 12.50"]),
    (
      "{ sku: sku, price: { column: p, empty: reject } }", "sku,p\nA,\n,\n",
      [
        "2: p: 'price' is empty, expected a number such as 12.50",
        "3: sku, p: 'sku' is empty, expected text; 'price' is empty, expected a number such as 12.50",
      ]
    ),
    (
      "{ sku: sku, attributes.t: { column: t, type: time, format: '%Y-%m-%d' } }", "sku,t\nA,31.01.2026\n",
      ["2: t: 'attributes.t' is '31.01.2026', expected a time in the job's format"]
    ),
    (
      "{ sku: sku, attributes.l: { column: l, type: list, items: number } }", "sku,l\nA,1;x\n",
      ["2: l: 'attributes.l' is '1;x', expected a list of numbers separated by ';'"]
    ),
  ]

  @Test(arguments: rejections)
  func rowsThatCannotBeSentSayWhy(map: String, rows: String, reasons: [String]) throws {
    let result = try carry(job(settings: "{ catalogId: 1, action: ADD }", map: map), rows)
    #expect(result.rejections == reasons)
    #expect(result.bodies.isEmpty)
  }

  @Test func unknownActionsAndAudiencesAreRejected() throws {
    let map = "{ profileIntegrationId: id, audienceId: a, action: what }"
    let audience = try carry(job("audience.members", map: map), "id,a,what\np,7,join\np,0,add\n")
    #expect(
      audience.rejections == [
        "2: what: 'action' is 'join', expected one of add, delete",
        "3: a: 'audienceId' is 0, expected a number of at least 1",
      ])
    let catalog = try carry(
      job(settings: "{ catalogId: 1, allowAll: true }", map: "{ action: k, sku: s }"), "k,s\nadd,A\n,B\nADD,C\n")
    let choices = "ADD, PATCH, PATCH_MANY, REMOVE, REMOVE_MANY, ADD_PRICE_ADJUSTMENT"
    #expect(
      catalog.rejections == [
        "2: k: 'action' is 'add', expected one of \(choices)", "3: k: 'action' is empty, expected one of \(choices)",
      ])
    #expect(catalog.bodies == [#"{"actions":[{"type":"ADD","payload":{"sku":"C"}}]}"#])
  }

  @Test(arguments: [("last", "2", 1), ("first", "1", 1), ("reject", "1", 0)])
  func keyThatComesTwiceIsSettled(rule: String, price: String, skipped: Int) throws {
    let text = job(
      settings: "{ catalogId: 1, action: ADD }", map: "{ sku: s, price: p }", more: "duplicates: \(rule)")
    let result = try carry(text, "s,p\nA,1\nA,2\n")
    #expect(result.bodies == [#"{"actions":[{"type":"ADD","payload":{"sku":"A","price":\#(price)}}]}"#])
    #expect(result.skipped == skipped)
    #expect(result.rejections.count == 1 - skipped)
  }

  @Test func missingColumnsAreReportedWithPlaceAndSuggestion() throws {
    let text = job(
      map: "{ action: kind, sku: sku, price: { column: pirce }, product.name: { template: '{first} {zzz}' }, "
        + "filters: [{ attr: a, op: EQ, column: colour }] }", more: "settings2: 1"
    ).replacing("\n  settings2: 1", with: "").replacing("{}", with: "{ catalogId: 1 }")
    let plan = try readJob(text).get().plan
    guard
      case .failure(let missing) = plan.rows(
        columns: ["price", "SKU", "first", "color"], format: .csv(CSVDialect()), path: "x.csv")
    else {
      Testing.Issue.record("the columns are not there")
      return
    }
    let words = missing.issues.map { $0.description.split(separator: ": error: ").last.map(String.init) ?? "" }
    #expect(
      words == [
        "column 'sku' is not in x.csv; did you mean 'SKU'?", "column 'pirce' is not in x.csv; did you mean 'price'?",
        "column 'zzz' is not in x.csv; it has 'price', 'SKU', 'first', 'color'",
        "column 'colour' is not in x.csv; did you mean 'color'?",
        "column 'kind' is not in x.csv; it has 'price', 'SKU', 'first', 'color'",
      ])
    #expect(missing.issues.allSatisfy { $0.place.line == 6 && $0.place.column > 8 })
    #expect((try? plan.rows(columns: plan.mapping.columns, format: .ndjson, path: "x").get()) != nil)
  }

  @Test func pathsOfTheTreeShareTheirObjects() {
    var tree = TemplateTree()
    tree.insert(.constant(Array("1".utf8)), at: "a.list[].x")
    tree.insert(.constant(Array("2".utf8)), at: "a.b", last: "c.d")
    tree.insert(.constant(Array("3".utf8)), at: "a.list[].y")
    guard case .object(let members) = tree.root, case .object(let inner)? = members.first?.node,
      case .array(let elements)? = inner.first?.node, case .object(let item)? = elements.first,
      case .object(let leaf)? = inner.last?.node
    else {
      Testing.Issue.record("another shape")
      return
    }
    #expect(members.count == 1 && inner.map(\.key) == ["list", "b"] && elements.count == 1)
    #expect(item.map(\.key) == ["x", "y"] && leaf.map(\.key) == ["c.d"])
  }
}
