import Logging
import Project
import Recipes
import Synchronization
import Workbench
import Workflows

/// Computes the failure cases of the newest network in the background.
final class ReviewDesk: Sendable {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  private let threads: Int
  private let worker = Worker(name: "review", niceness: 10)
  private let isLeaving = Atomic(false)

  init(store: ProjectStore, mailbox: Mailbox, logger: Logger, threads: Int) {
    self.store = store
    self.mailbox = mailbox
    self.logger = logger
    self.threads = threads
  }

  /// Scores the newest network on every accepted mask; answered by `Event.reviewed`.
  func refresh() {
    worker.perform { [self] in
      do {
        mailbox.post(.reviewed(try rows()))
      } catch {
        logger.warning("review", metadata: ["error": "\(error)"])
        mailbox.post(.failed(Trouble(.review, WorkflowError.text(of: error))))
      }
    }
  }

  /// Loads image, truth and prediction of a case.
  func load(_ key: ImageKey) {
    worker.perform { [self] in
      do {
        let found = try ReviewJob(store, threads: threads).read(key)
        mailbox.post(
          .reviewLoaded(
            key,
            ReviewCase(image: found.image, truth: found.truth, prediction: found.prediction)))
      } catch {
        logger.warning("review", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(Trouble(.reviewCase(key), WorkflowError.text(of: error))))
      }
    }
  }

  /// Ends the thread after the image in hand.
  func finish() {
    isLeaving.store(true, ordering: .relaxed)
    worker.close(waiting: 30)
  }

  /// The worst of what was not trained on first.
  private func rows() throws -> [ReviewRow] {
    let outcome = try ReviewJob(store, threads: threads).scores {
      !isLeaving.load(ordering: .relaxed)
    } trouble: { key, error in
      logger.warning("review", metadata: ["image": "\(key)", "error": "\(error)"])
    }
    if let notice = outcome.notice { mailbox.post(.notice(notice)) }
    return outcome.scores
      .map { ReviewRow(image: $0.image, iou: $0.iou, trainedOn: $0.trainedOn) }
      .sorted { ($0.trainedOn ? 1 : 0, $0.iou) < ($1.trainedOn ? 1 : 0, $1.iou) }
  }
}
