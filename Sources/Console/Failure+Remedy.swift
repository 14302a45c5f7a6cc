import Comparison
import Files
import Foundation
import Networks
import Project
import Workflows
import Recipes

extension Failure {
  /// What a user of the command line may do about an error, to stand behind its text; nothing where
  /// the text says it all.
  static func remedy(for error: WorkflowError) -> String {
    switch error {
    case .noLabels(let path):
      "; give --masks FOLDER, or accept one in the workbench: aura \(path)"
    case .noTruth: "; give --masks FOLDER"
    case .noPrediction: " by --split"
    case .noPaperData:
      "; give BU-BIL's folder, or what `aura import` made of it"
    case .uncroppedPaperData(let path, _):
      "; cut it out first: aura import bu-bil \(path) CROPS, then --data CROPS"
    case .comparison(_, let error):
      remedy(forAny: error)
    default: ""
    }
  }

  /// The same for an error about weights.
  static func remedy(for error: WeightsTrouble) -> String {
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

  /// The same for an error about a project or a folder for results.
  static func remedy(for error: ProjectError) -> String {
    switch error {
    case .file(let error): remedy(for: error)
    case .locked: ", or give this one its own --project DIR"
    default: ""
    }
  }

  /// The same for an error about a file or folder.
  static func remedy(for error: FileError) -> String {
    if case .notWritable = error { " (--output, or --project for the project)" } else { "" }
  }

  /// The same for an error of any kind.
  static func remedy(forAny error: any Error) -> String {
    switch error {
    case let error as ProjectError: remedy(for: error)
    case let error as FileError: remedy(for: error)
    case ComparisonError.file(let error): remedy(for: error)
    case ComparisonError.project(let error): remedy(for: error)
    case let error as WorkflowError: remedy(for: error)
    case let error as WeightsTrouble: remedy(for: error)
    default: ""
    }
  }
}
