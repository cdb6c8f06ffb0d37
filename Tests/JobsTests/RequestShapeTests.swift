import Endpoints
import Records
import Settings
import Testing

@testable import Jobs

/// What the endpoints of other shapes than one array are sent, byte by byte.
@Suite struct RequestShapeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var job: String
    var rows: String
    var isNDJSON = false
    /// The address of each request, a space, its body.
    var requests: [String]
    var rejections: [String] = []

    var testDescription: String { name }
  }

  /// The requests a job makes of one small file.
  private func carry(_ example: Case) throws -> (requests: [String], rejections: [String]) {
    let plan = try readJob(example.job).get().plan
    var cutter = RequestCutter(try #require(plan.cut), firstSequence: 0)
    var assembler = BatchAssembler(plan.rules)
    let source = ArraySource(Array(example.rows.utf8), chunk: 7)
    let format = example.isNDJSON ? SourceFormat.ndjson : .csv(CSVDialect())
    let stream =
      example.isNDJSON
      ? RecordStream(ndjson: plan.mapping.columns, keepsRest: plan.mapping.keepsRest, source: source)
      : try RecordStream(csv: CSVDialect(), source: source, path: "items.csv")
    assembler.use(try plan.rows(columns: stream.columns, format: format, path: "items.csv").get(), file: 0)
    while try stream.fill(&assembler) {}
    assembler.finish(at: SourcePlace(file: 0, byte: 0, line: 1, record: 0))
    var requests: [String] = []
    var rejections: [String] = []
    func take() {
      while let request = cutter.next() {
        let path = Address(request.address).path(plan.target)
        let body = String(decoding: request.body.bytes(0..<request.body.count), as: UTF8.self)
        if !request.rows.isEmpty { requests.append("\(path) \(body)") }
        rejections += request.rejections.map { "\($0.place.line): \($0.column): \($0.reason)" }
      }
    }
    while let batch = assembler.next() {
      cutter.take(batch)
      take()
    }
    cutter.finish(isCut: false)
    take()
    return (requests, rejections)
  }

  static let cases: [Case] = [
    Case(
      name: "reservations from CSV",
      job: job("reservations.create", map: "{ couponValue: code, integrationId: profile }"),
      rows: "profile,code\np1,10$OFF\np2,a/b\n\"p\"\"3\",10$OFF\np1,10$OFF\n,a/b\np4,\n",
      requests: [
        #"/v1/coupon_reservations/10%24OFF {"integrationIDs":["p1","p\"3"]}"#,
        #"/v1/coupon_reservations/a%2Fb {"integrationIDs":["p2"]}"#,
      ],
      rejections: [
        "6: profile: 'integrationId' is empty, expected text", "7: code: 'couponValue' is empty, expected text",
      ]),
    Case(
      name: "reservations of one coupon from NDJSON",
      job: job(
        "reservations.create", map: "{ couponValue: { value: 'SAVE 25%' }, integrationId: { template: '{a}-{b}' } }"),
      rows: "{\"a\":\"x\",\"b\":1}\n{\"a\":\"caf\\u00e9\",\"b\":\"2\"}\n", isNDJSON: true,
      requests: [#"/v1/coupon_reservations/SAVE%2025%25 {"integrationIDs":["x-1","café-2"]}"#]),
    Case(
      name: "events from CSV",
      job: job(
        "events.track-v3", settings: "{ type: viewed }",
        map: "{ integrationId: id, profileId: who, attributes.page: page, attributes.n: { column: n, type: integer } }"),
      rows: "id,who,page,n\ne1,p1,\"a \"\"b\"\"\",3\ne2,p2,,\ne1,p1,again,1\n",
      requests: [
        #"/v3/events?silent=yes {"type":"viewed","integrationId":"e1","profileId":"p1","attributes":{"page":"a \"b\"","n":3}}"#,
        #"/v3/events?silent=yes {"type":"viewed","integrationId":"e2","profileId":"p2"}"#,
      ]),
    Case(
      name: "events from NDJSON with all attributes as they are",
      job: job(
        "events.track-v3", settings: "{ silent: no }",
        map: "{ integrationId: id, profileId: who, type: kind, attributes.*: '*', loyaltyCards: cards }"),
      rows: #"{"id":"e1", "who" : "p1","kind":"k", "x": { "y" : [ 1 ] }, "z":"}","cards":["c"]}"# + "\n",
      isNDJSON: true,
      requests: [
        #"/v3/events?silent=no {"integrationId":"e1","profileId":"p1","type":"k","attributes":{"x":{ "y" : [ 1 ] },"z":"}"},"loyaltyCards":["c"]}"#
      ]),
    Case(
      name: "points from CSV",
      job: job(
        "points.add", settings: "{ loyaltyProgramId: 7, subledgerId: main }",
        map: "{ integrationId: id, points: points, name: why }"),
      rows: "id,points,why\np/1,12.50,thanks\np2,0,nothing\n..,1,\n",
      requests: [
        #"/v1/loyalty_programs/7/profile/p%2F1/add_points {"subledgerId":"main","points":12.50,"name":"thanks"}"#,
        #"/v1/loyalty_programs/7/profile/%2E%2E/add_points {"subledgerId":"main","points":1}"#,
      ],
      rejections: ["3: points: 'points' is 0, expected a number from 0.01 to 999999999999.99"]),
    Case(
      name: "points from NDJSON",
      job: job("points.add", settings: "{ loyaltyProgramId: 7 }", map: "{ integrationId: id, points: points }"),
      rows: "{\"id\":12,\"points\":1}\n{\"id\":\"\",\"points\":1}\n", isNDJSON: true,
      requests: [#"/v1/loyalty_programs/7/profile/12/add_points {"points":1}"#],
      rejections: ["2: id: 'integrationId' is shorter than 1 characters: ''"]),
    Case(
      name: "sessions from NDJSON as they are",
      job: job(
        "sessions.update",
        map: "{ sessionId: id, profileId: who, state: state, cartItems: cart, attributes.*: '*', couponCodes: codes }"),
      rows:
        #"{"id":"s/1","who":"p1","state":"open","cart":[ {"sku":"a}","quantity":1, "attributes": { "x" : "]" }} ],"n":1}"#
        + "\n" + #"{"id":"s2","codes":[]}"# + "\n" + #"{"id":"s3"}"# + "\n" + #"{"id":"s4","state":"gone"}"# + "\n",
      isNDJSON: true,
      requests: [
        #"/v2/customer_sessions/s%2F1 {"customerSession":{"profileId":"p1","state":"open","cartItems":[ {"sku":"a}","quantity":1, "attributes": { "x" : "]" }} ],"attributes":{"n":1}}}"#,
        #"/v2/customer_sessions/s2 {"customerSession":{"couponCodes":[]}}"#,
        #"/v2/customer_sessions/s3 {"customerSession":{}}"#,
      ],
      rejections: ["4: state: 'state' is 'gone', expected one of open, closed, partially_returned, cancelled"]),
    Case(
      name: "sessions from CSV, a line an item",
      job: job(
        "sessions.update", settings: "{ state: closed }",
        map:
          "{ sessionId: id, profileId: who, attributes.shop: shop, cartItems.sku: sku, cartItems.quantity: n, cartItems.price: price, cartItems.attributes.size: size }"
      ),
      rows: #"""
        id,who,shop,sku,n,price,size
        s1,p1,x,a,2,9.99,
        s1,p1,x,"b ""1""",1,,XL
        s2,,,c,1,1,
        s3,p1,x,d,6000,1,
        s3,p1,x,e,5000,1,
        s4,p1,x,f,0,1,
        s4,p1,x,g,1,1,

        """#,
      requests: [
        #"/v2/customer_sessions/s1 {"customerSession":{"cartItems":[{"sku":"a","quantity":2,"price":9.99},{"sku":"b \"1\"","quantity":1,"attributes":{"size":"XL"}}],"state":"closed","profileId":"p1","attributes":{"shop":"x"}}}"#,
        #"/v2/customer_sessions/s2 {"customerSession":{"cartItems":[{"sku":"c","quantity":1,"price":1}],"state":"closed"}}"#,
      ],
      rejections: [
        "5: : sessionId s3 is not sent: its 'quantity' adds up to more than 10000",
        "6: : sessionId s3 is not sent: its 'quantity' adds up to more than 10000",
        "7: n: 'cartItems.quantity' is 0, expected a number of at least 1",
        "8: : sessionId s4 is not sent: line 7, which belongs to it or may, was rejected",
      ]),
    Case(
      name: "sessions from NDJSON, a line an item",
      job: job(
        "sessions.update", map: "{ sessionId: s, cartItems.sku: item.sku, cartItems.attributes.*: '*', state: state }"),
      rows: #"{"s":"a","item":{"sku":"x"},"state":"open","c": [ 1 ]}"# + "\n" + #"{"s":"a","item":{"sku":"y"}}"# + "\n",
      isNDJSON: true,
      requests: [
        #"/v2/customer_sessions/a {"customerSession":{"cartItems":[{"sku":"x","attributes":{"c":[ 1 ]}},{"sku":"y"}],"state":"open"}}"#
      ]),
  ]

  @Test(arguments: cases) func requestsAreExactlyThese(_ example: Case) throws {
    let found = try carry(example)
    #expect(found.requests == example.requests)
    #expect(found.rejections.sorted() == example.rejections)
  }

  @Test func shapesAreCutAsTheirEndpointsSay() throws {
    let groups = try readJob(job("reservations.create", map: "{ couponValue: c, integrationId: p }")).get().plan
    #expect(groups.cut?.kind == .groups && groups.cut?.maximumRows == 1000 && groups.rules.maximumRows == 1 << 15)
    let rows = try readJob(job("sessions.update", map: "{ sessionId: s, cartItems: c }")).get().plan
    #expect(rows.cut?.kind == .rows && rows.cut?.maximumRows == 1 && rows.endpoint.safety == .keyed)
    let folds = try readJob(job("sessions.update", map: "{ sessionId: s, cartItems.sku: c }")).get().plan
    #expect(folds.cut?.kind == .folds && folds.cut?.maximumRows == 1000 && folds.cut?.maximumSum == 10_000)
    #expect(folds.firstRecord(missing: 5) == 4 && folds.firstRecord(missing: 0) == 0)
    #expect(rows.firstRecord(missing: 5) == 5)
    let catalog = try readJob(goodJob).get().plan
    #expect(catalog.cut == nil && catalog.uploadColumns == nil)
  }

  @Test func batchRowsBoundsTheRequestsRowsAreGatheredInto() throws {
    let more = "delivery: { batchRows: 10 }"
    let groups = try readJob(job("reservations.create", map: "{ couponValue: c, integrationId: p }", more: more)).get()
    #expect(groups.plan.cut?.maximumRows == 10 && groups.plan.rules.maximumRows == 1 << 15)
    let folds = try readJob(job("sessions.update", map: "{ sessionId: s, cartItems.sku: c }", more: more)).get()
    #expect(folds.plan.cut?.maximumRows == 1000 && folds.plan.rules.maximumRows == 10)
  }

  @Test func uploadHasAColumnForEveryField() throws {
    let text = job(
      "coupons.import", settings: "{ applicationId: 1, campaignId: 2 }",
      map: "{ attributes.a: a, value: code, attributes.b: b, limitval: n }")
    let plan = try readJob(text).get().plan
    #expect(plan.uploadColumns == ["attributes", "value", "limitval"] && plan.cut == nil)
    #expect(plan.target == "/v1/applications/1/campaigns/2/import_coupons?skipDuplicates=true")
    #expect(plan.endpoint.safety == .safe)
    let once = try readJob(text.replacing("campaignId: 2", with: "campaignId: 2, skipDuplicates: false")).get().plan
    #expect(once.endpoint.safety == .unsafe)
  }

  @Test func wholeAndLinesOfACartExcludeEachOther() {
    let found = issues(of: job("sessions.update", map: "{ sessionId: s, cartItems: c, cartItems.sku: k }"))
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix("'cartItems' is all of what 'cartItems.sku' is one line of; keep one of the two") == true)
  }

  @Test func whatMustBeSaidCannotBeNull() {
    let found = issues(
      of: job(
        "points.add", settings: "{ loyaltyProgramId: 7 }",
        map: "{ integrationId: { column: id, empty: 'null' }, points: p }"))
    #expect(found.count == 1)
    #expect(found.first?.contains("'integrationId' must say something in every row") == true)
  }

  @Test func duplicatesAreForTargetsWhoseRowsHaveKeys() {
    let found = issues(
      of: job(
        "points.add", settings: "{ loyaltyProgramId: 7 }", map: "{ integrationId: id, points: p }",
        more: "duplicates: reject"))
    #expect(found.count == 1 && found.first?.contains("rows of points.add have none") == true)
  }
}
