/// One row's JSON as a tree: what a row template is compiled from.
package indirect enum TemplateNode: Sendable {
  case object([TemplateMember])
  case array([TemplateNode])
  /// JSON text that is the same in every row.
  case constant([UInt8])
  case value(TemplateValue)
}

package struct TemplateMember: Sendable {
  package var key: String
  package var node: TemplateNode

  package init(_ key: String, _ node: TemplateNode) {
    self.key = key
    self.node = node
  }
}

/// A place in a row's JSON that is filled from the record.
package struct TemplateValue: Sendable {
  package enum Origin: Sendable, Equatable {
    case column(Int)
    /// Text put together from columns and words between them.
    case composed([Part])
    /// Every member no column is mapped from (NDJSON); stands in the place of a member.
    case rest
  }

  package enum Part: Sendable, Equatable {
    case text([UInt8])
    case column(Int)
  }

  package var origin: Origin
  package var rule: ValueRule
  /// Whether the value is (part of) what makes two rows the same.
  package var isKey: Bool

  package init(_ origin: Origin, _ rule: ValueRule, isKey: Bool = false) {
    self.origin = origin
    self.rule = rule
    self.isKey = isKey
  }
}
