import Basics
import Imaging

/// An image with its picture at a contrast.
///
/// Making one looks at every pixel, for tenths of a second where there are many: the host does it, away
/// from the keys.
public struct ShownImage: Equatable, Sendable {
  /// The pixels.
  let image: Image
  /// The contrast of the picture.
  private(set) var contrast: Contrast
  /// What the screen shows.
  private(set) var picture: GreyPyramid
  /// What is black and white unless keys say otherwise, and what took no part in that.
  let window: ContrastWindow
  private let stretched: ClosedRange<Float>
  private let full: ClosedRange<Float>

  /// Measures an image and stretches it.
  init(_ image: Image, contrast: Contrast = Contrast(), percentiles: Percentiles = .usual) {
    self.image = image
    self.contrast = contrast
    window = ContrastWindow(of: image, percentiles: percentiles, isSampled: true)
    (stretched, full) = (image.range(of: window), image.fullRange)
    picture = GreyPyramid(image, range: contrast.range(stretched: stretched, full: full))
  }

  /// The image stretched anew, its ranges being known.
  public func shown(with contrast: Contrast) -> ShownImage {
    guard contrast != self.contrast else { return self }
    var shown = self
    shown.contrast = contrast
    shown.picture = GreyPyramid(image, range: range(with: contrast))
    return shown
  }

  /// What is black and white at a contrast: `window 312...2107`.
  func windowText(with contrast: Contrast) -> String {
    let range = range(with: contrast)
    func text(_ value: Float) -> String {
      NumberText.compact(Double(image.bitDepth <= 16 ? value.rounded() : value))
    }
    return "window \(text(range.lowerBound))...\(text(range.upperBound))"
  }

  private func range(with contrast: Contrast) -> ClosedRange<Float> {
    contrast.range(stretched: stretched, full: full)
  }

  /// What the picture's greys are at another contrast, as far as they tell; nil at its own.
  ///
  /// It bridges the time until the host has stretched the image's values.
  func greys(with contrast: Contrast) -> [UInt8]? {
    guard contrast != self.contrast else { return nil }
    let (from, to) = (range(with: self.contrast), range(with: contrast))
    let step = (from.upperBound - from.lowerBound) / 255
    let scale = 255 / max(to.upperBound - to.lowerBound, .leastNormalMagnitude)
    return (0...255).map { grey in
      let value = from.lowerBound + (Float(grey) + 0.5) * step
      let shown = (value - to.lowerBound) * scale
      return shown >= 255 ? 255 : shown > 0 ? UInt8(shown) : 0
    }
  }
}

/// Content of which an image is shown.
protocol ShowsImage: Equatable, Sendable {
  /// The image.
  var shown: ShownImage { get set }
}
