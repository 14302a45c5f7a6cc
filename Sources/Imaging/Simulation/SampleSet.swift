public import Foundation

/// A folder of simulated pictures with masks, as `Samples/` is one and `aura simulate` writes them.
///
/// Picture `index` of a set depends on the seed and its index alone, so a set can be made longer, or
/// with more of its masks, without any picture changing.
public struct SampleSet: Equatable, Sendable {
  /// Kinds of files.
  public enum Format: String, CaseIterable, Sendable {
    /// All four by turns.
    case mixed
    /// PNG, 8 bits.
    case png8
    /// TIFF, 16 bits.
    case tiff16
    /// PNG, 16 bits.
    case png16
    /// TIFF, 8 bits.
    case tiff8

    fileprivate var isPNG: Bool { self == .png8 || self == .png16 }
    fileprivate var bitDepth: Int { self == .png8 || self == .tiff8 ? 8 : 16 }
  }

  /// A picture as the files that hold it, with paths relative to the set's folder.
  public struct Picture: Equatable, Sendable {
    /// `sim-01.png`, `sim-02.tif`, ...
    public let path: String
    /// The image's file.
    public let image: Data
    /// `masks/sim-01.png`, ...
    public let maskPath: String
    /// The mask's file, if the set gives this mask.
    public let mask: Data?
  }

  /// How many pictures.
  public var count: Int
  /// Pixels in a row, and rows.
  public var size: Int
  /// Names the set.
  public var seed: UInt64
  /// How many pictures, from the first on, get their mask; the others are left to be labelled.
  public var labelled: Int
  /// The kind of files.
  public var format: Format
  /// What the pictures may be like.
  public var settings: SimulationSettings
  /// Whether a mask is a label image (see ``LabelFile``) rather than one of cell and ground.
  public var tellsCellsApart = false

  /// Describes a set; without `labelled` every picture gets its mask.
  public init(
    count: Int, size: Int = 256, seed: UInt64, labelled: Int? = nil, format: Format = .mixed,
    settings: SimulationSettings = SimulationSettings()
  ) {
    self.count = count
    self.size = size
    self.seed = seed
    self.labelled = labelled ?? count
    self.format = format
    self.settings = settings
  }

  /// Makes the picture at an index from 0.
  public func picture(at index: Int) -> Picture {
    let format = format(at: index)
    let (image, cells) = Simulator(settings).picture(
      seed: seed(at: index), size: size, bitDepth: format.bitDepth)
    let mask = { tellsCellsApart ? LabelFile.encode(cells) : MaskFile.encode(cells.mask) }
    return Picture(
      path: path(at: index),
      image: format.isPNG
        ? PNG.encode(image, bitDepth: format.bitDepth)
        : TIFF.encode(image, bitDepth: format.bitDepth),
      maskPath: maskPath(at: index),
      mask: index < labelled ? mask() : nil)
  }

  /// The pixels of the picture at an index from 0, and its mask.
  public func pixels(at index: Int) -> (image: Image, mask: Mask) {
    Simulator(settings).image(
      seed: seed(at: index), size: size, bitDepth: format(at: index).bitDepth)
  }

  private func seed(at index: Int) -> UInt64 { seed &* 1_000_003 &+ UInt64(index) }

  /// The path of the picture at an index from 0, relative to the set's folder.
  public func path(at index: Int) -> String {
    stem(at: index) + (format(at: index).isPNG ? ".png" : ".tif")
  }

  /// The path of the mask of the picture at an index from 0, relative to the set's folder.
  public func maskPath(at index: Int) -> String { "masks/\(stem(at: index)).png" }

  private func stem(at index: Int) -> String { String(format: "sim-%02d", index + 1) }

  private func format(at index: Int) -> Format {
    format == .mixed ? Self.turns[index % Self.turns.count] : format
  }

  private static let turns: [Format] = [.png8, .tiff16, .png16, .tiff8]
}
