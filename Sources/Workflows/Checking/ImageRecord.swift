public import Imaging
import Recipes

/// What an image is, and how it is read.
///
/// What is not known is nil: what takes pixels to know after a look at headers alone, and nearly all of an image
/// that cannot be read.
public struct ImageRecord: Equatable, Sendable, Encodable {
  /// The name of the image.
  public let image: String
  /// What is looked at on the axes of its file, such as `t3 z1 c0`.
  public var axes: String?
  /// Pixels in a row.
  public var width: Int?
  /// Its rows.
  public var height: Int?
  /// Bits that a sample has in the file.
  public var bits: Int?
  /// Whether samples are floating-point numbers.
  public var float: Bool?
  /// Whether it is in colours, of which the grey is looked at, or the one that is asked for.
  public var color: Bool?
  /// How many channels it has.
  public var channels: Int?
  /// The one that is looked at, from 0.
  public var channel: Int?
  /// What the file calls it.
  public var channelName: String?
  /// How many planes its file has.
  public var pages: Int?
  /// The length of a pixel's sides in micrometres.
  public var pixelSize: ImageContents.PixelSize?
  /// The values that become black and white.
  public var contrast: [Double]?
  /// What is known of its mask.
  public var mask: MaskRecord?
  /// What is odd, a short remark each.
  public var odd: [String] = []
  /// Why it cannot be read.
  public var failure: String?

  /// Nothing is known yet of an image.
  init(_ key: ImageKey) { image = key.text }

  /// Whether it and its mask can be read.
  public var isSound: Bool { failure == nil && mask?.failure == nil }

  /// What is odd, with what cannot be read.
  public var remarks: [String] { [failure, mask?.failure].compactMap(\.self) + odd }
}

/// What the mask of an image is, and how it is read.
public struct MaskRecord: Equatable, Sendable, Encodable {
  /// In what form a mask is kept.
  public enum Form: String, Sendable, Encodable {
    case accepted, picture, cells, outlines, array, coco
  }

  /// The path of its file, the first of several; none for one that is accepted in the project.
  public var file: String?
  /// The page of the file, from 1.
  public var page: Int?
  /// In what form it is kept.
  public let form: Form
  /// The part of the annotated pixels that is cell, 0...1.
  public var share: Double?
  /// The part of all pixels that nobody annotated, 0...1.
  public var unknown: Double?
  /// How many cells it tells apart, or how many pieces the cell pixels make that touch nowhere.
  public var objects: Int?
  /// Whether `objects` counts cells that have numbers of their own.
  public var labelled: Bool?
  /// Why it cannot be read.
  public var failure: String?

  init(_ form: Form) { self.form = form }
}
