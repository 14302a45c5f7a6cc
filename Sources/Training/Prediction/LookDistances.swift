/// How far images are apart in their looks: distances between vectors of features, each standardised over the images
/// first, so that every feature counts alike.
struct LookDistances: Equatable, Sendable {
  /// How many images there are.
  let count: Int
  /// Row by row, from each image to each.
  private let values: [Float]

  /// Measures all pairs of some vectors.
  ///
  /// - Precondition: they are of one length.
  init(_ features: [[Float]]) {
    let vectors = Self.standardized(features)
    let count = vectors.count
    var values = [Float](repeating: 0, count: count * count)
    for first in 0..<count {
      for second in 0..<first {
        let distance = Self.distance(vectors[first], vectors[second])
        values[first * count + second] = distance
        values[second * count + first] = distance
      }
    }
    (self.count, self.values) = (count, values)
  }

  /// The distance of two images, at least 0.
  subscript(first: Int, second: Int) -> Float { values[first * count + second] }

  /// The image nearest to the mean of all: whose squared distances to all have the least sum.
  var middle: Int? {
    func sum(_ image: Int) -> Float {
      (0..<count).reduce(0) { $0 + self[image, $1] * self[image, $1] }
    }
    let sums = (0..<count).map(sum)
    return sums.indices.min { sums[$0] < sums[$1] }
  }

  /// So many of the images most like one are its neighbours.
  static let neighbors = 5

  /// How far each image is from its neighbours, in the mean.
  var solitudes: [Float] {
    (0..<count).map { image in
      let others = (0..<count).filter { $0 != image }.map { self[image, $0] }
      let nearest = others.sorted().prefix(Self.neighbors)
      return nearest.isEmpty ? 0 : nearest.reduce(0, +) / Float(nearest.count)
    }
  }

  /// Vectors whose values have mean 0 and deviation 1 over all of them; what is the same in all is 0.
  static func standardized(_ features: [[Float]]) -> [[Float]] {
    guard let first = features.first else { return [] }
    precondition(features.allSatisfy { $0.count == first.count }, "vectors of different lengths")
    let count = Float(features.count)
    var (means, squares) = ([Float](repeating: 0, count: first.count), first.map { _ in Float(0) })
    for vector in features {
      for (place, value) in vector.enumerated() { means[place] += value / count }
    }
    for vector in features {
      for (place, value) in vector.enumerated() {
        let gap = value - means[place]
        squares[place] += gap * gap / count
      }
    }
    return features.map { vector in
      vector.indices.map { place in
        squares[place] > 0 ? (vector[place] - means[place]) / squares[place].squareRoot() : 0
      }
    }
  }

  private static func distance(_ first: [Float], _ second: [Float]) -> Float {
    var sum: Float = 0
    for place in first.indices {
      let gap = first[place] - second[place]
      sum += gap * gap
    }
    return sum.squareRoot()
  }
}
