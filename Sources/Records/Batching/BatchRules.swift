/// What becomes of a key that comes twice in one batch.
package enum DuplicateRule: String, Sendable, CaseIterable {
  /// The later row is sent, the earlier one skipped.
  case last
  /// The earlier row is sent, the later one skipped.
  case first
  /// The later row is rejected.
  case reject
  /// Both are sent, in their order, in two requests.
  case keep
}

/// Where batches are cut.
package struct BatchRules: Sendable, Equatable {
  /// Rows in one request.
  package var maximumRows: Int
  /// Bytes of one request body.
  package var maximumBytes: Int
  /// Batches of different variants that may be open while others are cut, before they are cut too.
  package var spread = 32

  package init(maximumRows: Int, maximumBytes: Int) {
    self.maximumRows = maximumRows
    self.maximumBytes = maximumBytes
  }
}

/// One kind of request body a job makes: all its rows are written by one template into one envelope.
package struct Variant: Sendable {
  /// What the selecting column says for this variant: `ADD`.
  package var name: String
  package var head: [UInt8]
  package var tail: [UInt8]
  package var template: RowTemplate
  /// Whether two rows of this variant can be the same.
  package var hasKey: Bool
  package var duplicates: DuplicateRule
  /// Why rows of this variant cannot be sent in this job.
  package var objection: String?
  /// Writes the address of a record that is rejected; only where records are folded into requests.
  package var address: RowTemplate?

  package init(
    name: String, head: [UInt8], tail: [UInt8], template: RowTemplate, hasKey: Bool, duplicates: DuplicateRule = .last
  ) {
    self.name = name
    self.head = head
    self.tail = tail
    self.template = template
    self.hasKey = hasKey
    self.duplicates = duplicates
  }
}

/// Everything needed to turn the records of one file into batches.
package struct RowPlan: Sendable {
  package let variants: [Variant]
  /// Whether rows without a key stand among rows with one.
  ///
  /// Such as REMOVE_MANY they may touch what any other row touches: everything before them is finished before they are
  /// sent, and they before everything after them.
  let isSwept: Bool
  /// The column whose text picks the variant; nil when there is one.
  package var selector: Int?
  /// The selecting field and column, for messages.
  package var selectorField = ""
  package var selectorColumn = ""
  /// The names of the source's columns, for messages.
  package var columns: [String]

  package init(variants: [Variant], selector: Int? = nil, columns: [String]) {
    self.variants = variants
    isSwept = variants.contains(where: \.hasKey) && !variants.allSatisfy(\.hasKey)
    self.selector = selector
    self.columns = columns
  }
}
