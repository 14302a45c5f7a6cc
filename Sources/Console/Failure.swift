import Comparison
import Files
import Foundation
public import Imaging
import Networks
import Project
import Recipes
import Screen
import Terminal
import Training
import Weights
import Workflows

/// Why a command ends without its result: one line for the user and the code for the shell.
public struct Failure: Error, Equatable {
  /// What the exit code says.
  public let status: ExitStatus
  /// What, where, and what to try; one line.
  public let text: String

  /// Ends a command with a code and a line.
  public init(_ status: ExitStatus, _ text: String) {
    self.status = status
    self.text = text
  }
}

/// What `aura` ends with; the numbers are those of sysexits.h.
public enum ExitStatus: Int32, Sendable {
  /// A file that is there cannot be used: unreadable, cut short, a mask of another size.
  case badInput = 65
  /// A file or folder is not there, or a folder has no images.
  case missingInput = 66
  /// A server cannot be reached, or does not give what it is asked for.
  case noServer = 68
  /// No terminal, or one that cannot show the workbench.
  case noTerminal = 69
  /// An error of the program's own.
  case internalError = 70
  /// The system gives too little: stack, or threads.
  case noResources = 71
  /// A file or folder cannot be created: no permission.
  case cannotCreate = 73
  /// Writing broke off: the disk is full, a limit was reached.
  case cannotWrite = 74
  /// Another program holds the project.
  case inUse = 75
}

extension Failure {
  /// Turns any error into a line and a code: the one place where that happens.
  public init(_ error: any Error) {
    if let failure = error as? Failure {
      self = failure
    } else {
      let cause = Self.cause(of: error)
      self.init(Self.status(of: cause), WorkflowError.text(of: error) + Self.remedy(for: cause))
    }
  }

