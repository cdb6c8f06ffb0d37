/// What kind of JSON value a field wants.
package enum ValueKind: String, Sendable, CaseIterable {
  case string, number, integer, boolean, time, json, list
  /// As it stands: text from CSV, the value itself from NDJSON.
  case any
}

/// What an empty cell becomes.
package enum EmptyPolicy: String, Sendable, CaseIterable {
  case omit, null, reject
}

/// What a value must be to be sent, and the names its problems are reported under.
package struct ValueRule: Sendable, Equatable {
  /// The endpoint's field, for messages: `attributes.size`.
  package var field: String
  /// The source's column, for messages and the rejects file; empty for a composed value.
  package var column: String
  package var kind: ValueKind
  package var empty: EmptyPolicy
  /// Length in characters (Unicode scalars).
  package var minimumLength = 0
  package var maximumLength: Int?
  /// The only values allowed; empty when any is.
  package var choices: [String] = []
  package var minimum: DecimalText?
  package var maximum: DecimalText?
  package var characters: CharacterSet?
  /// Whether text must be a number, though it is sent as text.
  package var isNumericText = false
  /// How times are written in the source.
  package var time = TimeFormat.rfc3339
  /// What stands between the elements of a list.
  package var separator: UInt8 = UInt8(ascii: ";")
  /// The kind of a list's elements: string, number, integer or boolean.
  package var element = ValueKind.string

  package init(field: String, column: String, kind: ValueKind, empty: EmptyPolicy = .omit) {
    self.field = field
    self.column = column
    self.kind = kind
    self.empty = empty
  }

  /// Whether text of this kind must be looked at beyond its byte count.
  var needsLook: Bool {
    minimumLength > 1 || !choices.isEmpty || minimum != nil || maximum != nil || characters != nil || isNumericText
  }
}

/// The characters an identifier may be made of, as the API's patterns state them: `^[A-Za-z0-9._%+@-]+$`.
package struct CharacterSet: Sendable, Equatable {
  private let bytes: Set<UInt8>
  /// The set as the API writes it, for messages.
  package let pattern: String

  package init(_ characters: String, pattern: String) {
    bytes = Set(characters.utf8)
    self.pattern = pattern
  }

  func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }
}

/// Why a value is refused.
///
/// The words are made only for the rows that fail.
enum Refusal: UInt8 {
  case none, empty, notNumber, notInteger, notBoolean, notTime, notJSON, notText, notList
  case tooShort, tooLong, notAllowed, outOfRange, badCharacter
}
