import Delivery
import Endpoints
import Records
import Settings
import Testing

@testable import Jobs

@Suite struct JobPlanTests {
  static let patchWarning =
    "5:46: warning: 'product.name' is not mapped: the API sets the product of every patched item to null"
  static let addWarning =
    "5:46: warning: 'product.name' is not mapped: the API sets the product of every replaced item to null"

  static let warnings: [(settings: String, map: String, issues: [String])] = [
    ("{ catalogId: 1,          action: PATCH }", "{ sku: s }", [patchWarning]),
    ("{ catalogId: 1,          action: PATCH }", "{ sku: s, product.name: n }", []),
    ("{ catalogId: 1,          action: ADD }", "{ sku: s }", []),
    ("{ catalogId: 1,          action: ADD, replaceIfExists: true }", "{ sku: s }", [addWarning]),
    ("{ catalogId: 1,          action: ADD, replaceIfExists: false }", "{ sku: s }", []),
    ("{ catalogId: 1,          action: ADD, replaceIfExists: true }", "{ sku: s, product.name: n }", []),
    ("{ catalogId: 1,          action: REMOVE }", "{ sku: s }", []),
    ("{ catalogId: 1, action: REMOVE_MANY, allowAll: true }", "{}", []),
    ("{ catalogId: 1, action: PATCH_MANY, allowAll: true }", "{ price: p }", []),
    ("{ catalogId: 1, action: PATCH_MANY }", "{ price: p, filters: [{ attr: a, op: EQ, value: 1 }] }", []),
  ]

  @Test(arguments: warnings)
  func warningsDoNotStopAJob(settings: String, map: String, expected: [String]) {
    let result = readJob(job(settings: settings, map: map))
    #expect((try? result.get().warnings.map(\.description)) == expected, "\(result)")
  }

