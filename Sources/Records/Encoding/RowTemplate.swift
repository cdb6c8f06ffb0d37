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
    /// Whether text as it stands in a CSV file may be written without a look at `kind`.
    var isPlainText = false
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

  let steps: [Step]
  let literals: [UInt8]
  let rules: [ValueRule]
  let compositions: [[TemplateValue.Part]]
  /// The quote byte of the CSV dialect.
  let quote: UInt8
  /// How many times the most used column is used: what one input byte can become.
  let expansion: Int

  /// - `root`: the object one row becomes.
  package init(_ root: TemplateNode, quote: UInt8 = .quote) {
    var compiler = TemplateCompiler()
    compiler.add(root, key: nil)
    steps = compiler.steps
    literals = compiler.literals + [UInt8](repeating: 0, count: ByteBuffer.slack)
    rules = compiler.rules
    compositions = compiler.compositions
    expansion = max(1, compiler.uses.values.max() ?? 1)
    self.quote = quote
  }

  /// An upper bound of the bytes one row takes, its record being `bytes` long.
  @inline(__always) func room(forRecordOf bytes: Int) -> Int {
    literals.count &+ steps.count &* 48 &+ bytes &* 6 &* expansion &+ 64
  }
}
