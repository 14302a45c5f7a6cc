import Comparison
import Files
import Foundation
import Imaging
import Networks
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
    if let failure = error as? Failure {
      self = failure
    } else {
      self.init(Self.status(of: error), WorkflowError.text(of: error) + Self.remedy(for: error))
    }
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case let failure as Failure: failure.status
    case let error as WorkflowError: status(of: error)
    case let error as WeightsTrouble: status(of: error)
    case let error as FileError: status(of: error)
    case let error as ProjectError: status(of: error)
    case let error as ComparisonError: status(of: error)
    case let error as TrainingError: status(of: error)
    case let error as CocoaError: status(of: error)
    case is RecipeError, is ImagingError, is WeightsError, is ThemeError: .badInput
    case is TerminalError: .noTerminal
    default: .internalError
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
    case .noImages, .noLabels, .noMasks, .noPrediction, .noPaperData, .untrained, .noMaskAnyMore,
      .noAcceptedMask, .noNetwork, .holdsNoRun:
      .missingInput
    case .occupied, .holdsRun: .cannotCreate
    case .notStopped: .internalError
    case .comparison(_, let error): status(of: error)
    case .noMatchingMask, .labels, .changed, .uncroppedPaperData, .emptyPart, .nothingToValidate,
      .unresumable, .brokenOff, .noRecipe, .noRow:
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

  /// What a user of the command line may do about an error, to stand behind its text; nothing where
  /// the text says it all.
  private static func remedy(for error: any Error) -> String {
    switch error {
    case let error as WorkflowError: remedy(for: error)
    case let error as WeightsTrouble: remedy(for: error)
    case let error as ProjectError: remedy(for: error)
    case let error as FileError: remedy(for: error)
    case ComparisonError.file(let error): remedy(for: error)
    case ComparisonError.project(let error): remedy(for: error)
    default: ""
    }
  }

  private static func remedy(for error: WorkflowError) -> String {
    switch error {
    case .noLabels(let path):
      "; give --masks FOLDER, or accept one in the workbench: aura \(path)"
    case .noMasks: "; give --masks FOLDER"
    case .noAcceptedMask(_, let images): "; open it with: aura \(images)"
    case .noNetwork: ", or: aura train"
    case .holdsRun: ", or --resume to go on with it"
    case .holdsNoRun: "; leave out --resume to begin one"
    case .noPrediction: " by --split"
    case .noPaperData:
      "; give BU-BIL's folder, or what `aura import` made of it"
    case .uncroppedPaperData(let path, _):
      "; cut it out first: aura import bu-bil \(path) CROPS, then --data CROPS"
    case .comparison(_, let error): remedy(for: error)
    default: ""
    }
  }

  private static func remedy(for error: WeightsTrouble) -> String {
    switch error {
    case .noWeights:
      "; give the weights.safetensors of a training run or a name of aura weights list"
    case .notFetched(let encoder):
      "; aura weights fetch \(encoder.rawValue), or aura weights import \(encoder.fileName)"
    case .noNetwork: "; give --weights FILE"
    case .noSimulatedWeights: ", or use --weights none or a file"
    case .encoderAlone(_, let encoder): ": aura train --weights \(encoder)"
    case .unnamedNetwork:
      "; give --network: " + Architecture.allCases.map(\.rawValue).joined(separator: ", ")
    case .misfit(_, _, let isNamed, _): isNamed ? "; is it another --network?" : ""
    case .foreignEncoder: "; use --weights none"
    case .unsuitedWeights(_, _, let encoder): encoder == nil ? "; use --weights none or a file" : ""
    case .calibration: "; leave out --calibrate"
    case .weightsName, .reservedName: "; give another --name"
    case .nameTaken: "; give another --name, or --replace to replace it"
    case .download(let address, let trouble, let received, _):
      remedy(for: trouble, of: address.lastPathComponent, received: received)
    default: ""
    }
  }

  private static func remedy(
    for trouble: DownloadTrouble, of name: String, received: Int
  ) -> String {
    let byHand =
      "download \(OfficialEncoder.address)\(name) where there is a network, then: "
      + "aura weights import \(name)"
    return switch trouble {
    case .connection where received > 0:
      "; the same command goes on behind its \(received) bytes, or \(byHand)"
    case .disk: ""
    default: "; \(byHand)"
    }
  }

  private static func remedy(for error: ProjectError) -> String {
    switch error {
    case .file(let error): remedy(for: error)
    case .locked: ", or give this one its own --project DIR"
    case .sameName: "; leave one out by --skip"
    case .noCell(_, let image): "; leave it out by --skip \(image)"
    case .noFrames: " (--partial)"
    default: ""
    }
  }

  private static func remedy(for error: FileError) -> String {
    if case .notWritable = error { " (--output, or --project for the project)" } else { "" }
  }
}
