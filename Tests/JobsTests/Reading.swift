import Settings

@testable import Jobs

let lookups = Lookups(
  environment: { ["KEY": "s3cret"][$0] }, file: { _ in throw NoSuchFile() })

struct NoSuchFile: Error, CustomStringConvertible {
  let description = "there is no such file"
}

/// A good job; tables change one thing in it.
let goodJob = """
  name: catalog-sync
  import:
    source: items.csv
    target: catalog.sync
    settings: { catalogId: 30, action: ADD }
    map:
      sku: sku
      price: price
  """

func readJob(_ text: String, folder: String = "") -> Result<Job, JobIssues> {
  Job.read(Array(text.utf8), path: "job.yaml", folder: folder, lookups: lookups)
}

/// Errors and warnings of a job file in words.
func issues(of text: String) -> [String] {
  switch readJob(text) {
  case .success(let job): job.warnings.map(\.description)
  case .failure(let failure): failure.issues.map(\.description)
  }
}

/// A job that sends rows to `target`, its `settings` and `map` in flow style.
func job(_ target: String = "catalog.sync", settings: String = "{}", map: String, more: String = "") -> String {
  """
  name: test
  import:
    source: items.csv
    target: \(target)
    settings: \(settings)
    map: \(map)
  \(more.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
  """
}
