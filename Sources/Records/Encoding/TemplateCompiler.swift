/// Turns the tree of one row into the steps of a template.
struct TemplateCompiler {
  typealias Step = RowTemplate.Step

  private(set) var steps: [Step] = []
  private(set) var literals: [UInt8] = []
  private(set) var rules: [ValueRule] = []
  private(set) var compositions: [[TemplateValue.Part]] = []
  /// The names that members of the record must not take, because the job has put something else there.
  private(set) var taken: [[[UInt8]]] = []
  private var siblings: [[[UInt8]]] = []
  /// How many times each column is used.
  private(set) var uses: [Int: Int] = [:]
  /// The quote byte of the CSV dialect.
  private let quote: UInt8
  private let required: String?
  private var depth = 0
  private var isAfterLiteral = false

  init(quote: UInt8, required: String? = nil) {
    self.quote = quote
    self.required = required
  }

  mutating func add(_ node: TemplateNode, key: String?) {
    var prefix = key.map { JSONText.quoted($0) + [.colon] } ?? []
    switch node {
    case .constant(let bytes):
      literal(prefix + bytes + [.comma])
    case .object(let members):
      prefix.append(.openBrace)
      let isCertain = depth == 0 || node.isNeverEmpty || depth == 1 && key != nil && key == required
      open(prefix, isCertain: isCertain)
      siblings.append(members.map { Array($0.key.utf8) })
      for member in members { add(member.node, key: member.key) }
      siblings.removeLast()
      close(isCertain: isCertain, with: .closeBrace)
    case .array(let elements):
      prefix.append(.openBracket)
      let isCertain = node.isNeverEmpty
      open(prefix, isCertain: isCertain)
      for element in elements { add(element, key: nil) }
      close(isCertain: isCertain, with: .closeBracket)
    case .value(let value):
      add(value, prefix: prefix)
    }
  }

  private mutating func add(_ value: TemplateValue, prefix: [UInt8]) {
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
      var step = Step(code: .rest)
      step.cell = Int32(taken.count)
      taken.append(siblings.last ?? [])
      steps.append(step)
      isAfterLiteral = false
      return
    }
    let rule = value.rule
    step.kind = RowTemplate.ValueKindCode(rule.kind)
    step.empty = RowTemplate.EmptyCode(rule.empty)
    step.isKey = value.isKey
    step.ways = RowTemplate.Ways(rule, isKey: value.isKey, quote: quote)
    if let length = rule.maximumLength { step.byteLimit = UInt32(Int32(clamping: length)) }
    step.rule = Int32(rules.count)
    rules.append(rule)
    step.literalStart = UInt32(literals.count)
    if isAfterLiteral, rule.empty != .omit, let last = steps.popLast() { step.literalStart = last.literalStart }
    literals += prefix
    step.literalEnd = UInt32(literals.count)
    if step.code == .member { literals.append(.quote) }
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
