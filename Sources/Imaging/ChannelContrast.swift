/// How much a channel looks like transmitted light, phase contrast above all, rather than fluorescence or
/// nothing.
///
/// In transmitted light cells are darker than the ground as well as brighter; in fluorescence nothing is
/// darker than the ground but its noise. So the ground is the densest quarter of the values, and what lies
/// farther below and above it than noise does is compared. A channel of noise alone has both sides, and its
/// neighbours are strangers: averaged over blocks of 4x4 noise goes out, and what is in an image stays.
public enum ChannelContrast {
  /// Which of some images of one field is the likeliest to be of transmitted light: of equals the first.
  ///
  /// - Precondition: there is an image.
  public static func likeliest(of images: [Image]) -> Int {
    precondition(!images.isEmpty, "no channel to choose from")
    let likeness = images.map(likeness)
    return likeness.indices.reduce(0) { likeness[$1] > likeness[$0] ? $1 : $0 }
  }

  /// 0 for a channel that is empty, saturated, noise, or dark but for bright places; up to 1 for one in
  /// transmitted light.
  ///
  /// Real images of four microscopes have 0.1 and more, simulated fluorescence of their cells 0.02 and less.
  static func likeness(_ image: Image) -> Double { balance(of: image) * structure(of: image) }

  /// 1 where values reach as far below the ground as above it, 0 where they lie on one side.
  private static func balance(of image: Image) -> Double {
    let values = means(of: image).sorted()
    guard let last = values.indices.last, last > 0 else { return 0 }
    let quarter = max(values.count / 4, 1)
    let start = (0...last - quarter).min {
      values[$0 + quarter] - values[$0] < values[$1 + quarter] - values[$1]
    }
    let ground = values[(start ?? 0)..<(start ?? 0) + quarter].reduce(0, +) / Double(quarter)
    // Of normal noise one in two hundred lies farther off on a side; a mean of four has half of it.
    let reach = 2.6 * noise(of: image) / 2
    let below = max(ground - values[last / 200] - reach, 0)
    let above = max(values[last - last / 200] - ground - reach, 0)
    return below + above > 0 ? 2 * min(below, above) / (below + above) : 0
  }

  /// Means of some blocks of 2x2 pixels, at most 65,536 spread over the image.
  private static func means(of image: Image) -> [Double] {
    let (columns, rows) = (image.width / 2, image.height / 2)
    let step = max(1, columns * rows / 65_536)
    return stride(from: 0, to: columns * rows, by: step).map { index in
      let corner = index / columns * 2 * image.width + index % columns * 2
      let pixels = [corner, corner + 1, corner + image.width, corner + image.width + 1]
      return pixels.reduce(0) { $0 + Double(image.values[$1]) } / 4
    }.filter(\.isFinite)
  }

  /// The standard deviation of noise, by how far pixels lie off the line between their neighbours.
  private static func noise(of image: Image) -> Double {
    guard image.width > 2 else { return 0 }
    let step = max(1, image.values.count / 65_536)
    let bends = stride(from: 1, to: image.values.count - 1, by: step)
      .filter { (1..<image.width - 1).contains($0 % image.width) }
      .map { index in
        let ends = Double(image.values[index - 1]) + Double(image.values[index + 1])
        return abs(Double(image.values[index]) - ends / 2)
      }.filter(\.isFinite).sorted()
    // The median of a normal distribution's sizes, and the weights 1, 1/2 and 1/2.
    return bends.isEmpty ? 0 : 1.4826 * bends[bends.count / 2] / 1.5.squareRoot()
  }

  /// How far neighbouring blocks differ against neighbouring pixels: 0 for noise, where it is a quarter, to 1
  /// for what is as coarse as blocks.
  private static func structure(of image: Image) -> Double {
    let side = 4
    let (columns, rows) = (image.width / side, image.height / side)
    guard columns > 1, rows > 0 else { return 0 }
    var (fine, fineCount, coarse, coarseCount) = (0.0, 0, 0.0, 0)
    for row in 0..<rows {
      var sums = [Double](repeating: 0, count: columns)
      for y in row * side..<(row + 1) * side {
        var before = image.values[y * image.width]
        for x in 0..<columns * side {
          let value = image.values[y * image.width + x]
          sums[x / side] += Double(value)
          fine += Double(abs(value - before))
          before = value
        }
        fineCount += columns * side - 1
      }
      for column in 1..<columns {
        coarse += abs(sums[column] - sums[column - 1]) / Double(side * side)
      }
      coarseCount += columns - 1
    }
    guard fine > 0, fine.isFinite, coarse.isFinite else { return 0 }
    let ratio = coarse / Double(coarseCount) / (fine / Double(fineCount))
    return min(max((ratio - 0.25) / 0.75, 0), 1)
  }
}
