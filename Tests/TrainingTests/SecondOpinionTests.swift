import Autograd
import Basics
import Foundation
import Imaging
import Project
import Recipes
import Testing
import Weights

@testable import Training

/// What other weights say beside those of a run on few labels.
struct SecondOpinionTests {
  private static func recipe(
    _ setting: Optimisation.SecondOpinion = .auto, _ weights: StartingWeights = .simulated
  ) -> Recipe {
    ToyLoop.recipe { recipe in
      (recipe.keep, recipe.validation, recipe.weights) = (.last, 0, weights)
      recipe.optimisation.secondOpinion = setting
    }
  }

  @Test func `it is asked by few labels learnt from the weights that come with the program`() {
    #expect((1...10).allSatisfy { SecondOpinion.isFor(Self.recipe(), labels: $0) })
    #expect(!SecondOpinion.isFor(Self.recipe(), labels: 11))
    #expect(!SecondOpinion.isFor(Self.recipe(), labels: 0), "a pretraining")
    #expect(!SecondOpinion.isFor(Self.recipe(.none), labels: 5))
    for weights in [StartingWeights.random, .simulatedEncoder, .file("a.safetensors")] {
      #expect(!SecondOpinion.isFor(Self.recipe(.auto, weights), labels: 5))
      #expect(SecondOpinion.isFor(Self.recipe(.simulated, weights), labels: 10))
      #expect(!SecondOpinion.isFor(Self.recipe(.simulated, weights), labels: 11))
    }
    var other = Self.recipe()
    other.architecture = .unetResNet
    #expect(!SecondOpinion.isFor(other, labels: 5), "it takes the encoder alone")
    #expect(Views.allCases.map(\.ofSquare) == [.one, .flips, .flips, .flips])
    #expect(Views.usual(hasSeenImages: true, asksSecondOpinion: true) == .secondOpinion)
    #expect(Views.usual(hasSeenImages: true) == .flips)
    #expect(Views.usual(hasSeenImages: false, asksSecondOpinion: true) == .sizes)
  }

  @Test(arguments: [(0, 1), (0.7, 1), (0.75, 0.75), (0.8, 0.5), (0.9, 0), (1, 0)])
  func `the better both agree the less it counts`(iou: Double, share: Double) {
    #expect(abs(Double(SecondOpinion.share(at: iou)) - share) < 1e-6)
  }

  /// A network whose logit is a linear function of the grey value: `gain` on the scale of the normalised one.
  private static func predictor(
    gain: Float, at grey: Float, size: Int = 64
  ) throws -> Predictor {
    let deviation = Normalization.deviation[0]
    let offset = gain * (Normalization.mean[0] - grey) / deviation
    let weights = StateDict([
      NamedTensor(path: "head.weight", shape: Shape(1, 3, 1, 1), values: [gain, 0, 0]),
      NamedTensor(path: "head.bias", shape: Shape(1), values: [offset]),
    ])
    return try Predictor(
      weights: weights, network: PassThrough(multiple: 16), size: size, threads: 1)
  }

  /// A ramp from black to white, as wide as it is high.
  private static let ramp = Image(
    width: 96, height: 96, bitDepth: 8, values: (0..<96 * 96).map { Float($0 % 96) * 2.5 })

  @Test func `masks that agree are those of the first network alone`() throws {
    let plain = try Self.predictor(gain: 4, at: 0.5)
    plain.views = .flips
    let asking = try Self.predictor(gain: 4, at: 0.5)
    asking.ask(try Self.predictor(gain: 2, at: 0.51))
    #expect(asking.views == .secondOpinion)
    #expect(asking.look(at: Self.ramp).cell == plain.look(at: Self.ramp).cell)
  }

