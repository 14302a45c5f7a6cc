public import ArgumentParser
import Basics
import Console
import Project
import Recipes
public import Training
import Workflows

/// `aura suggest`: which images to label next.
struct SuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Say which images are best labelled next.",
    discussion: """
      Examples:
        aura suggest my-cells/
        aura suggest images/ --count 5 --json
        aura suggest images/ --masks masks/ --weights run1/weights.safetensors     and then
        aura suggest images/ --order random --seed 1     to compare with

      A few labels teach most where they show every look that the folder has. Looks are compared by the deepest \
      layer of the network's encoder, and the first image is the one nearest to the middle of all. Orders: cover \
      takes the image that looks least like those chosen before; typical weighs that against how many images \
      look like it, so that one alone in its look comes late; uncertain against how unsure the network is of \
      it; random takes any. Without --order it is \
      \(LabelOrder.first.rawValue), or \(LabelOrder.later.rawValue) where there are labels and weights that learnt from them.

      Images that have masks count as chosen, those that the project rejects are left out. Of more than \
      \(LabelSuggestion.mostImages) images that many, spread over the folder, are compared. The workbench keeps such an order by itself \
      and goes through the queue by it. Nothing is written here.
      """)

  @Argument(help: "Folder of images, or of a project.", completion: .directory)
  var path: String

  @Option(help: "How many images to name, at most.")
  var count = 10

  @Option(help: "By what they are chosen; without it as is said above.")
  var order: LabelOrder?

  @Option(help: "Seed of the random order.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Weights that look (default: those of the folder's newest run, else simulated).",
      valueName: "simulated|file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: StartingWeights?

  @Option(
    help: ArgumentHelp(
      """
      Working size instead of the trained one or, with the weights that come with aura, of the one found for \
      the images (aura size).
      """, valueName: "pixels"))
  var size: Int?

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var machine: MachineOptions

  @Flag(help: "As one JSON object: order, images, size, weights.")
  var json = false

  func validate() throws {
    try check("count", count, in: 1..., "1 or more")
    try check("size", size, in: NetworkFile.workingSizes, "64 to 16384 pixels")
  }

  func run() throws {
    let folder = try project.folder(path)
    let truth = try masks.find(for: folder, areRead: false)
    StandardStream.error.notes(truth.notes)
    let states = folder.labelStates(by: truth)
    let network = try TrainedNetwork(weights, for: folder)
    let isFirst = network.origin == .simulated || states.labelled.isEmpty
    let order = order ?? (isFirst ? .first : .later)
    let predictor = try network.file.predictor(
      size: size, views: .one, threads: machine.threadCount)
    if size == nil, network.origin == .simulated, order.needsLooks {
      try fitSize(of: predictor, to: folder)
    }
    let found = ProgressLine.follow("comparing looks") { progress in
      predictor.suggest(
        among: states, by: order, seed: seed, uncertainty: predictor.uncertainty,
        progress: progress)
    }
    let names = (found?.images ?? []).prefix(count).map(\.text)
    if states.open.isEmpty { StandardStream.error.notes(["every image is decided about"]) }
    guard !names.isEmpty || states.open.isEmpty else { throw WorkflowError.noLook(path) }
    try StandardStream.output.tell(
      [
        "order": order.rawValue, "images": names, "size": predictor.size, "weights": network.name,
      ] as JSONObject, asJSON: json, names.map { $0 + "\n" }.joined())
    try folder.checkWhole(with: truth)
  }

  private func fitSize(of predictor: Predictor, to folder: ImageFolder) throws {
    let found = try ProgressLine.follow("finding the size") { progress in
      try predictor.fitSize(to: folder.images, of: folder.store?.settings, progress: progress)
    }
    if let found { StandardStream.error.line(found.text) }
  }
}

extension LabelOrder: ExpressibleByArgument {}
