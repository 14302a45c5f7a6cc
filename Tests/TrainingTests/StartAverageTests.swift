import Autograd
import Imaging
import Recipes
import Testing
import Weights

@testable import Training

/// How much of what was learnt is kept: the rule, the mean of two networks, and what a loop sees of images.
struct StartAverageTests {
  private static let all: [KeepRule.Choice] = [.best, .last, .every]

  @Test(arguments: [
    (0, 0.25), (0.49, 0.25), (0.55, 0.25), (0.6, 0.4375), (0.65, 0.625), (0.75, 1), (0.81, 1),
    (1, 1),
  ])
  func `little agreement keeps a quarter, much keeps all, and between them it rises evenly`(
    agreement: Double, share: Double
  ) {
    #expect(abs(StartAverage.share(at: agreement) - share) < 1e-9)
  }

  @Test func `images are asked up to ten labels, and not where labels chose the weights`() {
    func rule(_ setting: LearntShare, _ labels: Int, _ choice: KeepRule.Choice = .last)
      -> StartAverage
    { StartAverage(setting, labels: labels, keeps: choice) }
    #expect(rule(.auto, 1) == .byAgreement && rule(.auto, 10) == .byAgreement)
    #expect(rule(.auto, 11) == .none)
    func beside(_ setting: LearntShare, _ labels: Int) -> StartAverage {
      StartAverage(setting, labels: labels, keeps: .last, hasSecondOpinion: true)
    }
    #expect(beside(.auto, 10) == .measured && beside(.auto, 11) == .none)
    #expect(beside(.fixed(0.5), 3) == .fixed(0.5) && beside(.fixed(1), 3) == .none)
    #expect(rule(.fixed(0.5), 3) == .fixed(0.5) && rule(.fixed(0.5), 300) == .fixed(0.5))
    #expect(rule(.fixed(1), 3) == .none)
    for choice in Self.all where choice != .last {
      #expect(rule(.auto, 3, choice) == .none && rule(.fixed(0.5), 3, choice) == .none)
    }
  }

  @Test func `the mean agreement decides, and images that hardly agree are named`() {
    let overlaps = [0.9, 0.1, 0.29, 0.31, 0.4].enumerated()
      .map { (key: ImageKey("\($0).png"), iou: $1) }
    let kept = StartAverage.byAgreement.kept(overlaps)
    #expect(abs((kept.agreement ?? 0) - 0.4) < 1e-9)
    #expect(kept.share == 0.25 && kept.images == 5)
    #expect(kept.disputed.map(\.text) == ["1.png", "2.png"])
    #expect(StartAverage.byAgreement.kept([]) == KeptShare(share: 1))
    // Beside a second opinion nothing need be given up.
    var all = kept
    (all.share, all.hasSecondOpinion) = (1, true)
    #expect(StartAverage.measured.kept(overlaps) == all)
  }

  @Test func `a mean lies between two networks, and leaves alone what only one has`() {
    let start = StateDict([
      NamedTensor(path: "a.weight", shape: Shape(3), values: [0, 1, -2]),
      NamedTensor(path: "a.running_var", shape: Shape(1), values: [4]),
      NamedTensor(path: "b.weight", shape: Shape(1), values: [7]),
      NamedTensor(path: "old.weight", shape: Shape(1), values: [9]),
    ])
    let learnt = StateDict(
      [
        NamedTensor(path: "a.weight", shape: Shape(3), values: [4, 1, 2]),
        NamedTensor(path: "a.running_var", shape: Shape(1), values: [8]),
        NamedTensor(path: "b.weight", shape: Shape(2), values: [1, 2]),
        NamedTensor(path: "core.weight", shape: Shape(1), values: [5]),
      ], metadata: ["note": "x"])
    let mean = learnt.moved(by: 0.25, from: start)
    #expect(mean.paths == learnt.paths && mean.metadata == learnt.metadata)
    #expect(mean["a.weight"]?.values == [1, 1, -1] && mean["a.running_var"]?.values == [5])
    #expect(mean["b.weight"]?.values == [1, 2] && mean["core.weight"]?.values == [5])
    #expect(learnt.moved(by: 1, from: start) == learnt)
    #expect(learnt.moved(by: 0, from: start)["a.weight"] == start["a.weight"])
  }

  @Test(arguments: [0, 1, 15, 16, 17, 100])
  func `a sample has at most so many images, each once, from the whole folder`(count: Int) {
    let keys = (0..<count).map { ImageKey("\($0)") }
    let sample = UnlabelledImages(keys).sample(16)
    #expect(sample.count == min(16, count) && Set(sample).count == sample.count)
    #expect(sample.first == keys.first)
    #expect(sample == keys.filter(Set(sample).contains), "in the folder's order")
    if count == 100 { #expect(sample.last == ImageKey("93")) }
  }

  @Test func `an image that there is not the memory for is not read`() throws {
    let sample = TestCrops.sample(0)
    let images = UnlabelledImages(
      [sample.key], size: { _ in (16, 16) }, read: { _ in sample.image })
    #expect(try images.fitting(beside: 0).read(sample.key) == sample.image)
    #expect(try images.fitting(beside: 1e18).read(sample.key) == nil)
    let unknown = UnlabelledImages([sample.key], read: { _ in sample.image })
    #expect(try unknown.fitting(beside: 1e18).read(sample.key) == sample.image)
  }

  @Test(arguments: [
    (true, true, KeptShare(share: 1, agreement: 1, images: 3)),
    (
      true, false,
      KeptShare(
        share: 0.25, agreement: 0, images: 3,
        disputed: [ImageKey("image10.png"), ImageKey("image11.png"), ImageKey("image12.png")])
    ),
    (false, false, KeptShare(share: 1)),
  ])
  func `masks before and after a run are compared, and where both are empty they say nothing`(
    before: Bool, after: Bool, expected: KeptShare
  ) throws {
    let recipe = ToyLoop.recipe { ($0.keep, $0.validation) = (.last, 0) }
    let drawn = try ToyLoop.training(recipe).parameters.stateDict
    let loop = try ToyLoop.training(recipe, start: ToyNetwork.constant(before, drawn))
    let samples = (0..<3).map { TestCrops.sample($0, side: 24) }
    let images = UnlabelledImages(
      samples.map(\.key) + [ImageKey("gone.png")],
      read: { key in samples.first { $0.key == key }?.image })
    #expect(loop.keptShare(on: images) == nil, "nothing is learnt yet")
    try ToyLoop.run(loop, to: 1)
    try loop.parameters.load(ToyNetwork.constant(after, loop.parameters.stateDict))
    #expect(loop.keptShare(on: images) == expected)
  }

  @Test func `random weights, and those of an encoder alone, are nothing to stay near to`() throws {
    let recipe = ToyLoop.recipe { ($0.keep, $0.validation) = (.last, 0) }
    let loop = try ToyLoop.training(recipe)
    try ToyLoop.run(loop, to: 1)
    #expect(loop.start == nil && loop.keptShare(on: UnlabelledImages([ImageKey("a")])) == nil)
    #expect(loop.checkpoint.start == StateDict())
  }
}