  @Test func `where they disagree each counts by how firm it is`() throws {
    // The first finds a quarter of the picture, the second most of it, and is surer of that.
    let (first, second) = (
      try Self.predictor(gain: 4, at: 0.75), try Self.predictor(gain: 3, at: 0.3)
    )
    first.views = .flips
    let own = first.look(at: Self.ramp)
    second.views = .sizes
    let looks = second.looks(width: 96, height: 96)
    #expect(looks.count == 3)
    let other = second.look(at: Self.ramp, looks.map { Look(size: $0.size, flips: [.none]) })
    #expect(other.weight > 2 * own.weight && own.weight > 0)

    let asking = try Self.predictor(gain: 4, at: 0.75)
    asking.ask(try Self.predictor(gain: 3, at: 0.3, size: 32))
    let found = asking.look(at: Self.ramp)
    let factor = other.weight / (own.weight + other.weight)
    for place in found.cell.indices {
      let mean = own.cell[place] + factor * (other.cell[place] - own.cell[place])
      #expect(abs(found.cell[place] - mean) < 8 * Float.ulpOfOne)
    }
    #expect(found.frame == own.frame)
    let prediction = try asking.predict(Self.ramp)
    #expect(prediction.mask.pixels == found.cell.map { $0 >= 0.5 ? 1 : 0 })
    // Both need their memory.
    let (alone, both) = (first.memory(width: 96, height: 96), asking.memory(width: 96, height: 96))
    #expect(both.total > alone.total && both.total < 2 * alone.total + MemoryNeed.programBytes)
  }

  @Test(arguments: [(0.9, false), (0.3, true)])
  func `what finds nothing gives way to a firm answer alone`(grey: Double, isFirm: Bool) throws {
    let other = try Self.predictor(gain: 3, at: Float(grey))
    let alone = try other.predict(Self.ramp).mask
    #expect(alone.area > 0)
    let asking = try Self.predictor(gain: 8, at: 1.5)
    #expect(try asking.predict(Self.ramp).mask.area == 0)
    asking.ask(other)
    #expect(try (asking.predict(Self.ramp).mask.area > 0) == isFirm)
  }

  @Test func `it looks as the first network does now`() throws {
    let asking = try Self.predictor(gain: 1, at: 0.5)
    let other = try Self.predictor(gain: 1, at: 0.5, size: 16)
    asking.ask(other)
    (asking.size, asking.referenceSide) = (80, 400)
    asking.percentiles = try #require(Percentiles("1,99"))
    #expect(asking.attuneOpinion() === other)
    #expect(
      other.size == 80 && other.referenceSide == 400 && other.percentiles == asking.percentiles)
    asking.views = .flips
    #expect(asking.attuneOpinion() == nil, "it was not asked")
  }

  @Test func `nothing firm on either side stays as it is`() throws {
    let black = Image(width: 64, height: 64, bitDepth: 8, values: Array(repeating: 0, count: 4096))
    let asking = try Self.predictor(gain: 4, at: 0.5)
    asking.ask(try Self.predictor(gain: 4, at: 0.6))
    #expect(try asking.predict(black).mask.area == 0)
  }

  @Test(arguments: [true, false])
  func `a run says in its weights that it asks, keeps all it learnt, and names what is disputed`(
    asks: Bool
  ) throws {
    try TestCrops.withFolder { folder in
      let start = ToyNetwork.constant(
        true, try ToyLoop.training(ToyLoop.recipe()).parameters.stateDict)
      let samples = (40..<44).map { TestCrops.sample($0, side: 24) }
      let order = LabelledRun(
        recipe: Self.recipe(asks ? .auto : .none), samples: (0..<6).map { TestCrops.cropped($0) },
        start: start,
        unlabelled: UnlabelledImages(
          samples.map(\.key), read: { key in samples.first { $0.key == key }?.image }),
        checkpointInterval: 0, threads: 1)
      let run = ToyRun(order, in: folder)
      let files = RunFolder(id: "run", url: folder)
      #expect(WeightsNote(of: files.weightsFile)?.asksSecondOpinion == asks)
      let kept = try #require(run.outcome?.kept)
      let agreement = try #require(kept.agreement)
      #expect(agreement < 0.75 && kept.images == 4)
      #expect(kept.share == (asks ? 1 : StartAverage.share(at: agreement)))
    }
  }

  @Test func `a file's note says it, and one of before does not`() {
    var note = WeightsNote(architecture: .auraNet, size: 128, epoch: 3, seed: 4)
    #expect(WeightsNote(note.metadata) == note)
    note.asksSecondOpinion = true
    #expect(WeightsNote(note.metadata) == note && note.metadata["secondOpinion"] == "simulated")
  }

  @Test func `without the weights that come with the program flips are left`() throws {
    let asking = try Self.predictor(gain: 1, at: 0.5)
    try asking.askSecondOpinion()
    #expect(asking.views == (SimulatedWeights.file == nil ? .flips : .secondOpinion))
  }
}
