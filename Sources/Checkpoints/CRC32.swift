/// The checksum of a journal line: CRC-32 as in zip and PNG.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
  }

  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    let table = table
    var crc: UInt32 = ~0
    for index in range { crc = table[Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ (crc >> 8) }
    return ~crc
  }
}
