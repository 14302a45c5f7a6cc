public import Files
import Foundation
public import Project

/// What can go wrong with a comparison's files; the text says what, where, and what to try.
public enum ComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A YAML file says what cannot be; its line and why.
  case yaml(file: String, line: Int, reason: String)
  /// Settings that do not go together; why.
  case plan(String)
  /// The output folder holds another comparison; what differs.
  case otherPlan(String, what: String)
  /// Another process compares into the output folder; its number, if known.
  case inUse(String, process: Int?)
  /// The output folder holds no comparison.
  case noComparison(String)
  /// A file cannot be read or written.
  case file(FileError)
  /// A file of a run or an image's name is not what it should be.
  case project(ProjectError)

  /// One line for the user.
  public var description: String {
    switch self {
    case .yaml(let file, let line, let reason):
      "\(file):\(line): \(reason)"
    case .plan(let reason):
      reason
    case .otherPlan(let path, let what):
      "'\(path)' holds another comparison (\(what)); give another folder, or the same plan to go on"
    case .inUse(let path, let process):
      "another aura\(process.map { " (process \($0))" } ?? "") compares into '\(path)'; wait for it, "
        + "stop it, or give another folder"
    case .noComparison(let path):
      "'\(path)' holds no comparison; give the output folder of `aura compare FILE.yaml FOLDER`"
    case .file(let error):
      error.description
    case .project(let error):
      error.description
    }
  }

  /// Does what meets only files; their errors become this one.
  static func filing<Result>(
    _ body: @autoclosure () throws(FileError) -> Result
  ) throws(ComparisonError) -> Result {
    do throws(FileError) {
      return try body()
    } catch {
      throw .file(error)
    }
  }

  /// Does what meets only a project's files; their errors become this one.
  static func filing<Result>(
    project body: @autoclosure () throws(ProjectError) -> Result
  ) throws(ComparisonError) -> Result {
    do throws(ProjectError) {
      return try body()
    } catch .file(let error) {
      throw .file(error)
    } catch {
      throw .project(error)
    }
  }

  /// The text of a file.
  static func text(of file: URL) throws(ComparisonError) -> String {
    try filing(TextFile.read(file))
  }
}
