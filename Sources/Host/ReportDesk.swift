import Comparison
import Imaging
import Project
import Recipes
import Synchronization
import Workbench
import Workflows

/// Reads the pictures of a comparison's report in the background.
final class ReportDesk: EffectRunner, Sendable {
  private let folder: ComparisonFolder
  private let results: ComparisonResults
  private let mailbox: Mailbox
  private let worker = Worker(name: "report")
  /// The newest seed that was asked for; pictures of another are not wanted any more.
  private let wanted = Mutex<UInt64?>(nil)

  init(folder: ComparisonFolder, results: ComparisonResults, mailbox: Mailbox) {
    self.folder = folder
    self.results = results
    self.mailbox = mailbox
  }

  func perform(_ effect: Effect) -> [Event] {
    if case .stretch(let key, let shown, let contrast) = effect {
      worker.perform { [mailbox] in mailbox.post(.stretched(key, shown.shown(with: contrast))) }
    }
    guard case .loadReport(let key, let seed) = effect else { return [] }
    wanted.withLock { $0 = seed }
    worker.perform { [self] in
      guard wanted.withLock({ $0 == seed }) else { return }
      do {
        mailbox.post(.reportLoaded(key, try pictures(of: key, seed: seed)))
      } catch {
        mailbox.post(.failed(.report(key), WorkflowError.text(of: error)))
      }
    }
    return []
  }

  /// Ends the thread after the picture in hand.
  func finish() { worker.close(waiting: 5) }

  /// Image, truth and what each recipe made of it; a prediction that cannot be read is left out.
  private func pictures(of key: ImageKey, seed: UInt64?) throws -> ReportPictures {
    var predictions: [String: Mask] = [:]
    for recipe in results.plan.recipes {
      guard let run = results.run(of: recipe.name, on: key, seed: seed),
        let mask = try? folder.prediction(of: key, by: run.run)
      else { continue }
      predictions[recipe.name] = mask
    }
    return ReportPictures(
      image: try folder.image(of: key), truth: try folder.truth(of: key), predictions: predictions)
  }
}
