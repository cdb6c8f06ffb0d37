import TestKit
import Testing

@testable import Records

@Suite struct UTF8Tests {
  /// Memory a decoder could hold: the bytes, an ASCII byte, slack.
  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [.lineFeed] + [UInt8](repeating: 0x80, count: ByteBuffer.slack)
  }

  /// What the standard library says.
  private static func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  private static func check(_ bytes: [UInt8]) {
    let memory = padded(bytes)
    let isValid = isValid(bytes)
    let answer = memory.span.isUTF8(in: 0..<bytes.count + 1)
    #expect(answer == isValid, "\(bytes)")
    let fault = memory.span.textFault(in: 0..<bytes.count)
    if isValid, !bytes.contains(0) {
      #expect(fault == nil, "\(bytes)")
    } else if let fault {
      #expect(Self.isValid(Array(bytes[..<fault.at])) && !bytes[..<fault.at].contains(0), "\(bytes)")
      #expect((fault.fault == .nul) == (bytes[fault.at] == 0), "\(bytes)")
    } else {
      Issue.record("no fault found in \(bytes)")
    }
  }

  @Test func everySequenceOfTwoBytesIsJudgedAsTheStandardLibraryDoes() {
    for first in UInt8(0x7E)...0xFF {
      for second in stride(from: UInt8(0), through: 0xFE, by: 1) {
        let bytes = [first, second]
        guard Self.padded(bytes).span.isUTF8(in: 0..<3) != Self.isValid(bytes) else { continue }
        Issue.record("\(bytes)")
      }
    }
  }

  /// Lead bytes of three and four with every second byte and the borders of the others.
  @Test func longSequencesAreJudgedAsTheStandardLibraryDoes() {
    let borders: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    for first in UInt8(0xDF)...0xFF {
      for second in borders {
        for third in borders {
          for fourth in borders {
            let bytes = [first, second, third, fourth]
            guard Self.padded(bytes).span.isUTF8(in: 0..<5) != Self.isValid(bytes) else { continue }
            Issue.record("\(bytes)")
          }
        }
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func randomBytesAreJudgedAsTheStandardLibraryDoes(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let parts: [[UInt8]] =
      ["a", "bcdefghi", "é", "€", "😀", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}"].map { Array($0.utf8) }
      + [[0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0]]
    for round in 0..<800 {
      // Most strings are well formed, or nothing long would ever be.
      let choice = round % 4 == 0 ? parts[...] : parts.prefix(9)
      Self.check(
        (0..<Int.random(in: 0...20, using: &random)).flatMap { _ in choice.randomElement(using: &random) ?? [] })
    }
    for _ in 0..<400 {
      Self.check((0..<Int.random(in: 0...12, using: &random)).map { _ in .random(in: 0...255, using: &random) })
    }
  }

  @Test func rangeInTheMiddleIsJudgedAlone() {
    let memory = Self.padded([0xFF, 0x61, 0xC3, 0xA9, 0x0A, 0xFF])
    let isValid = memory.span.isUTF8(in: 1..<5)
    let faults = [memory.span.textFault(in: 1..<5)?.at, memory.span.textFault(in: 1..<3)?.at]
    #expect(isValid && faults == [nil, 2])
  }

  /// Texts of whole and broken characters among ASCII, long enough for eight bytes to be looked at.
  private static let texts: [[UInt8]] = {
    let characters: [[UInt8]] = [
      Array("é".utf8), Array("語".utf8), Array("🏔️".utf8), Array("кот".utf8), [0x80], [0xC3], [0xE4, 0xB8],
      [0xF0, 0x9F, 0x8F], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE0, 0x80, 0x80],
    ]
    return characters.flatMap { character in
      [0, 1, 5, 6, 7, 8, 13].map { before in
        [UInt8](repeating: 0x61, count: before) + character + Array("日本, ok".utf8) + character
      }
    }
  }()

  @Test func aTextInPiecesIsValidUpToItsFirstFaultWhereverItIsCut() {
    for text in Self.texts {
      // Whole characters at its beginning: the longest part that is a text.
      let expected = (0...text.count).last { Self.isValid(Array(text[..<$0])) }
      for first in 0...text.count {
        for second in first...text.count {
          var stream = UTF8Stream()
          for piece in [text[..<first], text[first..<second], text[second...]] { stream.update(Array(piece).span) }
          guard stream.validated != expected else { continue }
          Issue.record("\(text) cut at \(first) and \(second): \(stream.validated)")
        }
      }
    }
  }

  @Test func afterAFaultNothingIsSaidToBeValid() {
    var stream = UTF8Stream()
    stream.update([0x61, 0xFF, 0x62].span)
    stream.update(Array("0123456789".utf8).span)
    #expect(stream.validated == 1)
  }
}
