public import Basics
public import Foundation
public import Recipes
import Weights

/// What a weights file says about itself, so that it can be used without its recipe.
public struct WeightsNote: Equatable, Sendable {
  /// The network.
  public var architecture: Architecture
  /// The working size: pixels of the smallest side.
  public var size: Int
  /// The smallest side in pixels of the images that the size is meant for; nil where it is meant for every image.
  public var referenceSide: Int?
  /// The epoch that the weights are of.
  public var epoch: Int
  /// The run's seed.
  public var seed: UInt64
  /// What they learnt of cells besides the mask.
  public var objects = Recipe.Objects.none
  /// Between which percentiles the contrast of its images was spread.
  public var percentiles = Percentiles.usual
  /// Whether the weights that come with Aura are to look at images too.
  public var asksSecondOpinion = false

  /// The note as it stands in the file.
  var metadata: [String: String] {
    var note = [
      "format": "aura-weights-1", "architecture": architecture.rawValue, "size": String(size),
      "epoch": String(epoch), "seed": String(seed),
    ]
    if let referenceSide { note["referenceSide"] = String(referenceSide) }
    if objects != .none { note["objects"] = objects.rawValue }
    if percentiles != .usual { note["percentiles"] = percentiles.description }
    if asksSecondOpinion { note["secondOpinion"] = StartingWeights.simulated.text }
    return note
  }
}

extension WeightsNote {
  /// The note of a weights file, whose tensors are not read; none where it has none.
  public init?(of file: URL) {
    guard let metadata = Safetensors.metadata(of: file) else { return nil }
    self.init(metadata)
  }

  /// Reads the note of a weights file; none where no known network and its size are said.
  public init?(_ metadata: [String: String]) {
    guard let architecture = metadata["architecture"].flatMap(Architecture.init),
      let size = metadata["size"].flatMap(Int.init)
    else { return nil }
    self.init(
      architecture: architecture, size: size,
      referenceSide: metadata["referenceSide"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil },
      epoch: metadata["epoch"].flatMap(Int.init) ?? 0,
      seed: metadata["seed"].flatMap(UInt64.init) ?? 0,
      objects: metadata["objects"].flatMap(Recipe.Objects.init) ?? .none,
      percentiles: metadata["percentiles"].flatMap { Percentiles($0) } ?? .usual,
      asksSecondOpinion: metadata["secondOpinion"] == StartingWeights.simulated.text)
  }
}
