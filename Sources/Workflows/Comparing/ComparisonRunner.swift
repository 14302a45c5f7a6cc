import Basics
public import Comparison
import Files
import Foundation
import Imaging
public import Project
public import Recipes
import Training
import Weights

/// Trains and scores what a plan asks for and is not done yet.
public struct ComparisonRunner {
  /// The plan, with what its line search found once that is at its end.
  var plan: ComparisonPlan
  let folder: ComparisonFolder
  let images: LabelledImages
  private let weights: [(name: String, digest: String)]
  let threads: Int
  let stop: StopRequest
  let report: @Sendable (ComparisonEvent) -> Void

  /// Prepares a comparison: nothing is written before its images, weights and folder are looked at.
  ///
  /// What happens `report` takes, on the thread of the run that tells it.
  ///
  /// - Throws: what is wrong with any of them.
  public init(
    _ plan: ComparisonPlan, in folder: ComparisonFolder, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice(), threads: Int, stop: StopRequest,
    report: @escaping @Sendable (ComparisonEvent) -> Void
  ) throws {
    self.plan = plan
    self.folder = folder
    self.threads = threads
    self.stop = stop
    self.report = report
    weights = try Self.weights(of: plan)
    images = try LabelledImages(plan, links: links, channel: channel)
    try checkRecipes()
    try checkSearch()
  }

  /// Lines for the user about the images and their masks.
  public var notes: [String] { images.notes }

  /// Ends a comparison that is done but for what could not be read.
  public func checkWhole() throws(WorkflowError) {
    if !images.unread.isEmpty { throw .leftOut(images.unread) }
  }

  /// The runs that are neither finished nor broken off, in the plan's order.
  var open: [ComparisonRun] {
    plan.runs.filter { !folder.isFinished($0) && folder.breakdown(of: $0) == nil }
  }

  /// A run of the plan with how much it computes.
  func share(_ run: ComparisonRun) -> ComparisonEvent.Share {
    ComparisonEvent.Share(
      run: run, work: plan.recipe(of: run).map { work($0, fold: run.fold) } ?? 0)
  }

  /// How much the training of a recipe computes, in thousand million operations.
  func work(_ recipe: Recipe, fold: Int?) -> Double {
    let labels = images.training(fold).count
    return RunPlanner.forecast(recipe, labels: labels, speed: MachineSpeed(gigaflops: 1)).seconds
      ?? 0
  }

  /// Does all that is not done, unless a signal stops it: then the run in hand has its checkpoint.
  ///
  /// A run whose loss is no number any more is told and left out; the others go on. One whose checkpoint is
  /// damaged begins again.
  ///
  /// - Throws: what is wrong with a folder, an image or a run; `WorkflowError` names the run.
  public mutating func run() throws {
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    _ = AtomicWrite.removeLeftovers(in: folder.url)
    try folder.begin(
      plan, splits: images.divisions, groups: images.groups, images: images.digests,
      weights: weights)
    try writeTestPictures()
    report(.begun(open.map(share), planned: plan.runs.count, ahead: try searchAhead()))
    try finish(open)
    try search()
    // A kill may have come between the last scores and their report.
    if !stop.isAsked { try ComparisonReport(folder).write() }
  }

  /// Refuses to call a comparison done where runs broke off.
  ///
  /// - Throws: `WorkflowError` naming the first of them.
  public static func check(_ results: ComparisonResults, in folder: ComparisonFolder)
    throws(WorkflowError)
  {
    guard let first = results.broken.first else { return }
    throw .brokenOff(
      count: results.broken.count, first: first.run.name, reason: first.reason,
      folder: folder.folder(of: first.run).url.path)
  }

  /// Does runs of the plan; of those that break off the reason is kept.
  func finish(_ runs: [ComparisonRun]) throws {
    for run in runs {
      guard !stop.isAsked, let recipe = plan.recipe(of: run) else { break }
      do {
        let files = folder.folder(of: run)
        if try prepare(run, recipe, files) {
          try score(run, images.testing(run.fold), by: files, into: files, keepsMasks: true)
        }
        try ComparisonReport(folder).write()
      } catch let error as TrainingError {
        guard let reason = Self.breakdown(error) else { throw failure(of: run, error) }
        try folder.write(breakdown: reason, of: run)
        try ComparisonReport(folder).write()
        report(.failed(run, reason: reason))
      }
    }
  }

