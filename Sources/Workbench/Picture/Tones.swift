import Imaging

/// The greys between which most of a picture lies.
///
/// Few dots show few greys, and the whole range would spend most of them on specks: what is darker or
/// brighter than nearly all of the picture is blank or full.
struct Tones: Equatable, Sendable {
  private let low: Double
  private let high: Double

  /// From the 4 to the 96 percentile of a small copy, narrower or wider by steps of contrast.
  init?(_ picture: GreyPyramid, steps: Int) {
    guard let pixels = picture.levels.last?.pixels.sorted(), let last = pixels.indices.last else {
      return nil
    }
    let ends = (Double(pixels[last * 4 / 100]), Double(pixels[last * 96 / 100]))
    guard ends.0 < ends.1 else { return nil }
    var half = (ends.1 - ends.0) / 2
    for _ in 0..<abs(steps) { half *= steps < 0 ? 0.8 : 1.25 }
    low = (ends.0 + ends.1) / 2 - half
    high = (ends.0 + ends.1) / 2 + half
  }

  /// A grey within the whole range.
  func stretched(_ grey: UInt8) -> UInt8 {
    UInt8(max(0, min(255, (Double(grey) - low) / (high - low) * 255)))
  }
}
