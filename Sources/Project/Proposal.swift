public import Recipes

/// A line of `proposals.jsonl`: cells that a network proposed for an image; the newest counts.
public struct Proposal: Codable, Equatable, Sendable {
  /// The image.
  public var image: ImageKey
  /// Mean binary entropy of the probabilities, 0...1.
  public var uncertainty: Double
  /// The IoU that its mask is estimated to have with the true one, 0...1; nil in lines from before it was estimated.
  public var quality: Double?
  /// The run whose weights proposed it, or `simulated` or a file before the first run.
  public var run: String
  /// Seconds since 1970.
  public var time: Double
  /// How many cells are proposed; nil in lines from before they were counted.
  public var cells: Int?

  /// Makes a line.
  public init(
    image: ImageKey, uncertainty: Double, quality: Double? = nil, run: String, time: Double,
    cells: Int? = nil
  ) {
    self.image = image
    self.uncertainty = uncertainty
    self.quality = quality
    self.run = run
    self.time = time
    self.cells = cells
  }
}
