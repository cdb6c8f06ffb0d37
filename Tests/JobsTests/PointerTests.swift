import Testing

@testable import Jobs

@Suite struct PointerTests {
  @Test(arguments: [
    ("/payload/price", "cost"), ("/payload/sku", "code"), ("/payload/product/name", "title, extra"),
    ("/payload/attributes/color", "colour"), ("/payload/attributes/a~1b", "slashed"),
    ("/payload/attributes/unmapped", ""), ("/payload/filters/0/value", ""), ("", ""), ("/", ""), ("/type", ""),
  ])
  func aPointerNamesTheColumnTheValueCameFrom(_ pointer: String, _ column: String) throws {
    let text = job(
      settings: "{ catalogId: 1, action: ADD }",
      map: "{ sku: code, price: cost, product.name: { template: '{title} {extra}' }, attributes.color: colour, "
        + "'attributes.a/b': slashed }")
    #expect(try readJob(text).get().plan.mapping.column(at: pointer) == column)
  }

  @Test func underAWildcardItIsTheLastPartOfThePointer() throws {
    let text = job(settings: "{ catalogId: 1, action: ADD }", map: "{ sku: code, attributes.*: '*' }")
    #expect(try readJob(text).get().plan.mapping.column(at: "/payload/attributes/size") == "size")
  }

  @Test(arguments: [("/points", "n"), ("/name", ""), ("", "")])
  func whatStandsInTheAddressIsNotMeant(_ pointer: String, _ column: String) throws {
    let text = job("points.add", settings: "{ loyaltyProgramId: 33 }", map: "{ integrationId: id, points: n }")
    #expect(try readJob(text).get().plan.mapping.column(at: pointer) == column)
  }

  @Test func anItemThatIsAValueIsMeantAsAWhole() throws {
    let text = job("reservations.create", map: "{ couponValue: code, integrationId: id }")
    #expect(try readJob(text).get().plan.mapping.column(at: "") == "id")
  }

  @Test func positionsInAListAreNoPartOfAPath() throws {
    let text = job(
      settings: "{ catalogId: 1, action: ADD_PRICE_ADJUSTMENT }",
      map: "{ sku: s, adjustments.priceType: t, adjustments.price: p, adjustments.referenceId: r }")
    #expect(try readJob(text).get().plan.mapping.column(at: "/payload/adjustments/0/price") == "p")
  }
}
