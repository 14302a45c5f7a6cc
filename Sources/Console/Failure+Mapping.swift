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
import Workflows

extension Failure {
  /// Turns any error into a line and a code: the one place where that happens.
  public init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as RecipeError: self = Failure(.badInput, "\(error)")
    case let error as WorkflowError:
      self = Failure(Self.status(of: error), "\(error)\(Self.remedy(for: error))")
    case let error as WeightsTrouble:
      self = Failure(Self.status(of: error), "\(error)\(Self.remedy(for: error))")
    case let error as FileError:
      self = Failure(Self.status(of: error), "\(error)\(Self.remedy(for: error))")
    case let error as ProjectError:
      self = Failure(Self.status(of: error), "\(error)\(Self.remedy(for: error))")
    case let error as ComparisonError:
      self = Failure(Self.status(of: error), "\(error)\(Self.remedy(forAny: error))")
    case let error as ImagingError: self = Failure(.badInput, "\(error)")
    case let error as WeightsError: self = Failure(.badInput, "\(error)")
    case let error as TrainingError: self = Failure(Self.status(of: error), "\(error)")
    case let error as ThemeError: self = Failure(.badInput, "\(error)")
    case let error as TerminalError: self = Failure(.noTerminal, "\(error)")
    case let error as CocoaError:
      self = Failure(Self.status(of: error), WorkflowError.text(of: error))
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

  private static func status(of error: WorkflowError) -> ExitStatus {
    switch error {
    case .noImages, .noLabels, .noTruth, .noPrediction, .noPaperData, .untrained, .noMaskAnyMore:
      .missingInput
    case .occupied: .cannotCreate
    case .notStopped: .internalError
    case .comparison(_, let error): Failure(error).status
    case .noMatchingMask, .labels, .changed, .uncroppedPaperData, .emptyPart, .nothingToValidate,
      .unresumable, .brokenOff:
      .badInput
    }
  }

  private static func status(of error: WeightsTrouble) -> ExitStatus {
    switch error {
    case .noWeights, .notFetched, .noNetwork, .noSimulatedWeights, .noFile: .missingInput
    case .nameTaken: .cannotCreate
    case .notReadBack, .download(_, .disk, _, _): .cannotWrite
    case .download: .noServer
    default: .badInput
    }
  }

  private static func status(of error: CocoaError) -> ExitStatus {
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: .missingInput
    case .fileReadNoPermission, .fileReadCorruptFile, .fileReadUnknown: .badInput
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly: .cannotCreate
    case .fileWriteOutOfSpace: .cannotWrite
    default: .internalError
    }
  }
}
