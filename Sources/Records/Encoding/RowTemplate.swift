/// The mapping of a job, compiled once: constant bytes between value slots.
///
/// Every member is written with a comma after it, and the end of an object takes the last comma back; so members may be
/// left out without looking ahead.
package final class RowTemplate: Sendable {
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
    /// The closing byte of an object or array.
    var closing = UInt8.closeBrace
    var ways = Ways()
    /// Of a member these are the bytes of its key, after which stands a quote for values that are text.
    var literalStart: UInt32 = 0
    var literalEnd: UInt32 = 0
    var cell: Int32 = -1
    var rule: Int32 = -1
    /// Text of at most this many bytes is short enough whatever its characters.
    var byteLimit = UInt32(Int32.max)

    @inline(__always) var literal: Range<Int> {
      unsafe Range(uncheckedBounds: (Int(literalStart), Int(literalEnd)))
    }
  }

  /// What has to be done to the bytes of a cell.
  enum Way: UInt64 {
    /// More than the others: see `writeSlowly`.
    case slow
    /// The cell says nothing.
    case empty
    /// They are JSON text once they are between quotes.
    case quoted
    /// They are text in which characters are escaped.
    case escaped
    /// They are the JSON value wanted.
    case bare
    /// They may be the JSON value wanted, which takes a look.
    case judged
  }

  /// The way of each form of cell, four bits each: looked up once a value.
  struct Ways: BitwiseCopyable, Sendable {
    private var bits: UInt64 = 0

    init() {}
    init(_ rule: ValueRule, isKey: Bool, quote: UInt8) {
      set(.empty, [.missing, .null])
      switch rule.kind {
      case .string, .any:
        if rule.kind == .any { set(.bare, [.number, .yes, .no, .composite]) }
        if rule.needsLook { return }
        // A key is spelled one way, so that equal keys are equal bytes.
        set(.quoted, isKey ? [.plain, .string] : [.plain, .string, .escaped])
        if quote == .quote { set(.escaped, [.special, .doubled]) }
      case .number, .integer:
        if rule.needsLook { return }
        if rule.kind == .number { set(.bare, [.number]) }
        set(.judged, [.plain])
      case .boolean:
        set(.bare, [.yes, .no])
        set(.judged, [.plain])
      case .json: set(.bare, [.number, .yes, .no, .composite])
      case .time, .list: break
      }
    }

    private mutating func set(_ way: Way, _ forms: [Cell.Form]) {
      for form in forms { bits |= way.rawValue << (UInt64(form.rawValue) * 4) }
    }

    @inline(__always) subscript(_ form: Cell.Form) -> Way {
      Way(rawValue: (bits &>> (UInt64(form.rawValue) &* 4)) & 15) ?? .slow
    }
  }

  enum ValueKindCode: UInt8 { case string, number, integer, boolean, time, json, list, any }
  enum EmptyCode: UInt8 { case omit, null, reject }

  let steps: [Step]
  let literals: [UInt8]
  /// The same for rows in which every column says something.
  let line: RowLine
  let rules: [ValueRule]
  let compositions: [[TemplateValue.Part]]
  /// Of each place for the rest of the members: the names that are not theirs.
  let taken: [[[UInt8]]]
  /// The quote byte of the CSV dialect.
  let quote: UInt8
  /// How many times the most used column is used: what one input byte can become.
  let expansion: Int
  /// One more than the last cell a member is filled from.
  let cellCount: Int

  /// - `root`: the object one row becomes.
  /// - `required`: the member of it that is written though nothing stands in it.
  package init(_ root: TemplateNode, quote: UInt8 = .quote, required: String? = nil) {
    var compiler = TemplateCompiler(quote: quote, required: required)
    compiler.add(root, key: nil)
    steps = compiler.steps
    literals = compiler.literals + [UInt8](repeating: 0, count: ByteBuffer.slack)
    line = RowLine(compiler.steps, literals: compiler.literals)
    rules = compiler.rules
    compositions = compiler.compositions
    taken = compiler.taken
    expansion = max(1, compiler.uses.values.max() ?? 1)
    cellCount = steps.lazy.filter { $0.code == .member }.map { Int($0.cell) + 1 }.max() ?? 0
    self.quote = quote
  }

  /// An upper bound of the bytes one row takes, its record being `bytes` long.
  @inline(__always) func room(forRecordOf bytes: Int) -> Int {
    literals.count &+ steps.count &* 48 &+ bytes &* 6 &* expansion &+ 64
  }
}
