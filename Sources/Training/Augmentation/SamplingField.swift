/// Where each output pixel looks in its source: what all moves together come to, looked up once.
///
/// Places are in pixels, whole at pixel centres. What lies outside is the picture reflected at its borders.
/// Each move is made in the picture that the moves after it see.
struct SamplingField: Equatable {
  /// Pixels in a row, and rows.
  let side: Int
  /// `side * side` source columns.
  private(set) var columns: [Float]
  /// `side * side` source rows.
  private(set) var rows: [Float]

  /// Every pixel looks at its own place.
  init(side: Int) {
    self.side = side
    let places = (0..<side).map(Float.init)
    columns = (0..<side).flatMap { _ in places }
    rows = places.flatMap { Array(repeating: $0, count: side) }
  }

  /// Looks so many pixels beside each place.
  ///
  /// - Precondition: both have `side * side` values.
  mutating func displace(columns dx: [Float], rows dy: [Float]) {
    precondition(dx.count == columns.count && dy.count == rows.count, "\(dx.count) for \(side)")
    for index in columns.indices {
      columns[index] += dx[index]
      rows[index] += dy[index]
    }
  }

  /// Looks elsewhere, place by place.
  mutating func map(_ move: (_ column: Float, _ row: Float) -> (column: Float, row: Float)) {
    for index in columns.indices {
      (columns[index], rows[index]) = move(columns[index], rows[index])
    }
  }

  /// Looks up the image between its pixels (bilinear), all else at the nearest one.
  ///
  /// - Parameter crop: Any; what is larger than the field is seen around the square that the field starts with.
  /// - Returns: a square of the field's side.
  func applied(to crop: Crop) -> Crop {
    var image: [Float] = []
    image.reserveCapacity(columns.count)
    var nearest: [Int] = []
    nearest.reserveCapacity(columns.count)
    for index in columns.indices {
      let x = Self.reflected(columns[index], crop.width)
      let y = Self.reflected(rows[index], crop.height)
      image.append(Self.bilinear(crop, x, y))
      nearest.append(
        Int(y.rounded(.toNearestOrEven)) * crop.width + Int(x.rounded(.toNearestOrEven)))
    }
    return crop.picked(nearest, image: image, width: side, height: side)
  }

  /// A place reflected at the outer borders and held within the pixel centres.
  private static func reflected(_ place: Float, _ side: Int) -> Float {
    let extent = Float(side)
    guard place < 0 || place > extent - 1 else { return place }
    let distance = abs(place + 0.5)
    let turns = (distance / extent).rounded(.down)
    let rest = distance - turns * extent
    let isForward = turns.truncatingRemainder(dividingBy: 2) == 0
    return min(max(isForward ? rest - 0.5 : extent - rest - 0.5, 0), extent - 1)
  }

  private static func bilinear(_ crop: Crop, _ x: Float, _ y: Float) -> Float {
    let (plane, side) = (crop.image, crop.width)
    let left = Int(x)
    let top = Int(y)
    let right = min(left + 1, side - 1)
    let bottom = min(top + 1, crop.height - 1)
    let shareX = x - Float(left)
    let shareY = y - Float(top)
    let above = plane[top * side + left] * (1 - shareX) + plane[top * side + right] * shareX
    let below = plane[bottom * side + left] * (1 - shareX) + plane[bottom * side + right] * shareX
    return above * (1 - shareY) + below * shareY
  }
}
