/// The codes of coupons that are alike but for their digits: `#` stands for one digit.
package struct CouponPattern: Sendable, Equatable {
  private let letters: [UInt8]

  init(_ pattern: String) { letters = Array(pattern.utf8) }

  func matches(_ code: String) -> Bool {
    code.utf8.count == letters.count
      && zip(letters, code.utf8).allSatisfy { letter, byte in
        letter == UInt8(ascii: "#") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : letter == byte
      }
  }
}
