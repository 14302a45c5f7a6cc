import Foundation
import Project
public import Recipes
import Weights

/// The network that finds cells in a folder: the one that was asked for, else that of the project's newest
/// run, else the one that comes with aura.
public struct TrainedNetwork {
  /// Where a network comes from.
  public enum Origin: Equatable, Sendable {
    /// A file that was named.
    case named
    /// The newest run of the project.
    case newestRun
    /// Learnt from simulated images.
    case simulated
  }

  /// Its weights.
  public let file: NetworkFile
  /// What a proposal or a report calls it.
  public let name: String
  /// Where it comes from.
  public let origin: Origin

  /// Finds it and reads its weights.
  ///
  /// - Parameters:
  ///   - asked: The weights that were asked for, if any were.
  ///   - folder: What is to be predicted.
  /// - Throws: `WeightsTrouble` where there is none.
  public init(_ asked: StartingWeights?, for folder: ImageFolder) throws {
    if asked == nil, let run = folder.store?.newestRunWithWeights {
      file = try NetworkFile(run.weightsFile.path)
      (name, origin) = (file.path, .newestRun)
      return
    }
    let source = try WeightsSource(asked)
    guard let path = source.path else {
      throw WeightsTrouble.noNetwork(folder.path, place: SimulatedWeights.place)
    }
    file = try NetworkFile(path)
    let isSimulated = source.name == .simulated
    (name, origin) = (isSimulated ? source.name.text : file.path, isSimulated ? .simulated : .named)
  }
}
