/// One value of a job's `settings`: the same for every row of the run.
package struct Setting: Sendable {
  package enum Kind: Sendable, Equatable {
    /// The numeric id of something that exists in the account.
    case id
    case integer(ClosedRange<Int>)
    case flag
    case choice([String])
  }

  package enum Placement: Sendable, Equatable {
    /// Into the path, in place of `{name}`.
    case path
    case query
    /// Beside the array of items in the body.
    case body
    /// Into every item, at this path.
    case item(String)
    /// Not sent: a word the job must say before something sweeping is done.
    case confirmation
  }

  package var name: String
  package var kind: Kind
  package var placement: Placement
  package var doc: String
  package var isRequired: Bool
  /// The actions it is meant for; empty for all.
  package var actions: [String]
  /// The text sent when the job does not say: `yes`.
  package var fallback: String?

  package init(
    _ name: String, _ kind: Kind, _ placement: Placement, _ doc: String, isRequired: Bool = false,
    actions: [String] = [], fallback: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.placement = placement
    self.doc = doc
    self.isRequired = isRequired
    self.actions = actions
    self.fallback = fallback
  }

  /// What a value must be, for messages and the reference page.
  package var expectation: String {
    switch kind {
    case .id: "the numeric id"
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "true or false"
    case .choice(let choices): "one of \(choices.joined(separator: ", "))"
    }
  }
}
