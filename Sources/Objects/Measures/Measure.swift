import Imaging

/// One quantity of a cell: what it is called, what it is counted in, and where it stands in ``CellMeasures``.
///
/// Tables, histograms and scatter plots know ``all`` of them by this alone, so that a new one is an entry there.
public struct Measure: Sendable {
  /// What a quantity is counted in, and with it whether it grows with the size of pixels.
  public enum Unit: Sendable {
    /// Nothing: shares, counts, numbers, places of pixels.
    case none
    /// Pixels, or micrometres.
    case length
    /// Pixels, or square micrometres.
    case area
    /// The image's grey values.
    case intensity
    /// Radians.
    case angle
  }

  /// What a file's column of it is called; the names of scikit-image's `regionprops` where it has them.
  public let name: String
  /// What screens and figures call it.
  public let title: String
  /// What it is counted in.
  public let unit: Unit
  /// Whether a mean over cells says something of them: not of numbers, places and angles.
  let isAveraged: Bool
  private let field: @Sendable (CellMeasures) -> Field?

  /// A value as it is printed: whole numbers without a point.
  private enum Field {
    case whole(Int)
    case real(Double)
  }

  /// A quantity that is a whole number.
  init(
    _ name: String, _ title: String, _ unit: Unit, averaged: Bool = true,
    _ path: any KeyPath<CellMeasures, Int> & Sendable
  ) {
    self.init(name, title, unit, averaged) { .whole($0[keyPath: path]) }
  }

  /// A quantity that every cell has.
  init(
    _ name: String, _ title: String, _ unit: Unit, averaged: Bool = true,
    _ path: any KeyPath<CellMeasures, Double> & Sendable
  ) {
    self.init(name, title, unit, averaged) { .real($0[keyPath: path]) }
  }

  /// A quantity that not every cell has.
  init(
    _ name: String, _ title: String, _ unit: Unit, averaged: Bool = true,
    _ path: any KeyPath<CellMeasures, Double?> & Sendable
  ) {
    self.init(name, title, unit, averaged) { $0[keyPath: path].map(Field.real) }
  }

  private init(
    _ name: String, _ title: String, _ unit: Unit, _ isAveraged: Bool,
    _ field: @escaping @Sendable (CellMeasures) -> Field?
  ) {
    (self.name, self.title, self.unit, self.isAveraged) = (name, title, unit, isAveraged)
    self.field = field
  }

  /// Its value in pixels, grey values or radians; nil where the cell has none.
  public func value(of cell: CellMeasures) -> Double? {
    switch field(cell) {
    case .whole(let number): Double(number)
    case .real(let number): number
    case nil: nil
    }
  }

  /// Its value in micrometres or square micrometres; nil where it is no length or area, or the size does not say
  /// how long it is.
  func value(of cell: CellMeasures, at size: ImageContents.PixelSize) -> Double? {
    guard let factor = unit.factor(size), let value = value(of: cell) else { return nil }
    return factor * value
  }

  /// Its value in the fewest digits that read back to the same number; blank where the cell has none.
  func text(of cell: CellMeasures) -> String {
    switch field(cell) {
    case .whole(let number): number.description
    case .real(let number): number.description
    case nil: ""
    }
  }

  /// What an axis says of it: `Area (µm²)`.
  func axisTitle(inMicrometres: Bool = false) -> String {
    let sign = unit.sign(inMicrometres: inMicrometres)
    return sign.isEmpty ? title : "\(title) (\(sign))"
  }
}

extension Measure.Unit {
  /// What the name of a column of micrometres ends with; nil for what is not counted in them.
  var suffix: String? {
    switch self {
    case .length: "_um"
    case .area: "_um2"
    case .none, .intensity, .angle: nil
    }
  }

  /// What turns pixels into micrometres or square micrometres; nil where it is no length or area.
  ///
  /// A length may lie in any direction: it is known only where a pixel is as wide as high within a hundredth.
  func factor(_ size: ImageContents.PixelSize) -> Double? {
    switch self {
    case .length:
      abs(size.x - size.y) <= 0.01 * max(size.x, size.y) ? (size.x + size.y) / 2 : nil
    case .area: size.x * size.y
    case .none, .intensity, .angle: nil
    }
  }

  fileprivate func sign(inMicrometres: Bool) -> String {
    switch self {
    case .length: inMicrometres ? "µm" : "px"
    case .area: inMicrometres ? "µm²" : "px²"
    case .angle: "rad"
    case .none, .intensity: ""
    }
  }
}
