import Foundation
import Imaging
import Logging
import Project
import Recipes
import Synchronization
import Training
import Workbench

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
        mailbox.post(.failed(Trouble(.review, Failure(error).text)))
      }
    }
  }

  /// Loads image, truth and prediction of a case.
  func load(_ key: ImageKey) {
    worker.perform { [self] in
      do {
        mailbox.post(.reviewLoaded(key, try reviewCase(key)))
      } catch {
        logger.warning("review", metadata: ["image": "\(key)", "error": "\(error)"])
        mailbox.post(.failed(Trouble(.reviewCase(key), Failure(error).text)))
      }
    }
  }

  /// Ends the thread after the image in hand.
  func finish() {
    isLeaving.store(true, ordering: .relaxed)
    worker.close(waiting: 30)
  }

  private func newestRun() throws -> RunFolder {
    guard let run = store.newestRunWithWeights else {
      throw Failure(.missingInput, "no network is trained yet; accept a mask and press g")
    }
    return run
  }

  private func rows() throws -> [ReviewRow] {
    let run = try newestRun()
    let split = try? run.split()
    var predictor: Predictor?
    var scores: [ImageScore] = []
    var troubles = LabelTroubles()
    for key in store.labelledKeys where !isLeaving.load(ordering: .relaxed) {
      do {
        guard store.entry(of: key).state.hasMask else { continue }
        let prediction = try prediction(of: key, run, &predictor)
        guard
          let truth = try store.acceptedMask(
            of: key, expecting: (prediction.width, prediction.height))
        else { continue }
        scores.append(
          ImageScore(
            image: key, trainedOn: split?.parts[key] == .train,
            scores: Scores(prediction: prediction, truth: truth, withBoundaries: true)))
      } catch {
        try troubles.add(error, at: key)
        logger.warning("review", metadata: ["image": "\(key)", "error": "\(error)"])
      }
    }
    if let notice = troubles.notice {
      guard !scores.isEmpty else { throw Failure(.badInput, notice) }
      mailbox.post(.notice(notice))
    }
    try? run.write(scores)
    return
      scores
      .map { ReviewRow(image: $0.image, iou: $0.iou, trainedOn: $0.trainedOn) }
      .sorted { ($0.trainedOn ? 1 : 0, $0.iou) < ($1.trainedOn ? 1 : 0, $1.iou) }
  }

  /// The network's mask of an image: the one in the run's folder, or a new one, kept there.
  private func prediction(
    of key: ImageKey, _ run: RunFolder, _ predictor: inout Predictor?
  ) throws -> Mask {
    if let kept = keptPrediction(of: key, run) { return kept }
    let network =
      try predictor
      ?? NetworkFile(run.weightsFile.path).predictor(size: nil, threads: threads)
    predictor = network
    let source = try store.source(of: key)
    let mask = network.predict(try ImageFile.read(source.file, page: source.page)).mask
    try Output.write(mask, to: try run.predictionFile(of: key))
    return mask
  }

  /// The prediction that was written before, unless the weights are newer.
  private func keptPrediction(of key: ImageKey, _ run: RunFolder) -> Mask? {
    guard let file = try? run.predictionFile(of: key), let predicted = Self.date(of: file),
      let trained = Self.date(of: run.weightsFile), predicted > trained
    else { return nil }
    return try? MaskFile.read(file, polarity: .cellWhite).mask
  }

  private func reviewCase(_ key: ImageKey) throws -> ReviewCase {
    let run = try newestRun()
    let source = try store.source(of: key)
    let image = try ImageFile.read(source.file, page: source.page)
    guard let truth = try store.acceptedMask(of: key, expecting: (image.width, image.height)) else {
      throw Failure(
        .missingInput, "\(key) has no accepted mask any more; R computes the list again")
    }
    let file = try run.predictionFile(of: key)
    let prediction = try MaskFile.read(
      file, polarity: .cellWhite, imageWidth: image.width, imageHeight: image.height
    ).mask
    return ReviewCase(image: image, truth: truth, prediction: prediction)
  }

  private static func date(of file: URL) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
  }
}
