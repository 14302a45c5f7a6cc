import Basics
import Foundation
import Imaging
import Logging
import Project
import Recipes
import Synchronization
import Workbench
import Workflows

/// Carries out the workbench's effects on a project: strokes at once and synced, all else in the
/// background: decisions, and what has to see them, one after the other on the recorder's thread.
final class ProjectEffects: EffectRunner, Sendable {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  private let decoder = Worker(name: "decoder")
  /// A mask takes longer to encode and to sync than a frame.
  private let recorder: Worker
  /// Copies all labels, which may take minutes: only what the project's folder refuses waits for it.
  private let copier: Worker
  /// Copies that are asked for and not done.
  private let copies = Mutex(0)
  private let training: TrainingService
  private let review: ReviewDesk
  private let results: ResultsDesk
  private let acceptance: AcceptanceDesk
  /// What of an image's values is black and white at first.
  private let percentiles: Percentiles
  /// What the disk refused.
  private struct Unsaved {
    /// Strokes, oldest first; tried again before anything else is written.
    var strokes: [(stroke: Stroke, key: ImageKey)] = []
    /// How many they are, without words on what they are drawn on.
    var count: Int { strokes.count { if case .on = $0.stroke { false } else { true } } }
    /// Images whose last decision was refused, and why.
    var decisions: [ImageKey: String] = [:]
  }

  private let unsaved = Mutex(Unsaved())
  /// What images were when they were read last, and lines that say so of those that no journal knows so far.
  private let grounds = Mutex<[ImageKey: (seen: ImageFingerprint, lines: [Stroke])]>([:])

