import Foundation
public import Imaging
import Logging
import Project
public import Recipes
import Training

/// Proposes masks for images of a project, one after the other, with one network.
public struct ProposalPass {
  /// What it tells.
  public enum Report: Sendable {
    /// Masks are being proposed: how many of how many are done.
    case going(done: Int, of: Int)
    /// A mask is proposed and kept, with how unsure the network is and what proposes.
    case proposed(ImageKey, Mask, uncertainty: Double, by: String)
    /// Nothing more is proposed, and why.
    case failed(String)
    /// It is over.
    case done
  }

  let store: ProjectStore
  let logger: Logger
  /// What proposes: a run, or the weights from before the first.
  let source: String
  /// The file of its weights.
  let weights: String
  let threads: Int

  /// Goes through images as long as `goesOn`, which is asked before each.
  ///
  /// Where the weights cannot be used that is said, and nothing is proposed.
  func run(_ keys: [ImageKey], while goesOn: () -> Bool, report: (Report) -> Void) {
    do {
      let predictor = try NetworkFile(weights).predictor(size: nil, threads: threads)
      for (index, key) in keys.enumerated() {
        guard goesOn() else { break }
        report(.going(done: index, of: keys.count))
        do {
          try propose(key, predictor, report)
        } catch let error as ImagingError {
          logger.warning("no proposal", metadata: ["image": "\(key)", "error": "\(error)"])
        }
      }
    } catch {
      logger.error("proposals", metadata: ["by": "\(source)", "error": "\(error)"])
      report(.failed("proposals stopped: \(WorkflowError.text(of: error))"))
    }
    report(.done)
  }

  private func propose(
    _ key: ImageKey, _ predictor: Predictor, _ report: (Report) -> Void
  ) throws {
    let file = try store.source(of: key)
    let prediction = predictor.predict(try ImageFile.read(file.file, page: file.page))
    // Whoever accepted a mask meanwhile knows better.
    guard !store.entry(of: key).state.hasMask else { return }
    try store.propose(
      prediction.mask,
      Proposal(
        image: key, uncertainty: prediction.uncertainty, run: source,
        time: Date().timeIntervalSince1970))
    report(.proposed(key, prediction.mask, uncertainty: prediction.uncertainty, by: source))
  }
}
