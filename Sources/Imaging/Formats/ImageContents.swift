/// What a file of pictures holds, as its headers say it, before a pixel is decoded.
public struct ImageContents: Equatable, Sendable {
  /// A plane of pixels in a file, which can be an image.
  ///
  /// Its place in the list of planes is the `page` that ``ImageFile`` takes.
  public struct Plane: Equatable, Sendable {
    /// Its frame, from 0; nil where the file has no such axis.
    public let time: Int?
    /// Its slice, from 0; nil where the file has no such axis.
    public let depth: Int?
    /// Its channel, from 0; nil where the file has no such axis.
    public let channel: Int?

    /// Places a plane.
    public init(time: Int? = nil, depth: Int? = nil, channel: Int? = nil) {
      (self.time, self.depth, self.channel) = (time, depth, channel)
    }

    /// `t3 z1 c0`, the axes that there are; empty for none.
    public var text: String {
      [("t", time), ("z", depth), ("c", channel)]
        .compactMap { name, place in place.map { "\(name)\($0)" } }.joined(separator: " ")
    }
  }

  /// The length of a pixel's sides in micrometres.
  public struct PixelSize: Equatable, Hashable, Sendable, Codable {
    /// Across.
    public let x: Double
    /// Down.
    public let y: Double

    /// A size of more than 0 and finite both ways; nil for any other.
    public init?(x: Double, y: Double) {
      guard x > 0, y > 0, x.isFinite, y.isFinite else { return nil }
      (self.x, self.y) = (x, y)
    }
  }

  /// Pixels in a row of the first plane.
  public var width: Int
  /// Its rows.
  public var height: Int
  /// Bits a sample has in the file.
  public var bits: Int
  /// Whether samples are floating-point numbers.
  public var isFloat = false
  /// Whether a plane is a picture in red, green and blue, of which each can be read alone.
  public var isColor = false
  /// What can be an image, in the file's order: one at least.
  ///
  /// Thumbnails, reduced copies and transparency are not among them.
  public var planes: [Plane]
  /// What the file calls its channels, in their order; empty where it does not say.
  public var channelNames: [String] = []
  /// What it says of the size of its pixels; nil where it does not say, or in no unit of length.
  public var pixelSize: PixelSize?
  /// Whether its compression has changed the pixels.
  public var isLossy = false
  /// What is odd about it, a line each without the file's name: reduced pages left out, a stack cut short.
  public var remarks: [String] = []

  /// A file of so many planes of one size that says nothing else.
  public init(width: Int, height: Int, bits: Int, planes: [Plane] = [Plane()]) {
    (self.width, self.height, self.bits, self.planes) = (width, height, bits, planes)
  }
}
