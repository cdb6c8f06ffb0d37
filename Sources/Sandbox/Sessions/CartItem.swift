/// One line of a cart: what was sent and what it comes to.
struct CartItem: Sendable {
  /// The members as they were sent.
  let sent: JSONObject
  let quantity: Int
  /// Price times quantity.
  let total: ExactNumber
  /// What its own additional costs come to.
  let costs: ExactNumber

  func json(position: Int) -> JSONValue {
    var object = JSONObject(members: sent.members.filter { $0.value != .null })
    object.append("position", .integer(position))
    object.append("returnedQuantity", 0)
    object.append("remainingQuantity", .integer(quantity))
    return .object(object)
  }
}
