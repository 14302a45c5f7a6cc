import Foundation

extension ROI {
  /// How a file begins.
  static let magic: [UInt8] = Array("Iout".utf8)

  /// Where things lie, as ImageJ's `RoiDecoder` documents it.
  private enum Place {
    static let version = 4
    static let kind = 6
    static let top = 8
    static let count = 16
    static let floats = 18
    static let shapeSize = 36
    static let subkind = 48
    static let options = 50
    static let ratio = 52
    static let cornerSize = 54
    static let position = 56
    static let secondHeader = 60
    static let coordinates = 64
    /// In the second header.
    static let channel = 4
    static let nameOffset = 16
  }

  private enum Kind: Int {
    case polygon, rectangle, oval, line, freeLine, polyline, none, freehand, traced, angle, point
  }

  private enum Subkind: Int { case text = 1, arrow, ellipse, image, rotatedRectangle }

  private static let isSpline = 1
  private static let hasFractions = 128

  /// Reads a ROI, which has the `name` given where it does not say one itself; nil for lines, points, texts and
  /// pictures, which outline no area.
  static func decode(_ bytes: [UInt8], name: String) throws(ROIFault) -> ROI? {
    guard bytes.starts(with: magic) else { throw .noROI }
    let bytes = ROIBytes(bytes: bytes)
    guard let shape = try shape(bytes) else { return nil }
    let header = try bytes.int(at: Place.secondHeader)
    var position = ROIPosition(index: max(0, try bytes.int(at: Place.position)))
    guard header > 0 else { return ROI(name: name, position: position, shape: shape) }
    position.channel = max(0, try bytes.int(at: header + Place.channel))
    position.slice = max(0, try bytes.int(at: header + Place.channel + 4))
    position.frame = max(0, try bytes.int(at: header + Place.channel + 8))
    let own = bytes.text(
      at: try bytes.int(at: header + Place.nameOffset),
      count: try bytes.int(at: header + Place.nameOffset + 4))
    return ROI(name: own ?? name, position: position, shape: shape)
  }

  private static func shape(_ bytes: ROIBytes) throws(ROIFault) -> Shape? {
    let number = try bytes.byte(at: Place.kind)
    guard let kind = Kind(rawValue: number) else { throw .kind(number) }
    let subkind = Subkind(rawValue: try bytes.short(at: Place.subkind))
    let path = try bytes.int(at: Place.shapeSize)
    if path > 0 { return .outlines(try outlines(ofPath: path, bytes)) }
    switch kind {
    case .rectangle where subkind == .text || subkind == .image: return nil
    case .rectangle: return .outlines([try rectangle(bytes)])
    case .oval:
      let box = try box(bytes)
      return .oval(x: box.x, y: box.y, width: box.width, height: box.height)
    case .freehand where subkind == .ellipse: return .outlines([try ellipse(bytes)])
    case .polygon, .freehand, .traced: return .outlines([try polygon(bytes)])
    case .line, .freeLine, .polyline, .none, .angle, .point: return nil
    }
  }

  /// Whether coordinates have fractions, which versions before the one given do not.
  private static func hasFractions(_ bytes: ROIBytes, since: Int) throws(ROIFault) -> Bool {
    let version = try bytes.short(at: Place.version)
    let options = try bytes.short(at: Place.options)
    return version >= since && options & hasFractions != 0
  }

  /// The box of a rectangle or an oval; ImageJ takes one with fractions for the whole pixels.
  private static func box(
    _ bytes: ROIBytes
  ) throws(ROIFault) -> (x: Int, y: Int, width: Int, height: Int) {
    guard try hasFractions(bytes, since: 223) else {
      let (top, left) = (try bytes.short(at: Place.top), try bytes.short(at: Place.top + 2))
      let (bottom, right) = (
        try bytes.short(at: Place.top + 4), try bytes.short(at: Place.top + 6)
      )
      return (left, top, max(0, right - left), max(0, bottom - top))
    }
    let width = try bytes.float(at: Place.floats + 8).rounded(.up)
    let height = try bytes.float(at: Place.floats + 12).rounded(.up)
    return (
      Int(try bytes.float(at: Place.floats)), Int(try bytes.float(at: Place.floats + 4)),
      max(0, Int(width)), max(0, Int(height))
    )
  }

