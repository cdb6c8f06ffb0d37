import Endpoints
import Records

extension ImportEndpoint {
  /// What stands before and after the rows in a request body.
  func envelope(with settings: [String: [UInt8]]) -> (head: [UInt8], tail: [UInt8]) {
    var head: [UInt8] = [.openBrace]
    for setting in self.settings where setting.placement == .body {
      guard let value = settings[setting.name] else { continue }
      head += JSONText.quoted(setting.name) + [.colon] + value + [.comma]
    }
    switch shape {
    case .envelope(let array), .grouped(let array):
      return (head + JSONText.quoted(array) + [.colon, .openBracket], Array("]}".utf8))
    case .single(let wrapper?, _):
      return (head + JSONText.quoted(wrapper) + [.colon], [.closeBrace])
    case .single, .upload:
      return ([], [])
    }
  }
}

extension ImportPlan {
  /// How batches become requests, as the endpoint's shape and the mapping say.
  func makeCut() -> RequestCut? {
    let envelope = endpoint.envelope(with: mapping.settings)
    switch endpoint.shape {
    case .envelope, .upload: return nil
    case .grouped:
      return RequestCut(.groups, maximumRows: endpoint.limits.items, head: envelope.head, tail: envelope.tail)
    case .single(_, let fold?) where mapping.fields.contains(where: { $0.field.path.hasPrefix("\(fold.array)[].") }):
      return RequestCut(
        .folds, maximumRows: endpoint.limits.items,
        head: envelope.head + [.openBrace] + JSONText.quoted(fold.array) + [.colon, .openBracket],
        tail: [.closeBracket, .closeBrace] + envelope.tail, sum: fold.sum, maximumSum: fold.maximumSum)
    case .single:
      return RequestCut(.rows, maximumRows: 1, head: envelope.head, tail: envelope.tail)
    }
  }

  /// The last record that reading may begin at when `missing` is the first one not settled.
  ///
  /// Where records are folded, the one before tells whether its neighbour is the remainder of something.
  package func firstRecord(missing: Int) -> Int { cut?.kind == .folds ? max(0, missing - 1) : missing }

  /// Whether all rows together take the place of what is there.
  package var replaces: Bool { endpoint.shape == .upload(.replace) }

  /// The columns of the file that is uploaded, in the order of the rows' members; nil where nothing is.
  package var uploadColumns: [String]? {
    guard case .upload = endpoint.shape else { return nil }
    var columns: [String] = []
    for field in mapping.fields.map(\.field) {
      let column = field.path.split(separator: ".").first.map(String.init) ?? field.name
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  /// Makes an endpoint unsafe whose safety hangs on a setting the job turns off.
  mutating func applySafety() {
    guard let name = endpoint.safeOnlyWith, let value = mapping.settings[name] else { return }
    if String(decoding: value.filter { $0 != .quote }, as: UTF8.self) != "true" { endpoint.safety = .unsafe }
  }

  /// Where batches are cut unless the job says otherwise.
  static func rules(for endpoint: ImportEndpoint) -> BatchRules {
    switch endpoint.shape {
    case .envelope: BatchRules(maximumRows: endpoint.limits.items, maximumBytes: 1 << 20)
    case .single: BatchRules(maximumRows: 256, maximumBytes: 1 << 20)
    // As many as fit in a few megabytes: the more rows are seen at once, the fewer requests they need.
    case .grouped: BatchRules(maximumRows: 1 << 15, maximumBytes: 4 << 20)
    case .upload(.append): BatchRules(maximumRows: endpoint.limits.items, maximumBytes: 2 << 20)
    // Batches are only how rows reach the spool here.
    case .upload(.replace): BatchRules(maximumRows: 4096, maximumBytes: 1 << 20)
    }
  }
}

extension ImportEndpoint.Shape {
  var fold: ImportEndpoint.Fold? { if case .single(_, let fold) = self { fold } else { nil } }
}
