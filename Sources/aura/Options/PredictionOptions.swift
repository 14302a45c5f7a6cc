public import ArgumentParser
import Basics
import Console
public import Project
import Recipes
import Training
import Workflows

/// How trained weights are used.
struct PredictionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Working size, to which the smaller side of an image is scaled, instead of the trained one \
      (256 where the weights do not say) or, with the weights that come with aura, of the one found for the \
      images: aura size. Up to the image's own side; large ones are seen in tiles.
      """,
      valueName: "pixels"))
  var size: Int?

  @OptionGroup var contrast: PercentileOption

  /// The percentiles that were asked for instead of those that the network learnt with.
  var percentiles: Percentiles? { contrast.percentiles }

  @Option(
    help: ArgumentHelp(
      "Network of weights that do not say it, such as those that PyTorch wrote.", valueName: "name"
    ))
  var network: Architecture?

  @Option(
    help: ArgumentHelp(
      """
      Fit the network's batch-norm statistics to the folder's images first, without labels, that far: \
      1 forgets those of the training images (default: 0); not those of a second opinion.
      """,
      valueName: "0...1"))
  var calibrate: Double?

  /// The network of a file as it was asked for, fitted to a folder's images.
  ///
  /// One that is learnt from simulated images has seen no such cells: where no size was asked for, it looks with the one
  /// that the project keeps or that is found now, which is told.
  func predictor(
    of file: NetworkFile, isSimulated: Bool, for folder: ImageFolder, views: ViewOptions,
    by scoring: ScoringProtocol = .own, machine: MachineOptions
  ) throws -> Predictor {
    let views = views.chosen(for: file, by: scoring, hasSeenImages: !isSimulated)
    let predictor = try file.predictor(
      network: network, size: size, percentiles: percentiles, views: views,
      threads: machine.threadCount)
    StandardStream.error.notes([predictor.lack(of: views)].compactMap(\.self))
    guard size == nil, isSimulated else { return predictor }
    let found = try ProgressLine.follow("finding the size") { progress in
      try predictor.fitSize(to: folder.images, of: folder.store?.settings, progress: progress)
    }
    if let found { StandardStream.error.line(found.text) }
    return predictor
  }

  func validate() throws {
    try check("calibrate", calibrate, in: 0...1, "a share from 0 to 1")
    try check("size", size, in: NetworkFile.workingSizes, "64 to 16384 pixels")
  }
}

/// In how many ways images are looked at.
struct ViewOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ways to look at an image, whose answers are averaged (test-time augmentation).",
      discussion: """
        one is quickest; flips adds its three mirror images, for four times the work; sizes adds the image at three \
        quarters and at one and a half of the size, for seven times; second-opinion looks with flips, and with the weights \
        that come with aura in these sizes, for eight times: where both disagree on an image the firmer one counts. \
        Without it: sizes with the weights that come with aura, second-opinion with those of a run that asks for it \
        (aura help train: up to 10 labels), flips with others, which know the size of their cells. With --protocol paper \
        no more than flips count.
        """,
      valueName: "one|flips|sizes|second-opinion"))
  var views: Views?

  @Flag(help: ArgumentHelp("The same as --views one.", visibility: .hidden))
  var noFlips = false

  /// What counts for weights that have seen such images, or have not.
  func chosen(
    for file: NetworkFile, by scoring: ScoringProtocol = .own, hasSeenImages: Bool = true
  ) -> Views {
    let views = noFlips ? .one : views ?? file.usualViews(hasSeenImages: hasSeenImages)
    return scoring == .paper ? views.ofSquare : views
  }
}

extension Views: ExpressibleByArgument {}

/// At which size predictions are compared with masks.
struct ScoringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Score at the image's own size (own) or on the resized centre crop (paper).",
      valueName: "own|paper"))
  var `protocol` = ScoringProtocol.own
}

extension ScoringProtocol: ExpressibleByArgument {}
