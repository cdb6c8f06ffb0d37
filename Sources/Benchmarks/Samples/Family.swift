/// Things of one kind: what they are called, the sizes they come in, what they cost and what can be said of them.
struct Family {
  let code: String
  let category: String
  let kinds: [String]
  /// European shoe or clothing sizes, litres, centimetres; none for things of one size.
  let sizes: [Int]
  let euros: ClosedRange<Int>
  let worn: Bool
  let features: [String]

  static let all = feet + bodies + nights + tours
}
