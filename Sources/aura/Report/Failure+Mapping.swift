import Files
import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Screen
import Terminal
import Training
import Weights

extension Failure {
  /// Turns any error into a line and a code: the one place where that happens.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as RecipeError: self = Failure(.badInput, "\(error)")
    case let error as FileError: self = Failure(Self.status(of: error), "\(error)")
    case let error as ProjectError: self = Failure(Self.status(of: error), "\(error)")
    case let error as ComparisonError: self = Failure(Self.status(of: error), "\(error)")
    case let error as ImagingError: self = Failure(.badInput, "\(error)")
    case let error as WeightsError: self = Failure(.badInput, "\(error)")
    case let error as TrainingError: self = Failure(Self.status(of: error), "\(error)")
    case let error as ThemeError: self = Failure(.badInput, "\(error)")
    case let error as TerminalError: self = Failure(.noTerminal, "\(error)")
    case let error as CocoaError: self = Failure(cocoa: error)
    default: self = Failure(.internalError, "\(error)")
    }
  }

  private static func status(of error: FileError) -> ExitStatus {
    switch error {
    case .noFolder: .missingInput
    case .locked: .inUse
    case .notWritable: .cannotCreate
    case .diskFull, .system: .cannotWrite
    case .unreadable: .badInput
    }
  }

  private static func status(of error: ProjectError) -> ExitStatus {
    switch error {
    case .file(let error): status(of: error)
    case .noImages: .missingInput
    case .locked: .inUse
    case .notEmpty: .cannotCreate
    default: .badInput
    }
  }

  private static func status(of error: ComparisonError) -> ExitStatus {
    switch error {
    case .file(.unreadable), .noComparison: .missingInput
    case .file(let error): status(of: error)
    case .otherPlan: .cannotCreate
    case .project(let error): status(of: error)
    case .inUse: .inUse
    case .yaml, .plan, .damaged: .badInput
    }
  }

  private static func status(of error: TrainingError) -> ExitStatus {
    switch error {
    case .file(let error): status(of: error)
    case .settings(.noLabels): .missingInput
    default: .badInput
    }
  }

  private init(cocoa error: CocoaError) {
    let path = error.filePath ?? error.url?.path ?? "a file"
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile:
      self = Failure(.missingInput, "'\(path)' is not there; is the path right?")
    case .fileReadNoPermission:
      self = Failure(.badInput, "'\(path)' may not be read by this user; check its permissions")
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
      self = Failure(
        .cannotCreate, "'\(path)' may not be written by this user; choose another folder")
    case .fileWriteOutOfSpace:
      self = Failure(.cannotWrite, "'\(path)' cannot be written, the disk is full; make room")
    case .fileReadCorruptFile, .fileReadUnknown:
      self = Failure(.badInput, "'\(path)' cannot be read; is it damaged?")
    default:
      self = Failure(.internalError, "'\(path)': \(error.localizedDescription)")
    }
  }
}
