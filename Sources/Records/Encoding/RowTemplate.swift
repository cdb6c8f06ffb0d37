/// The mapping of a job, compiled once: constant bytes between value slots.
///
/// Every member is written with a comma after it, and the end of an object takes the last comma back; so members may be
/// left out without looking ahead.
package struct RowTemplate: Sendable {
  struct Step: BitwiseCopyable, Sendable {
    enum Code: UInt8 {
      /// Constant bytes.
      case literal
      /// The key in the literal, then a value.
      case member
      /// Text composed of several columns.
      case composed
      /// The beginning of an object or array that may turn out empty.
      case open
      /// The end of the innermost open one.
      case close
      /// The end of an object or array that is never empty.
      case end
      case rest
    }

    var code: Code
    var kind = ValueKindCode.any
    var empty = EmptyCode.omit
    var isKey = false
    /// Whether text needs more than a look at its byte count.
    var needsLook = false
    /// The closing byte of an object or array.
    var closing = UInt8.closeBrace
    var literalStart: UInt32 = 0
    var literalEnd: UInt32 = 0
    var cell: Int32 = -1
    var rule: Int32 = -1
    /// Text of at most this many bytes is short enough whatever its characters.
    var byteLimit = Int32.max
  }

  enum ValueKindCode: UInt8 { case string, number, integer, boolean, time, json, list, any }
  enum EmptyCode: UInt8 { case omit, null, reject }

  private(set) var steps: [Step] = []
  private(set) var literals: [UInt8] = []
  private(set) var rules: [ValueRule] = []
  private(set) var compositions: [[TemplateValue.Part]] = []
  /// The quote byte of the CSV dialect.
  let quote: UInt8
  /// How many times the most used column is used: what one input byte can become.
  private(set) var expansion = 1
  private var depth = 0
  private var isAfterLiteral = false

  /// - Parameter root: the object one row becomes.
  package init(_ root: TemplateNode, quote: UInt8 = .quote) {
    self.quote = quote
    var uses: [Int: Int] = [:]
    add(root, key: nil, uses: &uses)
    expansion = max(1, uses.values.max() ?? 1)
    literals += [UInt8](repeating: 0, count: ByteBuffer.slack)
  }

  /// An upper bound of the bytes one row takes, its record being `bytes` long.
  @inline(__always) func room(forRecordOf bytes: Int) -> Int {
    literals.count &+ steps.count &* 48 &+ bytes &* 6 &* expansion &+ 64
  }

  // MARK: Compiling

  private mutating func add(_ node: TemplateNode, key: String?, uses: inout [Int: Int]) {
    var prefix = key.map { JSONText.quoted($0) + [.colon] } ?? []
    switch node {
    case .constant(let bytes):
      literal(prefix + bytes + [.comma])
    case .object(let members):
      prefix.append(.openBrace)
      let isCertain = depth == 0 || node.isNeverEmpty
      open(prefix, isCertain: isCertain)
      for member in members { add(member.node, key: member.key, uses: &uses) }
      close(isCertain: isCertain, with: .closeBrace)
    case .array(let elements):
      prefix.append(.openBracket)
      let isCertain = node.isNeverEmpty
      open(prefix, isCertain: isCertain)
      for element in elements { add(element, key: nil, uses: &uses) }
      close(isCertain: isCertain, with: .closeBracket)
    case .value(let value):
      add(value, prefix: prefix, uses: &uses)
    }
  }

  private mutating func add(_ value: TemplateValue, prefix: [UInt8], uses: inout [Int: Int]) {
    var step = Step(code: .member)
    switch value.origin {
    case .column(let column):
      step.cell = Int32(column)
      uses[column, default: 0] += 1
    case .composed(let parts):
      step.code = .composed
      step.cell = Int32(compositions.count)
      compositions.append(parts)
      for case .column(let column) in parts { uses[column, default: 0] += 1 }
    case .rest:
      steps.append(Step(code: .rest))
      isAfterLiteral = false
      return
    }
    let rule = value.rule
    step.kind = ValueKindCode(rule.kind)
    step.empty = EmptyCode(rule.empty)
    step.isKey = value.isKey
    step.needsLook = rule.needsLook
    step.byteLimit = Int32(clamping: rule.maximumLength ?? Int.max)
    step.rule = Int32(rules.count)
    rules.append(rule)
    step.literalStart = UInt32(literals.count)
    if isAfterLiteral, rule.empty != .omit, let last = steps.popLast() { step.literalStart = last.literalStart }
    literals += prefix
    step.literalEnd = UInt32(literals.count)
    steps.append(step)
    isAfterLiteral = false
  }

  private mutating func open(_ bytes: [UInt8], isCertain: Bool) {
    depth += 1
    if isCertain { return literal(bytes) }
    var step = Step(code: .open)
    step.literalStart = UInt32(literals.count)
    literals += bytes
    step.literalEnd = UInt32(literals.count)
    steps.append(step)
    isAfterLiteral = false
  }

  private mutating func close(isCertain: Bool, with byte: UInt8) {
    depth -= 1
    steps.append(Step(code: isCertain ? .end : .close, closing: byte))
    isAfterLiteral = false
  }

  /// Constant bytes; those that follow one another become one step.
  private mutating func literal(_ bytes: [UInt8]) {
    if isAfterLiteral, let last = steps.indices.last {
      literals += bytes
      steps[last].literalEnd = UInt32(literals.count)
      return
    }
    var step = Step(code: .literal)
    step.literalStart = UInt32(literals.count)
    literals += bytes
    step.literalEnd = UInt32(literals.count)
    steps.append(step)
    isAfterLiteral = true
  }
}

extension TemplateNode {
  /// Whether this is written in every row that is accepted.
  fileprivate var isNeverEmpty: Bool {
    switch self {
    case .constant: true
    case .object(let members): members.contains { $0.node.isNeverEmpty }
    case .array(let elements): elements.contains { $0.isNeverEmpty }
    case .value(let value): value.origin != .rest && value.rule.empty != .omit
    }
  }
}

extension RowTemplate.ValueKindCode {
  fileprivate init(_ kind: ValueKind) {
    self =
      switch kind {
      case .string: .string
      case .number: .number
      case .integer: .integer
      case .boolean: .boolean
      case .time: .time
      case .json: .json
      case .list: .list
      case .any: .any
      }
  }
}

extension RowTemplate.EmptyCode {
  fileprivate init(_ policy: EmptyPolicy) {
    self =
      switch policy {
      case .omit: .omit
      case .null: .null
      case .reject: .reject
      }
  }
}
