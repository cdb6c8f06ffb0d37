/// What the warehouse clears, bay by bay: an article that lies in two bays comes twice.
enum OutletExport {
  static func write(to file: inout SampleFile) {
    var dice = Dice(seed: 0x0071_E700)
    var skus: [String] = []
    var number = 7_300
    while skus.count < 400 {
      skus += Product(number: number, dice: &dice).rows.map { $0[0] }
      number += dice.between(1...5)
    }
    file.append(record("bay", "sku", "left"))
    for index in 0..<400 {
      let bay = "\(["A", "B", "C"][index / 140])-\(index % 140 / 4 + 1)"
      let left = "\(dice.between(1...9))"
      switch index {
      case 83: file.append(record(bay, "", left), flaw: "the SKU is missing")
      case 162: file.append(record(bay, skus[20], left), flaw: "the SKU of line 22 in another bay")
      case 241: file.append(record(bay, "\0\0\0\0", left), flaw: "a label that could not be read: four NUL bytes")
      case 317: file.append(record(bay, skus[199], left), flaw: "the SKU of line 201 in another bay")
      default: file.append(record(bay, skus[index], left))
      }
    }
  }

  private static func record(_ bay: String, _ sku: String, _ left: String) -> [UInt8] {
    CSVText.record([bay, sku, left]) + [UInt8(ascii: "\n")]
  }
}
