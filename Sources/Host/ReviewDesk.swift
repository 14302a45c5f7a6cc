import Basics
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
  private let percentiles: Percentiles
  private let worker = Worker(name: "review", niceness: 10)
  private let isLeaving = Atomic(false)

  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, threads: Int,
    percentiles: Percentiles = .usual
  ) {
    self.store = store
    self.mailbox = mailbox
    self.logger = logger
    self.threads = threads
    self.percentiles = percentiles
  }

  /// Scores the newest network on every accepted mask; answered by `Event.reviewed`.
  func refresh() { answer(.review) { [self] in .reviewed(try scores()) } }

  /// Loads image, truth and prediction of a case.
  func load(_ key: ImageKey) {
    answer(.reviewCase(key), metadata: ["image": "\(key)"]) { [self] in
      let found = try ReviewJob(store, threads: threads).read(key)
      return .reviewLoaded(
        key,
        ReviewCase(
          image: found.image, truth: found.truth, prediction: found.prediction,
          cells: found.cells, percentiles: percentiles))
    }
  }

  /// Ends the thread after the image in hand.
  func finish() {
    isLeaving.store(true, ordering: .relaxed)
    worker.close(waiting: 30)
  }

  /// Leaves what is found in the mailbox, or why nothing is.
  private func answer(
    _ request: Trouble, metadata: Logger.Metadata = [:],
    _ find: @escaping @Sendable () throws -> Event
  ) {
    worker.perform { [mailbox, logger] in
      do {
        mailbox.post(try find())
      } catch {
        logger.warning("review", metadata: metadata.merging(["error": "\(error)"]) { $1 })
        mailbox.post(.failed(request, WorkflowError.text(of: error)))
      }
    }
  }

  private func scores() throws -> [ImageScore] {
    let outcome = try ReviewJob(store, threads: threads).scores {
      !isLeaving.load(ordering: .relaxed)
    } trouble: { key, error in
      logger.warning("review", metadata: ["image": "\(key)", "error": "\(error)"])
    }
    if let notice = outcome.notice { mailbox.post(.notice(notice)) }
    return outcome.scores
  }
}
