/// Job files and sources the tests share.
enum Jobs {
  /// A catalog job over `source`; `more` goes into its `import` section.
  static func catalog(source: String = "catalog.csv", action: String = "ADD", more: String = "") -> String {
    let replace = action == "ADD" ? ", replaceIfExists: true" : ""
    return """
      name: catalog
      import:
        source: \(source)
        target: catalog.sync
        settings: { catalogId: 30, action: \(action)\(replace) }
        map:
          sku: sku
          price: price
          product.name: name
          attributes.size: { column: size, type: number }
      \(more)
      """
  }

  /// `count` good rows.
  static func rows(_ count: Int, from first: Int = 0) -> String {
    var text = "sku,price,name,size\n"
    for i in first..<first + count { text += "SKU-\(i),\(i % 90).50,\"Shoe, \(i)\",\(30 + i % 15)\n" }
    return text
  }
}