  /// A rectangle, its corners rounded where it has a size for them.
  private static func rectangle(_ bytes: ROIBytes) throws(ROIFault) -> [SIMD2<Double>] {
    let box = try box(bytes)
    let (x, y) = (Double(box.x), Double(box.y))
    let (width, height) = (Double(box.width), Double(box.height))
    let corner = Double(max(0, try bytes.short(at: Place.cornerSize))) / 2
    let (across, down) = (min(corner, width / 2), min(corner, height / 2))
    var path = CurvePath()
    path.move(to: SIMD2(x + width, y + down))
    // Bézier's curve that comes nearest to a quarter of a circle.
    let hold = 1 - 4.0 / 3 * (2.0.squareRoot() - 1)
    for (right, lower) in [(1.0, 1.0), (0, 1), (0, 0), (1, 0)] {
      let tip = SIMD2(x + right * width, y + lower * height)
      let inward = SIMD2(across * (1 - 2 * right), down * (1 - 2 * lower))
      let (upright, level) = (tip + SIMD2(0, inward.y), tip + SIMD2(inward.x, 0))
      let (start, end) = right == lower ? (upright, level) : (level, upright)
      _ = path.line(to: start)
      _ = path.curve(over: [tip + (start - tip) * hold, tip + (end - tip) * hold], to: end)
    }
    return path.outlines[0]
  }

  /// An ellipse between the ends of its longer axis, as ImageJ's 72 corners.
  private static func ellipse(_ bytes: ROIBytes) throws(ROIFault) -> [SIMD2<Double>] {
    var numbers: [Double] = []
    for place in 0..<4 { numbers.append(Double(try bytes.float(at: Place.floats + 4 * place))) }
    let ratio = min(max(Double(try bytes.float(at: Place.ratio)), 0), 1)
    let (start, end) = (SIMD2(numbers[0], numbers[1]), SIMD2(numbers[2], numbers[3]))
    let half = (end - start) / 2
    return (0..<72).map { corner in
      let angle = Double(corner) * 5 / 180 * Double.pi
      let across = SIMD2(-half.y, half.x) * ratio
      let point = (start + end) / 2 + half * cos(angle) + across * sin(angle)
      return SIMD2(Double(Float(point.x)), Double(Float(point.y)))
    }
  }

  private static func polygon(_ bytes: ROIBytes) throws(ROIFault) -> [SIMD2<Double>] {
    var count = try bytes.unsignedShort(at: Place.count)
    if count == 0 { count = try bytes.int(at: Place.floats) }
    let hasFractions = try hasFractions(bytes, since: 222)
    let size = hasFractions ? 12 : 4
    guard count > 0, count <= (bytes.count - Place.coordinates) / size else { throw .end }
    var corners: [SIMD2<Float>] = []
    let (top, left) = (try bytes.short(at: Place.top), try bytes.short(at: Place.top + 2))
    for place in 0..<count {
      if hasFractions {
        let x = Place.coordinates + 4 * (count + place)
        corners.append(SIMD2(try bytes.float(at: x), try bytes.float(at: x + 4 * count)))
      } else {
        let x = Place.coordinates + 2 * place
        let (right, down) = (try bytes.short(at: x), try bytes.short(at: x + 2 * count))
        corners.append(SIMD2(Float(left + max(0, right)), Float(top + max(0, down))))
      }
    }
    let options = try bytes.short(at: Place.options)
    guard options & isSpline != 0, corners.count >= 3 else {
      return corners.map { SIMD2(Double($0.x), Double($0.y)) }
    }
    guard let points = ClosedSpline.points(through: corners) else { throw .intricate }
    return points
  }

  /// The path of a composite: numbers of which each piece's first says what it is.
  private static func outlines(
    ofPath count: Int, _ bytes: ROIBytes
  ) throws(ROIFault) -> [[SIMD2<Double>]] {
    guard count <= (bytes.count - Place.coordinates) / 4 else { throw .end }
    let end = Place.coordinates + 4 * count
    var path = CurvePath()
    var place = Place.coordinates
    while place < end {
      let pieces = [0: 1, 1: 1, 2: 2, 3: 3, 4: 0]
      let kind = Int(try bytes.float(at: place))
      guard let points = pieces[kind], place + 4 + 8 * points <= end else {
        throw .segment(byte: place)
      }
      var at: [SIMD2<Double>] = []
      for point in 0..<points {
        let x = place + 4 + 8 * point
        at.append(SIMD2(Double(try bytes.float(at: x)), Double(try bytes.float(at: x + 4))))
      }
      guard path.take(kind, at) else { throw .segment(byte: place) }
      place += 4 + 8 * points
    }
    return path.outlines
  }
}

extension CurvePath {
  /// Takes a piece of a path by Java's number for its kind; false where it makes no sense there.
  fileprivate mutating func take(_ kind: Int, _ points: [SIMD2<Double>]) -> Bool {
    switch (kind, points.count) {
    case (0, 1): move(to: points[0])
    case (1, 1): return line(to: points[0])
    case (2, 2): return curve(over: [points[0]], to: points[1])
    case (3, 3): return curve(over: [points[0], points[1]], to: points[2])
    case (4, 0): return close()
    default: return false
    }
    return true
  }
}
