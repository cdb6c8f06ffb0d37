/// The templates of a plan, for the loop that runs once a row.
///
/// A template reached through the plan is counted up and down each time it is used, which two threads have to agree on;
/// here it is held once, for as long as this value lives, and used without counting.
@safe
struct HeldTemplates {
  private let held: [RowTemplate]
  private let templates: [Unmanaged<RowTemplate>]

  init(_ plan: RowPlan) {
    held = plan.variants.map(\.template)
    unsafe templates = held.map { unsafe Unmanaged.passUnretained($0) }
  }

  @inline(__always)
  func withTemplate<Answer>(_ index: Int, _ body: (RowTemplate) -> Answer) -> Answer {
    unsafe templates[index]._withUnsafeGuaranteedRef(body)
  }
}
