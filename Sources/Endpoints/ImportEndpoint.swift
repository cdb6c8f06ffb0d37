package import Records

/// One bulk import of the API, as a value.
package struct ImportEndpoint: Sendable {
  /// How rows become request bodies.
  package enum Shape: Sendable, Equatable {
    /// An array of items under `array` in one JSON object.
    case envelope(array: String)
    /// The values of rows that share an address, in an array under `array`: `{"integrationIDs": ["a", "b"]}`.
    case grouped(array: String)
    /// One request a row, its object under `wrapper` where that is given.
    ///
    /// With a fold, records next to each other that share an address are one request.
    case single(wrapper: String? = nil, fold: Fold? = nil)
    /// A CSV file in the multipart field `upFile`, a column a field.
    case upload(Upload)
  }

  /// What becomes of a file that is uploaded.
  package enum Upload: Sendable, Equatable {
    /// Its rows are added to what is there: it may be cut.
    case append
    /// It takes the place of what is there: it is never cut.
    case replace
  }

  /// Records that are lines of one object: the items of a cart.
  package struct Fold: Sendable, Equatable {
    /// The array the lines become: `cartItems`; fields at `cartItems[].` are of the line, all others of the object.
    package var array: String
    /// The number in every line whose sum is bounded, and its bound.
    package var sum: String
    package var maximumSum: Int

    package init(array: String, sum: String, maximumSum: Int) {
      self.array = array
      self.sum = sum
      self.maximumSum = maximumSum
    }
  }

  /// The kinds of action a row can be, where the API knows several.
  package struct Actions: Sendable {
    /// The field or setting that says which: `action`.
    package var name: String
    /// Where it stands in the item.
    package var path: String
    package var choices: [String]
    /// The object an item must have though nothing may stand in it.
    package var payload: String?
    /// Whether one request must hold rows of one action only.
    package var isOnePerRequest: Bool
    package var doc: String
    /// The actions that take something away; a job can bound how many rows do.
    package var removals: [String]
    /// The actions of which several rows with one key are all meant, so that none may take another's place.
    package var cumulative: [String]

    package init(
      _ name: String, at path: String, _ choices: [String], payload: String? = nil, isOnePerRequest: Bool,
      removals: [String] = [],
      cumulative: [String] = [], _ doc: String
    ) {
      self.name = name
      self.path = path
      self.choices = choices
      self.payload = payload
      self.isOnePerRequest = isOnePerRequest
      self.doc = doc
      self.removals = removals
      self.cumulative = cumulative
    }
  }

  /// The word a job's `target` says: `catalog.sync`.
  package var name: String
  package var title: String
  /// The page of the API reference all of this is taken from.
  package var reference: String
  package var api: API
  package var method: Method
  /// `/v1/catalogs/{catalogId}/sync`.
  package var path: String
  /// The path instead, when the job gives the settings that only this one has.
  package var innerPath: String?
  package var shape: Shape
  package var settings: [Setting]
  package var actions: Actions?
  package var fields: [Field]
  package var advice: [Advice] = []
  package var limits: Limits
  package var safety: RepeatSafety
  /// The setting without which (turned on) repeating is not what `safety` says but doubles or fails.
  package var safeOnlyWith: String?
  package var notes: [String] = []
  /// What becomes of a key that comes twice, unless the job says.
  package var duplicates = DuplicateRule.last

  /// Answers that mean something else here than everywhere.
  package var reading = AnswerReading.common
}

/// How much a request may hold, and how requests may follow one another.
package struct Limits: Sendable, Equatable {
  /// Items in one request.
  package var items: Int
  /// Requests in flight unless the job says otherwise, and the most it may say.
  package var window: Int
  package var maximumWindow: Int
  /// Requests a second the API allows; nil where none is published.
  package var requestsPerSecond: Double?
  /// Seconds without a byte after which an answer is given up on.
  package var stallSeconds: Int

  package init(
    items: Int = 1000, window: Int = 1, maximumWindow: Int = 64, requestsPerSecond: Double? = nil,
    stallSeconds: Int = 60
  ) {
    self.items = items
    self.window = window
    self.maximumWindow = maximumWindow
    self.requestsPerSecond = requestsPerSecond
    self.stallSeconds = stallSeconds
  }
}

/// Something a job file should be told before a row is read.
package struct Advice: Sendable {
  package enum Severity: Sendable { case warning, error }

  package var severity: Severity
  /// The actions it concerns; empty for all.
  package var actions: [String] = []
  /// It concerns only jobs that turn this setting on.
  package var whenSetting: String?
  /// It is void when this field is mapped.
  package var unlessMapped: String?
  /// It is void when this setting is turned on.
  package var unlessSetting: String?
  package var words: String

  package init(
    _ severity: Severity, actions: [String] = [], whenSetting: String? = nil, unlessMapped: String? = nil,
    unlessSetting: String? = nil, _ words: String
  ) {
    self.severity = severity
    self.actions = actions
    self.whenSetting = whenSetting
    self.unlessMapped = unlessMapped
    self.unlessSetting = unlessSetting
    self.words = words
  }
}
