import Foundation
import Imaging
import Logging
import Project
import Recipes
import Workbench
import Workflows

/// Carries out the workbench's effects on a project: strokes at once and synced, all else in the
/// background: decisions, and what has to see them, one after the other on the recorder's thread.
final class ProjectEffects: EffectRunner {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  private let decoder = Worker(name: "decoder")
  /// A mask takes longer to encode and to sync than a frame.
  private let recorder: Worker
  private let training: TrainingService
  private let review: ReviewDesk
  /// Strokes that a full disk refused, oldest first; tried again before anything else is written.
  private var unsaved: [(stroke: Stroke, key: ImageKey)] = []

  /// `weights` are those that count before the project's first run; decisions are written on `recorder`.
  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, weights: WeightsSource = .nothing,
    threads: Int, recorder: Worker = Worker(name: "recorder")
  ) {
    self.store = store
    self.recorder = recorder
    self.mailbox = mailbox
    self.logger = logger
    training = TrainingService(store: store, usual: weights, logger: logger, threads: threads) {
      mailbox.post(Event($0))
    }
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
    case .planTraining(let recipe): recorder.perform { [training] in training.plan(recipe) }
    case .startTraining(let recipe):
      recorder.perform { [training, mailbox] in training.begin(recipe).forEach(mailbox.post) }
    case .pauseTraining: recorder.perform { [training] in training.pause() }
    case .resumeTraining: recorder.perform { [training] in training.resume() }
    case .stopTraining(let point): recorder.perform { [training] in training.stop(after: point) }
    case .review: recorder.perform { [review] in review.refresh() }
    case .loadReview(let key): recorder.perform { [review] in review.load(key) }
    case .suspend: recorder.result {}
    case .loadReport, .redraw, .quit: break
    }
    return []
  }

  /// Waits for what was decided, stops what runs in the background, with its weights saved, and tries
  /// the last strokes again.
  ///
  /// - Returns: what could not be saved, a line each.
  func finish() -> [String] {
    recorder.result {}
    var lines: [String] = []
    for case .failed(.decision, let text) in mailbox.drain() { lines.append(text) }
    if !training.finish() {
      lines.append("the run did not stop in time; its last checkpoint counts")
    }
    review.finish()
    decoder.close(waiting: 5)
    recorder.close(waiting: 5)
    for case .failed(_, let text) in flush() { lines.append(text) }
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
        return [.failed(.stroke(key), "\(error)")]
      }
    }
    return []
  }

  /// Writes a decision after those before it, its strokes being on disk; answers come in that order too.
  private func decide(_ decision: Decision, _ mask: TiledMask?) -> [Event] {
    let (key, waited) = (decision.image, !unsaved.isEmpty)
    if case .failed(_, let text)? = flush().first {
      recorder.perform { [mailbox] in mailbox.post(.failed(.decision(key), text)) }
      return []
    }
    recorder.perform { [store, mailbox, logger] in
      do {
        try store.decide(decision, mask: mask.map { Mask($0) })
        mailbox.post(.saved(key))
      } catch {
        logger.error("decision not written", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(.decision(key), "\(error)"))
      }
    }
    return waited ? [.unsaved(0)] : []
  }

  private func load(_ key: ImageKey) {
    // The strokes of this moment: what follows is drawn on top of what is loaded.
    let strokes = store.strokes(of: key) + unsaved.filter { $0.key == key }.map(\.stroke)
    decoder.perform { [store, recorder, mailbox, logger] in
      do {
        let source = try store.source(of: key)
        let image = try ImageFile.read(source.file, page: source.page)
        // What was decided before is on disk before it is read.
        recorder.result {}
        let accepted = try store.acceptedMask(of: key, expecting: (image.width, image.height))
        let proposal = store.proposal(of: key)?.mask
        let prepared = OpenImage(
          image: image, accepted: accepted, proposal: proposal, strokes: strokes)
        mailbox.post(.loaded(key, prepared))
      } catch {
        logger.warning("image not opened", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(.image(key), "\(error)"))
      }
    }
  }
}
