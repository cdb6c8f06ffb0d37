import Endpoints
import Settings
import Testing

@testable import Jobs

@Suite struct JobIssueTests {
  static let wholeFiles: [(text: String, issues: [String])] = [
    ("", ["1:1: error: the file is empty; expected a mapping of keys to values"]),
    (
      "[]",
      [
        "1:1: error: 'job' must be a mapping, found a list",
        "1:1: error: missing key 'import' (or 'export') in the job: it says what is carried where",
      ]
    ),
    ("name: a", ["1:1: error: missing key 'import' (or 'export') in the job: it says what is carried where"]),
    ("name: a\nimport:", ["1:1: error: missing key 'import' (or 'export') in the job: it says what is carried where"]),
    (
      "name: a\nimport: 3",
      [
        "2:9: error: 'import' must be a mapping, found '3'"
      ]
    ),
    (
      "name: a\nimprot: {}",
      [
        "1:1: error: missing key 'import' (or 'export') in the job: it says what is carried where",
        "2:1: error: unknown key 'improt'; did you mean 'import'?",
      ]
    ),
    (
      "name: a\nimport: { source: a.csv, target: catalog.snyc }",
      [
        "2:34: error: unknown target 'catalog.snyc'; did you mean 'catalog.sync'?"
      ]
    ),
    (
      "name: a\nimport: { source: a.csv, target: zzz }",
      [
        "2:34: error: unknown target 'zzz'; expected one of \(importEndpoints.map(\.name).joined(separator: ", "))"
      ]
    ),
    (
      "name: a\nimport: { source: a.csv, target: profiles.update }",
      [
        "2:34: error: missing key 'map' in 'import': it says which column fills which field",
        "2:34: error: 'integrationId' is not mapped, and profiles.update needs it; map a column to it",
      ]
    ),
  ]

  @Test(arguments: wholeFiles)
  func fileThatIsNoJobSaysWhatIsMissing(text: String, expected: [String]) {
    #expect(issues(of: text) == expected)
  }

