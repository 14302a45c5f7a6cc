import Foundation
import Imaging
import Logging
import Project
import Recipes
import Workbench
import Workflows

/// Carries out the workbench's effects on a project: journals at once and synced, decoding and
/// training in the background.
final class ProjectEffects: EffectRunner {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  private let decoder = Worker(name: "decoder")
  private let training: TrainingDesk
  private let review: ReviewDesk
  /// Strokes that a full disk refused, oldest first; tried again before anything else is written.
  private var unsaved: [(stroke: Stroke, key: ImageKey)] = []

  /// `weights` are those that count before the project's first run.
  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, weights: WeightsSource = .nothing,
    threads: Int
  ) {
    self.store = store
    self.mailbox = mailbox
    self.logger = logger
    training = TrainingDesk(
      store: store, mailbox: mailbox, logger: logger, weights: weights, threads: threads)
    review = ReviewDesk(store: store, mailbox: mailbox, logger: logger, threads: threads)
  }

  /// Starts what needs no asking: proposals in a project without a run.
  func begin() { training.proposeBeforeAnyRun() }

  func perform(_ effect: Effect) -> [Event] {
    switch effect {
    case .load(let key): load(key)
    case .stretch(let key, let shown, let contrast):
      decoder.perform { [mailbox] in mailbox.post(.stretched(key, shown.shown(with: contrast))) }
    case .record(let stroke, let key): return record(stroke, key)
    case .decide(let decision, let mask): return decide(decision, mask)
    case .planTraining(let recipe): training.plan(recipe)
    case .startTraining(let recipe): return training.start(recipe)
    case .pauseTraining: training.pause()
    case .resumeTraining: training.resume()
    case .stopTraining(let point): training.stop(point)
    case .review: review.refresh()
    case .loadReview(let key): review.load(key)
    case .loadReport, .suspend, .redraw, .quit: break
    }
    return []
  }

  /// Stops what runs in the background, with its weights saved, and tries the last strokes again.
  ///
  /// - Returns: what could not be saved, a line each.
  func finish() -> [String] {
    var lines: [String] = []
    if !training.finish() {
      lines.append("the run did not stop in time; its last checkpoint counts")
    }
    review.finish()
    decoder.close(waiting: 5)
    for case .failed(let trouble) in flush() { lines.append(trouble.text) }
    if !unsaved.isEmpty { lines.append("\(unsaved.count) strokes could not be saved") }
    store.close()
    return lines
  }

  private func record(_ stroke: Stroke, _ key: ImageKey) -> [Event] {
    let waited = !unsaved.isEmpty
    unsaved.append((stroke, key))
    let events = flush()
    return unsaved.isEmpty && !waited ? [] : events + [.unsaved(unsaved.count)]
  }

  /// Writes the strokes that wait, in order, until one is refused.
  private func flush() -> [Event] {
    while let (stroke, key) = unsaved.first {
      do {
        try store.append(stroke, to: key)
        unsaved.removeFirst()
      } catch {
        logger.error("stroke not written", metadata: ["image": "\(key)", "error": "\(error)"])
        return [.failed(Trouble(.stroke(key), "\(error)"))]
      }
    }
    return []
  }

  private func decide(_ decision: Decision, _ mask: TiledMask?) -> [Event] {
    let waited = !unsaved.isEmpty
    if case .failed(let trouble)? = flush().first {
      return [.failed(Trouble(.decision(decision.image), trouble.text))]
    }
    do {
      try store.decide(decision, mask: mask.map { Mask($0) })
      return (waited ? [.unsaved(0)] : []) + [.saved(decision.image)]
    } catch {
      logger.error(
        "decision not written", metadata: ["image": "\(decision.image)", "error": "\(error)"])
      return [.failed(Trouble(.decision(decision.image), "\(error)"))]
    }
  }

  private func load(_ key: ImageKey) {
    // The strokes of this moment: what follows is drawn on top of what is loaded.
    let strokes = store.strokes(of: key) + unsaved.filter { $0.key == key }.map(\.stroke)
    decoder.perform { [store, mailbox, logger] in
      do {
        let source = try store.source(of: key)
        let image = try ImageFile.read(source.file, page: source.page)
        let accepted = try store.acceptedMask(of: key, expecting: (image.width, image.height))
        let proposal = store.proposal(of: key)?.mask
        let prepared = PreparedImage(
          image: image, accepted: accepted, proposal: proposal, strokes: strokes)
        mailbox.post(.loaded(key, prepared))
      } catch {
        logger.warning("image not opened", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(Trouble(.image(key), "\(error)")))
      }
    }
  }
}