  /// `weights` are those that count before the project's first run, `percentiles` those between which contrast is
  /// spread, for eyes and for new runs, where they were told; decisions are written on `recorder`, copies of the
  /// labels on `copier`.
  init(
    store: ProjectStore, mailbox: Mailbox, logger: Logger, weights: WeightsSource = .nothing,
    percentiles: Percentiles? = nil, threads: Int, recorder: Worker = Worker(name: "recorder"),
    copier: Worker = Worker(name: "copier")
  ) {
    self.store = store
    self.recorder = recorder
    self.copier = copier
    self.mailbox = mailbox
    self.logger = logger
    self.percentiles = percentiles ?? .usual
    training = TrainingService(
      store: store, usual: weights, percentiles: percentiles, logger: logger, threads: threads
    ) {
      mailbox.post(Event($0))
    }
    review = ReviewDesk(
      store: store, mailbox: mailbox, logger: logger, threads: threads,
      percentiles: self.percentiles)
    results = ResultsDesk(store: store, mailbox: mailbox, logger: logger, recorder: recorder)
    acceptance = AcceptanceDesk(store: store, mailbox: mailbox, logger: logger, recorder: recorder)
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
    case .acceptAbove(let figure): acceptance.accept(above: figure)
    case .takeBackAcceptance: acceptance.takeBack()
    case .prepare(let key, let cells):
      decoder.perform { [mailbox] in mailbox.post(.prepared(key, CellDrawing(of: cells))) }
    case .planTraining(let recipe): recorder.perform { [training] in training.plan(recipe) }
    case .startTraining(let recipe):
      recorder.perform { [training, mailbox] in training.begin(recipe).forEach(mailbox.post) }
    case .goOnTraining:
      recorder.perform { [training, mailbox] in
        if let why = training.goOn() { mailbox.post(.failed(.run, why)) }
      }
    case .clearCheckpoints: recorder.perform { [training] in training.clearCheckpoints() }
    case .pauseTraining: recorder.perform { [training] in training.pause() }
    case .resumeTraining: recorder.perform { [training] in training.resume() }
    case .stopTraining(let point): recorder.perform { [training] in training.stop(after: point) }
    case .review: recorder.perform { [review] in review.refresh() }
    case .loadReview(let key): recorder.perform { [review] in review.load(key) }
    case .measure(let order): results.measure(order)
    case .stopMeasuring: results.stopMeasuring()
    case .export(let order): results.export(order)
    case .stopExport: results.stopExport()
    case .suspend: recorder.result {}
    case .showNextChannel(let key): showNextChannel(key)
    case .writeElsewhere(let path): writeElsewhere(path)
    case .loadReport, .redraw, .quit: break
    }
    return []
  }

  /// Waits for what was decided and for a copy of the labels, stops what runs in the background, with its
  /// weights saved, and tries the last strokes again.
  ///
  /// - Returns: what could not be saved, and why, a line each.
  func finish() -> [String] {
    results.finish()
    copier.result {}
    recorder.result {}
    var lines: [String] = []
    for case .failed(.elsewhere, let text) in mailbox.drain() { lines.append(text) }
    if !training.finish() {
      lines.append("the run did not stop in time; its last checkpoint counts")
    }
    review.finish()
    decoder.close(waiting: 5)
    recorder.close(waiting: 5)
    copier.close(waiting: 5)
    unsaved.withLock { unsaved in
      for (text, keys) in Dictionary(
        grouping: unsaved.decisions.keys, by: { unsaved.decisions[$0] })
      {
        lines.append("not decided: \(Self.names(keys)): \(text ?? "")")
      }
      for case .failed(_, let text) in flush(&unsaved) { lines.append(text) }
      guard unsaved.count > 0 else { return }
      lines.append(
        "\(unsaved.count) strokes could not be saved, on "
          + Self.names(Array(Set(unsaved.strokes.map(\.key)))))
    }
    store.close()
    return lines
  }

  private static func names(_ keys: [ImageKey]) -> String {
    let shown = keys.sorted().prefix(4).map(\.text).joined(separator: ", ")
    return shown + (keys.count > 4 ? " and \(keys.count - 4) more" : "")
  }

  private func record(_ stroke: Stroke, _ key: ImageKey) -> [Event] {
    let lines = grounds.withLock { grounds in
      defer { grounds[key]?.lines = [] }
      return grounds[key]?.lines ?? []
    }
    return record(lines + [stroke], key)
  }

  private func record(_ strokes: [Stroke], _ key: ImageKey) -> [Event] {
    unsaved.withLock { unsaved in
      let waited = !unsaved.strokes.isEmpty
      unsaved.strokes += strokes.map { ($0, key) }
      let events = flush(&unsaved)
      let count = unsaved.count
      return count == 0 && !waited ? [] : events + [.unsaved(count)]
    }
  }

  /// Writes the strokes that wait, in order, until one is refused.
  private func flush(_ unsaved: inout Unsaved) -> [Event] {
    while let (stroke, key) = unsaved.strokes.first {
      do {
        try store.append(stroke, to: key)
        unsaved.strokes.removeFirst()
      } catch {
        logger.error("stroke not written", metadata: ["image": "\(key)", "error": "\(error)"])
        return [.failed(.stroke(key), "\(error)")]
      }
    }
    return []
  }

  /// Writes a decision after those before it, its strokes being on disk; answers come in that order too.
  private func decide(_ decision: Decision, _ cells: TiledLabels?) -> [Event] {
    let key = decision.image
    let (waited, trouble) = unsaved.withLock { unsaved in
      (!unsaved.strokes.isEmpty, flush(&unsaved).first)
    }
    recorder.perform { [self] in
      do {
        try write(decision, cells.map { LabelImage($0) }, after: trouble)
        unsaved.withLock { $0.decisions[key] = nil }
        mailbox.post(.saved(key))
      } catch {
        logger.error("decision not written", metadata: ["image": "\(key)", "error": "\(error)"])
        unsaved.withLock { $0.decisions[key] = "\(error)" }
        mailbox.post(
          .failed(Self.isOfLostImage(error) ? .lostImage(key) : .decision(key), "\(error)"))
      }
    }
    return waited && trouble == nil ? [.unsaved(0)] : []
  }

  /// Writes a decision, in the copy of the labels that is under way where the project's folder refuses it.
  private func write(_ decision: Decision, _ cells: LabelImage?, after trouble: Event?) throws {
    let isCopying = copies.withLock { $0 > 0 }
    do {
      if case .failed(_, let text)? = trouble { throw Refusal(text: text) }
      try store.decide(decision, cells: cells)
    } catch {
      guard isCopying, !Self.isOfLostImage(error) else { throw error }
      copier.result {}
      // Where the copy failed too, strokes that the decision rests on are still in hand.
      guard unsaved.withLock({ $0.strokes.isEmpty }) else { throw error }
      try store.decide(decision, cells: cells)
    }
  }

  private static func isOfLostImage(_ error: any Error) -> Bool {
    (error as? ProjectError)?.isOfLostImage == true
  }

  /// Writes the labels elsewhere with the strokes that wait; what is drawn and decided meanwhile goes where
  /// it always did, and into the copy at its end.
  private func writeElsewhere(_ path: String) {
    copies.withLock { $0 += 1 }
    copier.perform { [self] in
      defer { copies.withLock { $0 -= 1 } }
      let folder = URL(
        filePath: NSString(string: path).expandingTildeInPath, directoryHint: .isDirectory)
      do throws(ProjectError) {
        let notices = try copy(to: folder)
        mailbox.post(
          .writtenElsewhere(
            store.entries,
            "The labels are in '\(store.folder.path)', and all goes there from now on; "
              + (store.folder.path == store.ownFolder.path
                ? "they are found there when these images are opened."
                : "to open them give that folder as the project.")))
        for notice in notices { mailbox.post(.notice(notice)) }
      } catch {
        logger.error("labels not written elsewhere", metadata: ["error": "\(error)"])
        mailbox.post(.failed(.elsewhere, "\(error)"))
      }
    }
  }

  /// Looks at another channel, after what is being read in the one before.
  private func showNextChannel(_ key: ImageKey) {
    decoder.perform { [store, mailbox, logger] in
      do throws(ProjectError) {
        let text = try store.showNextChannel(of: key)
        mailbox.post(.channel(store.entries, text))
      } catch {
        logger.warning("no other channel", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.notice("\(error)"))
      }
    }
  }

  private func copy(to folder: URL) throws(ProjectError) -> [String] {
    var copy = try store.copyLabels(to: folder)
    do throws(ProjectError) {
      return try unsaved.withLock { unsaved throws(ProjectError) in
        let notices = try store.goOn(in: &copy, adding: unsaved.strokes)
        unsaved.strokes = []
        return notices
      }
    } catch {
      copy.discard()
      throw error
    }
  }

  private func load(_ key: ImageKey) {
    // The strokes of this moment: what follows is drawn on top of what is loaded.
    let strokes = strokes(of: key)
    decoder.perform { [self] in
      do {
        let source = try store.source(of: key)
        let image = try source.read()
        // What was decided before is on disk before it is read.
        recorder.result {}
        let (accepted, mask) = try accepted(for: image, key)
        let draft = draft(of: strokes, on: image, from: source, isOfAnother: mask != nil)
        // Where a network proposes something, that is what is looked at.
        let proposal = store.proposal(of: key)
        let former = accepted == nil && proposal == nil ? draft.formerCells : nil
        tellOfChange(key, draft, mask: mask, isOffered: former != nil)
        let prepared = OpenImage(
          image: image, accepted: accepted, proposal: former ?? proposal?.cells,
          doubts: former == nil ? proposal?.doubts ?? [:] : [:], strokes: draft.strokes,
          pixelSize: source.pixelSize, percentiles: percentiles)
        mailbox.post(.loaded(key, prepared))
      } catch {
        logger.warning("image not opened", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(.image(key), "\(error)"))
      }
    }
  }

  private func strokes(of key: ImageKey) -> [Stroke] {
    unsaved.withLock { unsaved in
      store.strokes(of: key) + unsaved.strokes.filter { $0.key == key }.map(\.stroke)
    }
  }

  /// The accepted mask of an image; that of an image of another size is set aside, and what became of it said.
  private func accepted(
    for image: Image, _ key: ImageKey
  ) throws(ProjectError) -> (cells: LabelImage?, setAside: String?) {
    do throws(ProjectError) {
      return (try store.acceptedCells(of: key, expecting: (image.width, image.height)), nil)
    } catch {
      guard case .maskSize = error else { throw error }
    }
    do throws(ProjectError) {
      _ = try store.setAsideMask(of: key, time: Date().timeIntervalSince1970)
      return (nil, "its mask is set aside (withdrawn/)")
    } catch {
      return (nil, "its mask is left out: \(error)")
    }
  }

  /// What of the strokes was drawn on an image as it is, by what they say and what was seen before.
  private func draft(
    of strokes: [Stroke], on image: Image, from source: ImageSource, isOfAnother: Bool
  ) -> Draft {
    let seen = grounds.withLock { $0[source.key]?.seen } ?? (isOfAnother ? .unknown : nil)
    let draft = Draft(of: strokes, on: image, from: source, seen: seen)
    let lines = draft.lines(after: strokes)
    // Where nothing was drawn so far the first stroke says on what.
    let waits = strokes.isEmpty || !draft.isChanged || store.place.isReadOnly
    grounds.withLock { $0[source.key] = (draft.ground, waits ? lines : []) }
    if !waits, !lines.isEmpty { record(lines, source.key).forEach(mailbox.post) }
    return draft
  }

  /// Says that an image is not the one that was drawn on.
  private func tellOfChange(_ key: ImageKey, _ draft: Draft, mask: String?, isOffered: Bool) {
    guard draft.isChanged || mask != nil else { return }
    // What was refused about the image before is said, and is nothing to come back to.
    unsaved.withLock { $0.decisions[key] = nil }
    var parts = [mask].compactMap(\.self)
    if draft.isChanged, draft.setAsideCount > 0 {
      parts.append(
        "its strokes are set aside"
          + (isOffered ? "; y takes them over" : " until that one is back"))
      if mask == nil, store.entry(of: key).state.hasMask {
        parts.append("its accepted mask stays")
      }
    }
    guard !parts.isEmpty else { return }
    let now = "\(draft.ground.width)x\(draft.ground.height) pixels"
    let before = draft.former.flatMap { $0 == .unknown ? nil : ", was \($0.width)x\($0.height)" }
    mailbox.post(
      .setAside(
        store.entry(of: key),
        "'\(key)' is another image now (\(now)\(before ?? "")): "
          + parts.joined(separator: "; ")))
  }
}

/// Why a decision is not written: a stroke before it cannot be.
private struct Refusal: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