  /// A line of the good job, what stands there instead, and what is said about it.
  static let changes: [(line: String, instead: String, issues: [String])] = [
    (
      "name: catalog-sync", "name: a/b",
      [
        "1:7: error: 'name' must be made of letters, digits, '-', '_' and '.', at most 80 of them, found 'a/b'"
      ]
    ),
    (
      "name: catalog-sync", "name: ..",
      [
        "1:7: error: 'name' must be made of letters, digits, '-', '_' and '.', at most 80 of them, found '..'"
      ]
    ),
    ("name: catalog-sync", "name:", ["1:1: error: 'name' has no value, expected text"]),
    (
      "name: catalog-sync", "name: a\nconnection: { ulr: x }",
      [
        "2:15: error: unknown key 'ulr'; did you mean 'url'?"
      ]
    ),
    (
      "name: catalog-sync", "name: a\nconnection: { apiKey: '${env:NO}' }",
      [
        "2:23: error: 'apiKey': environment variable 'NO' is not set: set it, or give a default with '${env:NO:-default}'"
      ]
    ),
    (
      "source: items.csv", "source: items.dat",
      [
        "3:11: error: the name 'items.dat' does not tell how the file is written; add 'format: csv' or 'format: ndjson'"
      ]
    ),
    (
      "source: items.csv", "source: [a.csv, '-']",
      [
        "3:19: error: the name '-' does not tell how the file is written; add 'format: csv' or 'format: ndjson'"
      ]
    ),
    ("source: items.csv", "source: []", ["3:3: error: 'source' must be text or a list of texts, found an empty list"]),
    (
      "source: items.csv", "source: a\n  format: xml", ["4:11: error: 'format' must be csv, tsv or ndjson, found 'xml'"]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: csb }",
      [
        "4:19: error: 'type' must be one of 'csv', 'tsv', 'ndjson', found 'csb'; did you mean 'csv'?"
      ]
    ),
    (
      "source: items.csv", "source: a\n  format: { delimiter: ';' }",
      ["4:11: error: missing key 'type' in 'format', expected one of 'csv', 'tsv', 'ndjson'"]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: csv, delimiter: '||' }",
      [
        "4:35: error: 'delimiter' must be one ASCII character, found '||'"
      ]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: csv, quote: ä }",
      [
        "4:31: error: 'quote' must be one ASCII character, found 'ä'"
      ]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: csv, delimiter: \"'\", quote: \"'\" }",
      [
        "4:11: error: 'delimiter' and 'quote' must differ"
      ]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: csv, columns: [a, b, a] }",
      [
        "4:40: error: column 'a' is named twice"
      ]
    ),
    (
      "source: items.csv", "source: a\n  format: { type: ndjson, delimiter: ';' }",
      [
        "4:27: error: 'delimiter' is for CSV, and the type is ndjson"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  guards: { maxShrink: 5% }",
      [
        "5:11: error: 'guards.maxShrink' is for uploads that replace what is there; catalog.sync adds to it"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  guards: { maxShrink: 5 }",
      [
        "4:24: error: 'maxShrink' must be a share such as 50%, found '5'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  duplicates: newest",
      [
        "4:15: error: 'duplicates' must be one of 'last', 'first', 'reject', 'keep', found 'newest'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  guards: { maxRejects: many }",
      [
        "4:25: error: 'maxRejects' must be a whole number or a percentage from 0% to 100%, found 'many'; write it like '100' or '5%'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  guards: { maxRemovals: -1, x: 1 }",
      [
        "4:26: error: 'maxRemovals' must be a whole number of at least 0, found '-1'",
        "4:30: error: unknown key 'x'; 'guards' knows 'maxRejects', 'maxShrink', 'maxRemovals'",
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { window: 65 }",
      [
        "4:23: error: 'window' must be a whole number from 1 to 64, found '65'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { batchRows: 1001 }",
      [
        "4:26: error: 'batchRows' must be a whole number from 1 to 1000, found '1001'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { batchBytes: 1B }",
      [
        "4:27: error: 'batchBytes' must be a number of bytes from 1kB to 64MB, found '1B'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { requestsPerSecond: 0 }",
      [
        "4:34: error: 'requestsPerSecond' must be a number from 0.01 to 1000, found '0'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { attempts: 0 }",
      [
        "4:25: error: 'attempts' must be a whole number from 1 to 100, found '0'"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { atempts: 1 }",
      [
        "4:15: error: unknown key 'atempts'; did you mean 'attempts'?"
      ]
    ),
    (
      "source: items.csv", "source: a.csv\n  delivery: { patience: 2d, timeout: 0s }",
      [
        "4:25: error: 'patience' must be a duration from 1s to 1d, found '2d'",
        "4:38: error: 'timeout' must be a duration from 1s to 1h, found '0s'",
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { action: ADD }",
      [
        "5:3: error: missing key 'catalogId' in 'settings': catalog.sync needs the numeric id"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: , action: ADD }",
      [
        "5:3: error: missing key 'catalogId' in 'settings': catalog.sync needs the numeric id"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: thirty, action: ADD }",
      [
        "5:26: error: 'catalogId' must be a whole number of at least 1, found 'thirty'"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: 30, action: ADDD }",
      [
        "5:38: error: 'action' must be one of 'ADD', 'PATCH', 'PATCH_MANY', 'REMOVE', 'REMOVE_MANY', 'ADD_PRICE_ADJUSTMENT', found 'ADDD'; did you mean 'ADD'?"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: 30 }\n  delivery: { window: 0 }",
      [
        "4:11: error: catalog.sync needs 'action': fix it in 'settings' (ADD, PATCH, PATCH_MANY, REMOVE, REMOVE_MANY, ADD_PRICE_ADJUSTMENT) or map a column to it",
        "6:23: error: 'window' must be a whole number from 1 to 64, found '0'",
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: 30, action: ADD, replaceIfExists: yes }",
      [
        "5:60: error: 'replaceIfExists' must be true or false, found 'yes'; write true"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: 30, action: ADD, version: 0 }",
      [
        "5:52: error: 'version' must be a whole number of at least 1, found '0'"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogId: 30, action: ADD, createIfNotExists: true }",
      [
        "5:43: error: 'createIfNotExists' is for PATCH, and the action is ADD"
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: { catalogID: 30, action: ADD }",
      [
        "5:3: error: missing key 'catalogId' in 'settings': catalog.sync needs the numeric id",
        "5:15: error: unknown key 'catalogID'; did you mean 'catalogId'?",
      ]
    ),
    (
      "settings: { catalogId: 30, action: ADD }", "settings: 3",
      [
        "4:11: error: missing key 'catalogId' in 'settings': catalog.sync needs the numeric id",
        "4:11: error: catalog.sync needs 'action': fix it in 'settings' (ADD, PATCH, PATCH_MANY, REMOVE, REMOVE_MANY, ADD_PRICE_ADJUSTMENT) or map a column to it",
        "5:13: error: 'settings' must be a mapping, found '3'",
      ]
    ),
  ]

  @Test(arguments: changes)
  func oneChangeIsOneStory(line: String, instead: String, expected: [String]) {
    #expect(goodJob.contains(line))
    let text = goodJob.split(separator: line, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: instead)
    #expect(issues(of: text) == expected)
  }

  @Test func goodJobHasNoIssues() {
    #expect(issues(of: goodJob).isEmpty)
  }

  /// What `map` says instead of `price: price`, on line 8, and what is said about it.
  static let entries: [(entry: String, issues: [String])] = [
    ("pirce: price", ["8:5: error: catalog.sync has no field 'pirce'; did you mean 'price'?"]),
    ("attributes.: price", ["8:5: error: catalog.sync has no field 'attributes.'; did you mean 'attributes.*'?"]),
    (
      "price:",
      [
        "8:11: error: 'price' must be the name of a column, or a mapping such as { column: …, type: … }"
      ]
    ),
    (
      "price: [a]",
      [
        "8:12: error: 'price' must be the name of a column, or a mapping such as { column: …, type: … }"
      ]
    ),
    ("price: {}", ["8:12: error: 'price' needs exactly one of 'column', 'value' and 'template', found 0"]),
    (
      "price: { column: a, value: 1 }",
      [
        "8:12: error: 'price' needs exactly one of 'column', 'value' and 'template', found 2"
      ]
    ),
    (
      "price: { columm: a }",
      [
        "8:12: error: 'price' needs exactly one of 'column', 'value' and 'template', found 0",
        "8:14: error: unknown key 'columm'; did you mean 'column'?",
      ]
    ),
    (
      "price: { column: a, type: boolean }",
      [
        "8:31: error: 'price' is a number, it cannot have 'type: boolean'"
      ]
    ),
    (
      "price: { column: a, type: nubmer }",
      [
        "8:31: error: 'type' must be one of 'string', 'number', 'integer', 'boolean', 'time', 'json', 'list', 'any', found 'nubmer'; did you mean 'number'?"
      ]
    ),
    (
      "price: { column: a, empty: skip }",
      ["8:32: error: 'empty' must be one of 'omit', 'null', 'reject', found 'skip'"]
    ),
    (
      "price: { column: a, empty: }",
      ["8:32: error: 'empty' has no value, expected one of 'omit', 'null', 'reject'"]
    ),
    (
      "price: { column: a, format: unix }",
      [
        "8:33: error: 'format' and 'zone' are for 'type: time', found a number"
      ]
    ),
    (
      "attributes.t: { column: a, type: time, format: '%H:%M' }",
      [
        "8:52: error: 'format' must be rfc3339, unix, unix-ms or a pattern with %Y %m %d and perhaps %H %M %S %f %z, found '%H:%M'"
      ]
    ),
    (
      "attributes.t: { column: a, type: time, zone: Berlin }",
      [
        "8:50: error: 'zone' must be 'Z' or an offset such as '+02:00', found 'Berlin'"
      ]
    ),
    (
      "attributes.t: { column: a, type: time, zone: '+-1:00' }",
      [
        "8:50: error: 'zone' must be 'Z' or an offset such as '+02:00', found '+-1:00'"
      ]
    ),
    (
      "attributes.l: { column: a, type: list, separator: ', ' }",
      [
        "8:55: error: 'separator' must be one ASCII character, found ', '"
      ]
    ),
    (
      "attributes.l: { column: a, type: list, items: json }",
      [
        "8:51: error: 'items' must be one of 'string', 'number', 'integer', 'boolean', found 'json'"
      ]
    ),
    ("price: { value: cheap }", ["8:21: error: the value of 'price' must be a number, found 'cheap'"]),
    ("price: { value: '+5' }", ["8:21: error: the value of 'price' must be a number, found '+5'"]),
    ("price: { value: [1] }", ["8:21: error: the value of 'price' must be text, a number or a boolean"]),
    (
      "attributes.n: { value: 007, type: integer }",
      [
        "8:28: error: the value of 'attributes.n' must be an integer, found '007'"
      ]
    ),
    (
      "attributes.n: { value: +7, type: integer }",
      [
        "8:28: error: the value of 'attributes.n' must be an integer, found '+7'"
      ]
    ),
    (
      "attributes.n: { value: 1.5, type: integer }",
      [
        "8:28: error: the value of 'attributes.n' must be an integer, found '1.5'"
      ]
    ),
    (
      "attributes.b: { value: yes, type: boolean }",
      [
        "8:28: error: the value of 'attributes.b' must be a boolean, found 'yes'"
      ]
    ),
    (
      "attributes.j: { value: '{]', type: json }",
      [
        "8:28: error: the value of 'attributes.j' must be JSON, found '{]'"
      ]
    ),
    (
      "attributes.t: { value: today, type: time }",
      [
        "8:28: error: the value of 'attributes.t' must be a time, found 'today'"
      ]
    ),
    ("product.name: { template: '{a' }", ["8:31: error: 'template' has a '{' without '}' in '{a'"]),
    (
      "attributes.*: all",
      [
        "8:19: error: 'attributes.*' must be '*', which maps every column nothing else is mapped from"
      ]
    ),
    ("action: kind", ["8:5: error: 'action' is fixed in 'settings' already; keep one of the two"]),
    ("action: [kind]", ["8:13: error: 'action' must be the name of a column"]),
    (
      "filters: []",
      [
        "8:14: error: 'filters' must be a list of conditions such as { attr: color, op: EQ, value: blue }"
      ]
    ),
    (
      "filters: [{ attr: a, op: EQ, value: b }]",
      [
        "8:14: error: 'filters' does not exist for ADD, only for PATCH_MANY, REMOVE_MANY"
      ]
    ),
    (
      "adjustments.price: p",
      [
        "8:24: error: 'adjustments.price' does not exist for ADD, only for ADD_PRICE_ADJUSTMENT"
      ]
    ),
    ("sku: other", ["8:5: error: key 'sku' appears twice: first at 7:5; keep one"]),
  ]

  @Test(arguments: entries)
  func mappingEntryIsJudged(entry: String, expected: [String]) {
    let text = goodJob.split(separator: "price: price", maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: entry)
    #expect(issues(of: text) == expected)
  }

  static let filters: [(filter: String, issues: [String])] = [
    (
      "3",
      [
        "6:20: error: 'filter' must be a mapping, found '3'"
      ]
    ),
    ("{ op: EQ, value: 1 }", ["6:20: error: missing key 'attr' in 'filter', expected text"]),
    (
      "{ attr: a, value: 1 }",
      ["6:20: error: missing key 'op' in 'filter', expected one of 'EQ', 'LT', 'LE', 'GT', 'GE', 'IN'"]
    ),
    (
      "{ attr: a, op: NE, value: 1 }",
      ["6:35: error: 'op' must be one of 'EQ', 'LT', 'LE', 'GT', 'GE', 'IN', found 'NE'; did you mean 'LE'?"]
    ),
    ("{ attr: a, op: EQ }", ["6:20: error: a filter needs exactly one of 'value' and 'column'"]),
    (
      "{ attr: a, op: EQ, value: 1, column: c }",
      [
        "6:20: error: a filter needs exactly one of 'value' and 'column'"
      ]
    ),
    ("{ attr: a, op: LT, value: low }", ["6:46: error: LT compares numbers, found 'low'"]),
    (
      "{ attr: a, op: EQ, value: 1, vlaue: 2 }",
      ["6:49: error: unknown key 'vlaue'; 'filter' knows 'attr', 'op', 'value', 'column'"]
    ),
  ]

  @Test(arguments: filters)
  func filterIsJudged(filter: String, expected: [String]) {
    let found = issues(
      of: job(settings: "{ catalogId: 1, action: REMOVE_MANY }", map: "{ filters: [\(filter)] }"))
    #expect(found == expected)
  }

  @Test func everythingWrongIsSaidAtOnceAndInOrder() {
    let text = """
      name: my job
      import:
        source: items.xls
        target: catalog.sync
        settings: { catalogId: 0, action: PATCH, replaceIfExists: true, colour: red }
        map:
          skew: sku
          price: { column: price, type: text }
          attributes.size: { column: size, empty: none }
        duplicates: latest
        delivery: { windows: 3, batchRows: 0 }
        guards: { maxRejects: 101% }
        extra: 1
      more: 2
      """
    let places = issues(of: text).map { $0.split(separator: " ")[0] }
    #expect(
      places == [
        "1:7:", "3:11:", "4:11:", "5:26:", "5:37:", "5:44:", "5:67:", "7:5:", "8:35:", "9:45:", "10:15:", "11:15:",
        "11:38:",
        "12:25:", "13:3:", "14:1:",
      ])
  }
}