  /// The error itself of one that says what it befell.
  private static func cause(of error: any Error) -> any Error {
    switch error {
    case ComparisonError.file(let error): cause(of: error)
    case ComparisonError.project(let error): cause(of: error)
    case ProjectError.file(let error): cause(of: error)
    case ProjectError.masks(let error): error
    case WorkflowError.comparison(_, let error): cause(of: error)
    default: error
    }
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case let failure as Failure: failure.status
    case let error as CocoaError: status(of: error)
    case TrainingError.file(let error): status(of: cause(of: error))
    case FileError.noFolder, FileError.missing, ProjectError.noImages, ProjectError.onlyLinks,
      WorkflowError.goneImages,
      ComparisonError.noComparison, TrainingError.settings(.noLabels),
      WorkflowError.noImages, WorkflowError.noLabels, WorkflowError.noMasks,
      WorkflowError.noPrediction, WorkflowError.noPaperData, WorkflowError.untrained,
      WorkflowError.noMaskAnyMore, WorkflowError.noAcceptedMask, WorkflowError.noNetwork,
      WorkflowError.holdsNoRun, WorkflowError.noRun, WeightsTrouble.noWeights,
      WeightsTrouble.notFetched, WeightsTrouble.noNetwork, WeightsTrouble.noSimulatedWeights,
      WeightsTrouble.noFile:
      .missingInput
    case FileError.locked, ProjectError.locked, ComparisonError.inUse: .inUse
    case FileError.notWritable, ProjectError.notEmpty, ComparisonError.otherPlan,
      WorkflowError.occupied, WorkflowError.holdsRun, TrainingError.holdsRun,
      WeightsTrouble.nameTaken:
      .cannotCreate
    case FileError.diskFull, FileError.noRoom, FileError.longName, FileError.system,
      ProjectError.moved,
      ProjectError.exchanged, WeightsTrouble.notReadBack,
      WeightsTrouble.download(_, .disk, _, _):
      .cannotWrite
    case WeightsTrouble.download: .noServer
    case is TerminalError: .noTerminal
    case WorkflowError.notStopped: .internalError
    case is FileError, is ProjectError, is ComparisonError, is TrainingError, is WorkflowError,
      is WeightsTrouble, is RecipeError, is ImagingError, is MaskTrouble, is WeightsError,
      is ThemeError:
      .badInput
    default: .internalError
    }
  }

  private static func status(of error: CocoaError) -> ExitStatus {
    switch (error.code, error.code.rawValue) {
    case (.fileNoSuchFile, _), (.fileReadNoSuchFile, _): .missingInput
    case (.fileWriteNoPermission, _), (.fileWriteVolumeReadOnly, _), (.fileWriteFileExists, _):
      .cannotCreate
    // Cocoa's numbers for what cannot be read, and for what cannot be written.
    case (_, 256..<512): .badInput
    case (_, 512..<1024): .cannotWrite
    default: .internalError
    }
  }

  /// What a user of the command line may do about an error, to stand behind its text; nothing where
  /// the text says it all.
  private static func remedy(for error: any Error) -> String {
    switch error {
    case WorkflowError.noLabels(let path):
      "; give --masks FOLDER, or accept one in the workbench: aura \(path)"
    case WorkflowError.noMasks: "; give --masks FOLDER"
    case WorkflowError.noAcceptedMask(_, let images): "; open it with: aura \(images)"
    case WorkflowError.noNetwork: ", or: aura train"
    case WorkflowError.holdsRun, TrainingError.holdsRun: ", or --resume to go on with it"
    case WorkflowError.holdsNoRun: "; leave out --resume to begin one"
    case WorkflowError.noRun: "; aura runs lists them"
    case WorkflowError.newestWeights: "; --force removes it all the same"
    case WorkflowError.noPrediction: " by --split"
    case WorkflowError.noPaperData: "; give BU-BIL's folder, or what `aura import` made of it"
    case WorkflowError.uncroppedPaperData(let path, _):
      "; cut it out first: aura import bu-bil \(path) CROPS, then --data CROPS"
    case WeightsTrouble.noWeights:
      "; give the weights.safetensors of a training run or a name of aura weights list"
    case WeightsTrouble.notFetched(let encoder):
      "; aura weights fetch \(encoder.rawValue), or aura weights import \(encoder.fileName)"
    case WeightsTrouble.noNetwork: "; give --weights FILE"
    case WeightsTrouble.noSimulatedWeights: ", or use --weights none or a file"
    case WeightsTrouble.encoderAlone(_, let encoder): ": aura train --weights \(encoder)"
    case WeightsTrouble.unnamedNetwork:
      "; give --network: " + Architecture.allCases.map(\.rawValue).joined(separator: ", ")
    case WeightsTrouble.misfit(_, _, true, _): "; is it another --network?"
    case WeightsTrouble.foreignEncoder: "; use --weights none"
    case WeightsTrouble.unsuitedWeights(_, _, nil): "; use --weights none or a file"
    case WeightsTrouble.calibration: "; leave out --calibrate"
    case WeightsTrouble.weightsName, WeightsTrouble.reservedName: "; give another --name"
    case WeightsTrouble.nameTaken: "; give another --name, or --replace to replace it"
    case WeightsTrouble.download(let address, let trouble, let received, _):
      remedy(for: trouble, of: address.lastPathComponent, received: received)
    case let trouble as MaskTrouble: remedy(for: trouble)
    case ProjectError.onlyLinks: "; --follow-links takes what they lead to"
    case ProjectError.locked: ", or give this one its own --project DIR"
    case ProjectError.sameName: "; leave one out by --skip"
    case ProjectError.noCell(_, let image): "; leave it out by --skip \(image)"
    case ProjectError.noFrames: " (--partial)"
    case FileError.notWritable: " (--output, or --project for the project)"
    default: ""
    }
  }

  /// What a user of the command line may say of masks that are not read without asking.
  public static func remedy(for trouble: MaskTrouble) -> String {
    guard let example = trouble.example else { return "" }
    return switch trouble {
    case .noMasks: "; --mask-values \(example) takes them all the same"
    case .absent: "; such as --mask-values \(example)"
    default: ": --mask-values \(example)"
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
}
