/// Why a record cannot be read.
package enum Malformation: Sendable, Equatable {
  case fieldCount(found: Int, expected: Int)
  case unclosedQuote
  case strayAfterQuote
  case nul
  case invalidUTF8
  case tooLong(limit: Int)
  case tooManyFields(limit: Int)
  case notAnObject
  case invalidJSON(JSONFault)
}

/// What is wrong with a JSON text.
package enum JSONFault: UInt8, Sendable, Equatable {
  case unexpectedByte, unexpectedEnd, badNumber, badEscape, loneSurrogate, controlCharacter, tooDeep, duplicateKey
  case tooManyMembers, badLiteral, trailingText
}

extension Malformation {
  /// The words for a person: what was found, what was expected.
  package var words: String {
    switch self {
    case .fieldCount(let found, let expected):
      "found \(found) field\(found == 1 ? "" : "s"), expected \(expected) as in the header"
    case .unclosedQuote: "a quoted field is never closed; expected a closing quote"
    case .strayAfterQuote: "found a stray byte after a closing quote, expected a delimiter or the end of the line"
    case .nul: "found a NUL byte; text files must not hold one"
    case .invalidUTF8: "found bytes that are not UTF-8; save the file as UTF-8"
    case .tooLong(let limit): "the record is longer than \(limit) bytes"
    case .tooManyFields(let limit): "the record has more than \(limit) fields"
    case .notAnObject: "found something else than a JSON object, expected one object a line"
    case .invalidJSON(let fault): "invalid JSON: \(fault.words)"
    }
  }
}

extension JSONFault {
  package var words: String {
    switch self {
    case .unexpectedByte: "found an unexpected character"
    case .unexpectedEnd: "the line ends inside a value"
    case .badNumber: "found a malformed number"
    case .badEscape: "found an unknown escape in a string"
    case .loneSurrogate: "found half of a surrogate pair in a string"
    case .controlCharacter: "found a control character in a string; it must be escaped"
    case .tooDeep: "values are nested deeper than \(JSONScanner.maximumDepth) levels"
    case .duplicateKey: "an object has the same key twice"
    case .tooManyMembers: "an object has more than \(JSONScanner.maximumMembers) members"
    case .badLiteral: "found an unknown word, expected true, false or null"
    case .trailingText: "found text after the object, expected the end of the line"
    }
  }
}

/// One malformation and the byte, counted from the start of the buffer, where it was noticed.
struct Fault: Equatable {
  var kind: Malformation
  var at: Int
  /// The field it stands in, counted from 0, when the decoder knows.
  var field: Int?
}