  @Test(arguments: ["REMOVE_MANY", "PATCH_MANY"], ["", ", allowAll: false"])
  func sweepingActionsNeedFiltersOrAWord(action: String, more: String) {
    #expect(
      issues(of: job(settings: "{ catalogId: 1, action: \(action)\(more) }", map: "{}"))
        == [
          "5:37: error: without 'filters' this touches every item of the catalog; map 'filters', or say "
            + "'allowAll: true' in 'settings'"
        ])
  }

  @Test func actionPickedByAColumnIsRefusedRowByRowWhereItNeedsMore() throws {
    let job = try readJob(job(settings: "{ catalogId: 1 }", map: "{ sku: s, action: kind }")).get()
    let rows = try job.plan.rows(columns: ["s", "kind"], format: .csv(CSVDialect()), path: "a.csv").get()
    let objections = Dictionary(uniqueKeysWithValues: rows.variants.map { ($0.name, $0.objection) })
    #expect(objections["ADD"] == .some(nil) && objections["REMOVE"] == .some(nil))
    for action in ["REMOVE_MANY", "PATCH_MANY"] {
      #expect(objections[action]??.contains("touches every item") == true, "\(action)")
    }
    #expect(
      objections["ADD_PRICE_ADJUSTMENT"]
        == "'adjustments.priceType' is not mapped, and ADD_PRICE_ADJUSTMENT needs it")
  }

  static let unmapped: [(target: String, settings: String, map: String, issues: [String])] = [
    (
      "catalog.sync", "{ catalogId: 1, action: REMOVE }", "{}",
      [
        "4:11: error: 'sku' is not mapped, and catalog.sync with REMOVE needs it; map a column to it"
      ]
    ),
    (
      "catalog.sync", "{ catalogId: 1, action: ADD_PRICE_ADJUSTMENT }", "{ sku: s, adjustments.price: p }",
      [
        "4:11: error: 'adjustments.priceType' is not mapped, and catalog.sync with ADD_PRICE_ADJUSTMENT needs it; map a column to it",
        "4:11: error: 'adjustments.referenceId' is not mapped, and catalog.sync with ADD_PRICE_ADJUSTMENT needs it; map a column to it",
      ]
    ),
    (
      "audience.members", "{ action: add }", "{ profileIntegrationId: p }",
      [
        "4:11: error: 'audienceId' is not mapped, and audience.members with add needs it; map a column to it, or give it in 'settings'"
      ]
    ),
    (
      "audience.members", "{ action: add, audienceId: 3 }", "{ profileIntegrationId: p, audienceId: a }",
      [
        "6:47: error: 'audienceId' is given in 'settings' already (line 5); keep one of the two"
      ]
    ),
    (
      "audience.members", "{ action: add, audienceId: three }", "{ profileIntegrationId: p }",
      [
        "5:40: error: the value of 'audienceId' must be an integer, found 'three'"
      ]
    ),
    (
      "audience.members", "{ action: add, audienceId: 0 }", "{ profileIntegrationId: p }",
      [
        "5:40: error: 'audienceId' must be at least 1, found '0'"
      ]
    ),
    (
      "profiles.update", "{ silent: maybe }", "{ integrationId: i }",
      [
        "5:23: error: 'silent' must be one of 'yes', 'no', found 'maybe'"
      ]
    ),
    (
      "profiles.update", "{}", "{ integrationId: { column: i, empty: omit } }",
      [
        "6:45: error: 'integrationId' must be there in every row, so an empty cell cannot be omitted"
      ]
    ),
  ]

  @Test(arguments: unmapped)
  func requiredFieldsMustComeFromSomewhere(target: String, settings: String, map: String, expected: [String]) {
    #expect(issues(of: job(target, settings: settings, map: map)) == expected)
  }

  @Test func planHoldsWhatTheFileSays() throws {
    let text = """
      name: nightly_1.2
      connection: { url: 'https://${env:KEY}.test', apiKey: '${env:KEY}', managementKey: plain, certificates: ca.pem }
      import:
        source: ["*.csv.gz", /data/all.csv, "-"]
        format: { type: tsv, quote: "'", columns: [a, b] }
        target: audience.members
        settings: { audienceId: 7, action: delete }
        map: { profileIntegrationId: a }
        duplicates: first
        delivery: { window: 8, batchRows: 10, batchBytes: 900kB, requestsPerSecond: 2.5, attempts: 3, patience: 2h, timeout: 30s }
        guards: { maxRejects: 5%, maxRemovals: 100 }
      """
    let job = try readJob(text, folder: "jobs").get()
    let plan = job.plan
    #expect(job.name == "nightly_1.2" && plan.name == "nightly_1.2")
    #expect(job.ids == ["audienceId": 7])
    #expect(job.connection.url?.value == "https://s3cret.test")
    #expect(job.connection.apiKey?.reveal() == "s3cret")
    #expect(job.connection.managementKey?.reveal() == "plain")
    #expect(job.connection.certificates == "jobs/ca.pem")
    #expect(plan.sources == ["jobs/*.csv.gz", "/data/all.csv", "-"])
    #expect(plan.format == .csv(CSVDialect(delimiter: 9, quote: 39, columns: ["a", "b"])))
    #expect(plan.target == "/v2/customer_audiences")
    #expect(plan.mapping.duplicates == .first)
    #expect(plan.window == 8)
    #expect(plan.rules.maximumRows == 10)
    #expect(plan.rules.maximumBytes == 900_000)
    #expect(plan.requestsPerSecond == 2.5)
    #expect(plan.backoff.attempts == 3)
    #expect(plan.backoff.patience == .seconds(7200))
    #expect(plan.endpoint.limits.stallSeconds == 30)
    #expect(plan.guards == Guards(maximumRejects: .percent(5), maximumRemovals: 100))
    #expect(job.warnings.isEmpty)
    #expect(!"\(job)".contains("plain"))
  }

  @Test func planDefaultsToTheEndpoint() throws {
    let plan = try readJob(goodJob).get().plan
    #expect(plan.window == ImportEndpoint.catalogSync.limits.window)
    #expect(plan.rules == BatchRules(maximumRows: 1000, maximumBytes: 1 << 20))
    #expect(plan.requestsPerSecond == nil)
    #expect(plan.guards == Guards())
    #expect(plan.backoff.attempts == Backoff.standard.attempts)
    #expect(plan.target == "/v1/catalogs/30/sync")
    #expect(plan.sources == ["items.csv"])
    #expect(plan.format == nil)
    #expect(try readJob(goodJob).get().ids == ["catalogId": 30])
  }

  @Test(arguments: [("yes", "?silent=yes"), ("no", "?silent=no"), (nil, "?silent=yes")])
  func querySettingsJoinThePath(silent: String?, query: String) throws {
    let settings = silent.map { "{ silent: \($0) }" } ?? "{}"
    let plan = try readJob(job("profiles.update", settings: settings, map: "{ integrationId: i }")).get().plan
    #expect(plan.target == "/v2/customer_profiles\(query)")
  }

  @Test(arguments: [
    ("a.csv", "", "a.csv"), ("a.csv", ".", "a.csv"), ("a.csv", "x/y", "x/y/a.csv"), ("../a.csv", "x", "x/../a.csv"),
    ("/a.csv", "x", "/a.csv"), ("-", "x", "-"),
  ])
  func relativePathsStartAtTheJobsFolder(path: String, folder: String, expected: String) {
    #expect(path.resolved(against: folder) == expected)
  }

  @Test func digestChangesWithTheText() throws {
    let digest = try readJob(goodJob).get().plan.digest
    #expect(try readJob(goodJob).get().plan.digest == digest)
    #expect(try readJob(goodJob + "\n").get().plan.digest != digest)
    #expect(try readJob(goodJob.replacing("30", with: "31")).get().plan.digest != digest)
  }

  @Test(arguments: [
    ("a.csv", SourceFormat.csv(CSVDialect())), ("x/A.CSV.GZ", .csv(CSVDialect())), ("a.txt", .csv(CSVDialect())),
    ("a.tsv", .csv(CSVDialect(delimiter: 9))), ("a.ndjson.gz", .ndjson), ("a.jsonl", .ndjson),
    ("*.csv", .csv(CSVDialect())),
    ("a.json", nil), ("-", nil), ("", nil), ("csv", nil), (".gz", nil), ("a.csv/", .csv(CSVDialect())),
  ])
  func nameTellsTheFormat(path: String, format: SourceFormat?) {
    #expect(SourceFormat(path: path) == format)
  }

  @Test func thresholdsJudge() {
    #expect(!Threshold.count(5).isExceeded(by: 5, of: 5))
    #expect(Threshold.count(5).isExceeded(by: 6, of: 6))
    #expect(Threshold.count(0).isExceeded(by: 1, of: 1))
    #expect(!Threshold.percent(5).isExceeded(by: 999, of: 999))
    #expect(!Threshold.percent(5).isExceeded(by: 50, of: 1000))
    #expect(Threshold.percent(5).isExceeded(by: 51, of: 1000))
    #expect(Threshold.count(5).words == "5" && Threshold.percent(2.5).words == "2.5 %")
  }
}
