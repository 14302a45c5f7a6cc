import Foundation
public import Imaging
import Logging
public import Project
public import Recipes
import Training

extension TrainingService {
  /// What becomes of proposals.
  public enum Proposals: Sendable {
    /// Masks are being proposed: how many of how many are done.
    case going(done: Int, of: Int)
    /// The size to look at the images with is being found first: how many looks of how many are done.
    case findingSize(done: Int, of: Int)
    /// The size that was found, which the project keeps.
    case foundSize(FoundSize)
    /// Images are being compared, to say which are best labelled next: how many looks of how many are done.
    case comparing(done: Int, of: Int)
    /// The images without a label, the one to label first at the start; the project keeps them.
    case suggested([ImageKey])
    /// Cells are proposed and kept, with what is kept of them and how unsure the network is of each.
    case proposed(LabelImage, Proposal, doubts: [LabelImage.Label: Double])
    /// Nothing more is proposed, and why.
    case failed(String)
    /// It is over.
    case done
  }

  /// Proposes masks one after the other as long as the session is not over; whoever asks for a plan
  /// meanwhile gets it.
  ///
  /// Before any run the images are put into the order in which to label them first, and looked at in that order; after
  /// a run they are when it is known of each how unsure the network is.
  ///
  /// Where the weights cannot be used that is said, and nothing is proposed.
  ///
  /// - Parameters:
  ///   - keys: The images.
  ///   - source: What proposes: a run, or the weights from before the first.
  ///   - weights: The file of its weights.
  ///   - session: The session that asks.
  ///   - findsSize: Whether the weights have never seen such images, so that the project's size counts.
  ///   - order: In which order images are to be labelled; nil where that is not asked.
  func propose(
    _ keys: [ImageKey], by source: String, _ weights: String, _ session: Int,
    findsSize: Bool = false, order: LabelOrder?
  ) {
    do {
      let file = try NetworkFile(weights)
      let predictor = try file.predictor(
        size: nil, views: file.usualViews(hasSeenImages: !findsSize), threads: threads)
      if findsSize { try fitSize(of: predictor, session) }
      var keys = keys
      if let order, !order.needsUncertainty {
        let first = suggest(by: order, predictor, session).filter(Set(keys).contains)
        let known = Set(first)
        keys = first + keys.filter { !known.contains($0) }
      }
      for (index, key) in keys.enumerated() {
        answerPlans()
        guard isCurrent(session) else { break }
        report(.proposals(.going(done: index, of: keys.count)))
        do {
          try propose(key, by: source, predictor)
        } catch let error where LabelTroubles.isOfImage(error) {
          logger.warning("no proposal", metadata: ["image": "\(key)", "error": "\(error)"])
        }
      }
      if let order, order.needsUncertainty { suggest(by: order, predictor, session) }
    } catch {
      logger.error("proposals", metadata: ["by": "\(source)", "error": "\(error)"])
      report(.proposals(.failed("proposals stopped: \(WorkflowError.text(of: error))")))
    }
    report(.proposals(.done))
  }

  /// Lets a network look with the project's size; where there is none, it is found now and kept.
  private func fitSize(of predictor: Predictor, _ session: Int) throws(TrainingError) {
    let settings = store.settings
    let found = try predictor.fitSize(to: store.sources, of: settings) {
      !isCurrent(session)
    } progress: { done, count in
      answerPlans()
      report(.proposals(.findingSize(done: done, of: count)))
    }
    if let found, found != settings.foundSize { keep(found) }
  }

  /// Lets the labels say with what size images are looked at, once there are enough of them and before the first run;
  /// whoever starts a run meanwhile need not wait for it.
  ///
  /// - Returns: whether they said it now.
  func fitSizeToLabels() -> Bool {
    let labels = LabelSource(store)
    guard !store.place.isReadOnly, store.newestRunWithWeights == nil,
      labels.drawn.count >= SizeFinder.fewestLabels
    else { return false }
    do {
      guard let network = try Beginning.sizing(Beginning.Wish(), labels: labels, usual: usual)
      else { return false }
      let predictor = try network.predictor(threads: threads)
      let found = predictor.findSize(among: labels, isStopped: { isAwaited }) { _, _ in }
      guard let found else { return false }
      keep(found)
      return true
    } catch {
      logger.warning("size not found", metadata: ["error": "\(error)"])
      return false
    }
  }

  /// Keeps a size that was found, and tells it.
  private func keep(_ found: FoundSize) {
    do throws(ProjectError) {
      try store.update { $0.foundSize = found }
    } catch {
      logger.warning("size not kept", metadata: ["error": "\(error)"])
    }
    report(.proposals(.foundSize(found)))
    report(.notice(found.text))
  }

  /// Finds, keeps and tells in which order images are best labelled.
  ///
  /// - Returns: those images; none where there are none, or the session is over.
  @discardableResult
  private func suggest(
    by order: LabelOrder, _ predictor: Predictor, _ session: Int
  ) -> [ImageKey] {
    let states = store.labelStates
    guard !states.open.isEmpty, isCurrent(session) else { return [] }
    let found = predictor.suggest(among: states, by: order) { source in
      store.entry(of: source.key).quality.map { 1 - $0 }
    } isStopped: {
      !isCurrent(session)
    } progress: { done, count in
      answerPlans()
      report(.proposals(.comparing(done: done, of: count)))
    }
    guard let images = found?.images, !images.isEmpty else { return [] }
    do throws(ProjectError) {
      try store.suggest(images)
    } catch {
      logger.warning("order of labels not kept", metadata: ["error": "\(error)"])
    }
    report(.proposals(.suggested(images)))
    return images
  }

  private func propose(_ key: ImageKey, by source: String, _ predictor: Predictor) throws {
    let prediction = try predictor.predict(store.source(of: key))
    // Whoever accepted a mask meanwhile knows better.
    guard !store.entry(of: key).state.hasMask else { return }
    let cells = prediction.cells()
    let doubts = Uncertainty.meanEntropies(of: prediction.probabilities, in: cells)
    let proposal = Proposal(
      image: key, uncertainty: prediction.uncertainty, quality: prediction.quality, run: source,
      time: Date().timeIntervalSince1970)
    try store.propose(cells, proposal, doubts: doubts)
    report(.proposals(.proposed(cells, proposal, doubts: doubts)))
  }
}
