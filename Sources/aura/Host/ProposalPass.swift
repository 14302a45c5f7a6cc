import Foundation
import Imaging
import Logging
import Project
import Recipes
import Training
import Workbench

/// Proposes masks for images, one after the other, with one network.
struct ProposalPass {
  let store: ProjectStore
  let mailbox: Mailbox
  let logger: Logger
  /// What proposes: a run, or the weights from before the first.
  let source: String
  /// The file of its weights.
  let weights: String
  let threads: Int

  /// Goes through images as long as `goesOn`, which is asked before each.
  ///
  /// Where the weights cannot be used that is said, and nothing is proposed.
  func run(_ keys: [ImageKey], while goesOn: () -> Bool) {
    do {
      let predictor = try NetworkFile(weights).predictor(size: nil, threads: threads)
      for (index, key) in keys.enumerated() {
        guard goesOn() else { break }
        mailbox.post(.proposing(done: index, of: keys.count))
        do {
          try propose(key, predictor)
        } catch let error as ImagingError {
          logger.warning("no proposal", metadata: ["image": "\(key)", "error": "\(error)"])
        }
      }
      mailbox.post(.proposalsDone)
    } catch {
      logger.error("proposals", metadata: ["by": "\(source)", "error": "\(error)"])
      mailbox.post(
        .failed(Trouble(.proposals, "proposals stopped: \(Failure(error).text)")))
      mailbox.post(.proposalsDone)
    }
  }

  private func propose(_ key: ImageKey, _ predictor: Predictor) throws {
    let file = try store.source(of: key)
    let prediction = predictor.predict(try ImageFile.read(file.file, page: file.page))
    // Whoever accepted a mask meanwhile knows better.
    guard !store.entry(of: key).state.hasMask else { return }
    try store.propose(
      prediction.mask,
      Proposal(
        image: key, uncertainty: prediction.uncertainty, run: source,
        time: Date().timeIntervalSince1970))
    mailbox.post(
      .proposed(key, TiledMask(prediction.mask), uncertainty: prediction.uncertainty, by: source))
  }
}
