import Foundation

extension Timestamp {
  /// The wall clock.
  static var current: Timestamp { Timestamp(microseconds: Int(Date().timeIntervalSince1970 * 1_000_000)) }
}
