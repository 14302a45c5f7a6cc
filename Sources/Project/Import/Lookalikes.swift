internal import Imaging

/// Finds images that show the same place, such as neighbours of a time-lapse.
///
/// Two are alike where the correlation of their pictures at 32x32 is above 0.97. Of BU-BIL's data set 2 the
/// two frames that are one have 0.99, any other two 0.65 at most; of data set 1 no two have more than 0.95.
struct Lookalikes {
  private static let side = 32
  private static let threshold: Float = 0.97
  private var pictures: [[Float]] = []

  /// Takes the next image.
  ///
  /// - Returns: The place of the first image, counted from 0, that it is like.
  mutating func add(_ image: Image) -> Int? {
    let picture = Self.normalised(image.resized(width: Self.side, height: Self.side).values)
    let place = pictures.firstIndex { other in
      var sum: Float = 0
      for index in picture.indices { sum += picture[index] * other[index] }
      return sum > Self.threshold
    }
    pictures.append(picture)
    return place
  }

  /// Mean 0 and length 1, so that products are correlations; an even picture is like no other.
  private static func normalised(_ values: [Float]) -> [Float] {
    let mean = values.reduce(0, +) / Float(values.count)
    let centred = values.map { $0 - mean }
    let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? centred.map { $0 / length } : centred
  }
}