  /// Why a run broke off whatever is tried, where the others can go on without it.
  static func breakdown(_ error: TrainingError) -> String? {
    if case .notFinite = error { error.description } else { nil }
  }

  /// An error in the midst of the comparison, which does not say itself which run it was.
  func failure(of run: ComparisonRun, _ error: TrainingError) -> WorkflowError {
    guard case .checkpoint(let reason) = error else {
      return .comparison(.run(run.name), error)
    }
    return .unresumable(run: run.name, reason: reason, folder: folder.url.path)
  }

  /// Refuses what could not be trained before hours are spent on what could; what is finished needs no more.
  private func checkRecipes() throws(WorkflowError) {
    let open = open
    for named in plan.recipes {
      for division in images.divisions
      where open.contains(where: { $0.recipe == named.name && $0.fold == division.fold }) {
        try check(named.recipe, fold: division.fold, of: .recipe(named.name))
      }
    }
  }

  func check(
    _ recipe: Recipe, fold: Int?, of part: WorkflowError.ComparisonPart
  ) throws(WorkflowError) {
    do throws(TrainingError) {
      try RunPlanner.check(recipe, labels: images.training(fold).count)
    } catch {
      throw .comparison(part, error)
    }
  }

  /// Scores images with the weights of `trained` as the papers do, one look at each, and keeps the
  /// predicted masks where they are wanted; the table of scores comes last.
  func score(
    _ run: ComparisonRun, _ keys: [ImageKey], by trained: RunFolder, into files: RunFolder,
    keepsMasks: Bool
  ) throws {
    let predictor = try NetworkFile(trained.weightsFile.path).predictor(
      views: .one, threads: threads)
    var lines: [ImageScore] = []
    for key in keys {
      guard !stop.isAsked else { return }
      let evaluation = try predictor.score(images.sample(key), by: plan.scoring)
      if keepsMasks { try folder.write(evaluation.mask, of: key, by: run) }
      lines.append(ImageScore(image: key, trainedOn: false, scores: evaluation.scores))
    }
    try files.write(lines)
    report(.scored(run, lines))
  }

  /// The images for testing as they are scored; those that are there already stay.
  private func writeTestPictures() throws {
    // In the paper's protocol all recipes have one size; by images' own it does not matter.
    let recipe = plan.recipes.first?.recipe ?? Recipe()
    for division in images.divisions {
      for key in images.testing(division.fold) {
        let truth = try key.pictureFile(in: folder.truthFolder)
        guard !FileManager.default.fileExists(atPath: truth.path) else { continue }
        let (image, mask) = plan.scoring.picture(
          of: try images.sample(key), size: recipe.size, percentiles: recipe.percentiles)
        try folder.write(key, image: image, truth: mask)
      }
    }
  }

  /// Looks at all weights that runs begin with, before hours are spent on those that need none.
  private static func weights(
    of plan: ComparisonPlan
  ) throws -> [(name: String, digest: String)] {
    var digests: [String: String] = [:]
    for named in plan.recipes {
      do {
        let source = try WeightsSource(named.recipe.weights)
        _ = try source.start(of: named.recipe.architecture)
        guard let path = source.path, digests[source.name.text] == nil else { continue }
        digests[source.name.text] = try SHA256.hash(of: URL(filePath: path))
      } catch {
        throw WorkflowError.comparison(.recipe(named.name), error)
      }
    }
    return digests.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// What a comparison reports while it goes.
public enum ComparisonEvent: Sendable {
  /// It starts: the runs that are to be done, how many the plan has, and what a line search adds.
  case begun([Share], planned: Int, ahead: Ahead)
  /// The line search has come to more runs.
  case added([Share])
  /// A run reports.
  case training(ComparisonRun, RunEvent)
  /// A run has its scores.
  case scored(ComparisonRun, [ImageScore])
  /// A run broke off.
  case failed(ComparisonRun, reason: String)

  /// A run with how much it computes, in thousand million operations.
  public struct Share: Sendable {
    /// The run.
    public let run: ComparisonRun
    /// How much it computes.
    public let work: Double
  }

  /// What a line search takes: its trainings are not known before they are due.
  public struct Ahead: Sendable {
    /// How many trainings at most.
    public var runs = 0
    /// How many of them are done.
    public var done = 0
    /// How much one computes.
    public var work = 0.0
  }
}
