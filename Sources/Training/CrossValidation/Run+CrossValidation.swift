public import Foundation
import Project
public import Recipes
public import Weights

extension Run {
  /// Starts to cross-validate a finished run: it is trained again without some labels, and scored on these.
  ///
  /// The run itself stays as it is, whatever comes of this: what cannot be done is told as a notice. A stop ends it, and
  /// another start goes on after the last training that was done.
  ///
  /// - Parameters:
  ///   - recipe: The run's settings; what they say of cross-validation counts.
  ///   - crops: The labelled images, cropped to the recipe's size.
  ///   - truth: The same as they are, and what is known of them.
  ///   - start: The weights to begin with, which know none of the labels; none to begin afresh.
  ///   - share: How much of what is learnt is kept over these.
  ///   - folder: The run's.
  ///   - threads: Threads that the engine computes on.
  ///   - onEvent: Takes what is reported, on the run's thread, to `checked`.
  /// - Returns: what goes on; its outcome is the run's, and `wasStopped` says whether this was.
  public static func crossValidate(
    recipe: Recipe, crops: [CroppedSample], truth: FoldTruth, start: StateDict?, share: Double,
    folder: URL, threads: Int, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) -> Run {
    crossValidate(
      CrossValidationOrder(
        recipe: recipe, samples: crops, truth: truth, start: start, share: share,
        threads: threads), network: CellNetwork(recipe), folder: folder, onEvent: onEvent)
  }

  /// The same of any network, which others may stop before they have it.
  static func crossValidate(
    _ order: CrossValidationOrder, network: some SegmentationNetwork, folder: URL,
    control: RunControl = RunControl(), onEvent: @escaping @Sendable (RunEvent) -> Void
  ) -> Run {
    launch(folder: folder, control: control) { files in
      var result: CrossValidation?
      do throws(TrainingError) {
        result = try holding(files) { () throws(TrainingError) in
          try order.result(of: network, in: files, control: control, report: onEvent)
        }
      } catch {
        onEvent(.notice("not cross-validated: \(error)"))
      }
      onEvent(.checked(result))
      return .success(
        RunOutcome(
          epochs: (try? files.history().count) ?? 0, bestEpoch: nil,
          wasStopped: control.stop != nil && result == nil, weights: files.weightsFile,
          kept: files.keptShare))
    }
  }
}
