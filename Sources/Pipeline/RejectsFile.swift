package import Checkpoints

/// The rejects file of a run: made when the first row is rejected, never longer than the journal says.
package struct RejectsFile<File: AppendOnlyFile & ~Copyable>: ~Copyable, Sendable {
  private var file: File?
  private let create: @Sendable () throws(FileFailure) -> File
  package private(set) var length: Int
  private var isSynced: Bool

  /// - `file`: the file an earlier execution left, cut to `length`.
  /// - `create`: makes the file, empty.
  package init(
    _ file: consuming File?, length: Int = 0, create: @escaping @Sendable () throws(FileFailure) -> File
  ) {
    self.file = file
    self.length = length
    self.create = create
    // That it was cut is not on disk yet.
    isSynced = length == 0
  }

  package mutating func append(_ bytes: [UInt8]) throws(FileFailure) {
    if file == nil { file = try create() }
    isSynced = false
    try file?.append(bytes)
    length += bytes.count
  }

  package mutating func sync() throws(FileFailure) {
    if isSynced { return }
    try file?.sync()
    isSynced = true
  }
}
