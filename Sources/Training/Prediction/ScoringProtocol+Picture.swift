public import Imaging
public import Project

extension ScoringProtocol {
  /// A labelled image as this protocol scores it: its contrast stretched to 0...1, and its mask.
  ///
  /// - Parameters:
  ///   - sample: The whole image and its mask.
  ///   - size: The network's working size, the side of the paper's square.
  /// - Returns: Both in one size: the image's own, or `size`.
  public func picture(of sample: Sample, size: Int) -> (image: Image, mask: Mask) {
    switch self {
    case .own:
      return (sample.image.stretched(), sample.mask)
    case .paper:
      let crop = Crop(of: sample.image, mask: sample.mask, side: size)
      return (
        Image(width: size, height: size, bitDepth: 32, values: crop.image),
        Mask(width: size, height: size, pixels: crop.mask.map { $0 > 0.5 ? 1 : 0 })
      )
    }
  }
}
