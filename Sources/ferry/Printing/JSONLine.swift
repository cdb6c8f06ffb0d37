import Records

/// One flat JSON object on one line.
struct JSONLine {
  enum Value {
    case text(String)
    case number(Int)
  }

  private let members: [(String, Value)]

  init(_ members: [(String, Value)]) { self.members = members }

  var text: String {
    let parts = members.map { key, value in
      let name = String(decoding: JSONText.quoted(key), as: UTF8.self)
      return switch value {
      case .text(let text): "\(name):\(String(decoding: JSONText.quoted(text), as: UTF8.self))"
      case .number(let number): "\(name):\(number)"
      }
    }
    return "{\(parts.joined(separator: ","))}"
  }
}
