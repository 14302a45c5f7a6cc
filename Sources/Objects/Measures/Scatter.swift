public import Imaging

/// Two measures of each cell of some images, as points of a plot.
public struct Scatter: Sendable {
  /// One cell.
  public struct Point: Equatable, Sendable {
    /// The measure across.
    public let x: Double
    /// The measure upwards.
    public let y: Double
    /// Which of the images it is in.
    public let image: Int
    /// Its number there.
    public let label: LabelImage.Label
  }

  /// What the axis across says.
  public let xTitle: String
  /// What the axis upwards says.
  public let yTitle: String
  /// The cells that have both, image by image, in the order of their numbers.
  public let points: [Point]

  /// Looks up two measures, where asked for in micrometres; images whose pixels' size is not known are then left out.
  public init(
    _ images: [MeasuredImage], x: Measure, y: Measure, inMicrometres: Bool = false
  ) {
    (xTitle, yTitle) = (
      x.axisTitle(inMicrometres: inMicrometres), y.axisTitle(inMicrometres: inMicrometres)
    )
    points = images.enumerated().flatMap { place, image in
      image.cells.compactMap { cell in
        guard let across = image.value(x, of: cell, inMicrometres: inMicrometres),
          let upwards = image.value(y, of: cell, inMicrometres: inMicrometres)
        else { return nil }
        return Point(x: across, y: upwards, image: place, label: cell.label)
      }
    }
  }

  /// The values across; nil without a point.
  public var xRange: ClosedRange<Double>? {
    let values = points.map(\.x)
    guard let least = values.min(), let greatest = values.max() else { return nil }
    return least...greatest
  }
}
