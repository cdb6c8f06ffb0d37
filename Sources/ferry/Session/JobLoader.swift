import Checkpoints
import Jobs
import Platform
import Settings

/// Reads job files and says what is wrong with them.
enum JobLoader {
  struct Failure: Error {
    var words: String
  }

  static func load(_ path: String) -> Result<AnyJob, Failure> {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try Folder.read(path, limit: 1 << 21)
    } catch {
      return .failure(Failure(words: "\(path):1:1: error: the job file cannot be read: \(error)\n"))
    }
    let folder = Folder.parent(of: path)
    return AnyJob.read(bytes, path: path, folder: folder == "." ? "" : folder, lookups: lookups(in: folder))
      .mapError { issues in Failure(words: issues.issues.map { "\(path):\($0)\n" }.joined()) }
  }

  private static func lookups(in folder: String) -> Lookups {
    Lookups(environment: { Terminal.environment($0) }) { name in
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      return String(decoding: try Folder.read(path, limit: 1 << 16), as: UTF8.self)
    }
  }
}
