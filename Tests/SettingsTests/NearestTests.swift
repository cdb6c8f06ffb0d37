import Testing

@testable import Settings

@Suite struct NearestTests {
  @Test(arguments: [
    ("catalogid", "catalogId"), ("soruce", "source"), ("tagret", "target"), ("windo", "window"), ("nam", "name"),
    ("SOURCE", "source"), ("zebra", nil), ("", nil), ("x", nil), ("source", nil),
  ])
  func theNearestWordIsAtMostAThirdAway(_ word: String, _ expected: String?) {
    let words = ["name", "source", "target", "catalogId", "window", "y"]
    #expect(nearest(to: word, among: words) == expected)
  }

  @Test func aDifferenceInCaseWinsOverATypingError() {
    #expect(nearest(to: "sKu", among: ["sKa", "sku"]) == "sku")
  }

  @Test func wordsTooLongToBeTypedHaveNoNeighbour() {
    #expect(nearest(to: String(repeating: "x", count: 1000), among: ["name"]) == nil)
  }
}
