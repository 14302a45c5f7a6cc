public import Imaging
public import Recipes

/// An image that sizes are tried on, which is read when it is looked at.
public struct SampledImage {
  /// Its own size.
  let width: Int
  let height: Int
  private let read: () throws -> (image: Image, truth: Annotation?)?

  /// Names an image of a size and what reads it, with what is annotated of it if that is known; what is not there any
  /// more is passed over.
  public init(
    width: Int, height: Int, read: @escaping () throws -> (image: Image, truth: Annotation?)?
  ) {
    (self.width, self.height, self.read) = (width, height, read)
  }

  /// The size of what is looked at to find the working size: all of it, or the middle of a large image.
  var part: (width: Int, height: Int) {
    let most = SizeFinder.largestSide
    return min(width, height) > most ? (most, most) : (width, height)
  }

  /// Reads it and cuts that part out.
  func readPart() throws -> (image: Image, truth: Annotation?)? {
    guard let (image, truth) = try read() else { return nil }
    let (width, height) = part
    guard image.width >= width, image.height >= height else { return (image, truth) }
    let (x, y) = ((image.width - width) / 2, (image.height - height) / 2)
    return (
      image.cropped(width: width, height: height),
      truth?.cropped(x: x, y: y, width: width, height: height)
    )
  }
}

extension Predictor {
  /// Finds the size to look at such images with: each is looked at once with every size.
  ///
  /// Images that cannot be read, or that there is not the memory for, are passed over, and so are sizes that there is
  /// not the memory for. The predictor goes on looking as it did before.
  ///
  /// - Parameters:
  ///   - images: A few of them; the largest are looked at in part.
  ///   - isStopped: Whether to end, asked before each look.
  ///   - progress: Told before each look how many of how many are done.
  /// - Returns: nil where stopped, or where no two sizes agree on any cell.
  public func findSize(
    in images: [SampledImage], isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) -> FoundSize? {
    let before = (size, referenceSide, views)
    defer { (size, referenceSide, views) = before }
    views = .one
    let sides = images.map { min($0.part.width, $0.part.height) }.sorted()
    guard !sides.isEmpty else { return nil }
    let typicalSide = sides[sides.count / 2]
    referenceSide = typicalSide
    let candidates = SizeFinder.candidates(side: typicalSide, least: network.smallest)
    let images = images.filter { image in candidates.first.map { holds(image, at: $0) } ?? false }
    let sizes = Array(
      candidates.prefix { size in images.allSatisfy { holds($0, at: size) } })
    guard sizes.count > 1 else { return nil }
    var looks = SizeLooks(sizes: sizes, referenceSide: typicalSide)
    for (index, image) in images.enumerated() {
      let row = look(at: image, with: sizes) { done in
        progress(index * sizes.count + done, images.count * sizes.count)
        return isStopped()
      }
      if isStopped() { return nil }
      if let row { looks.rows.append(row) }
    }
    return looks.found
  }

  /// Looks at an image once with each size; nil where it cannot be read or looked at, or as soon as `isStopped`,
  /// which is asked with the number of sizes that are done.
  private func look(
    at image: SampledImage, with sizes: [Int], isStopped: (Int) -> Bool
  ) -> SizeLooks.Row? {
    guard !isStopped(0), let (pixels, truth) = try? image.readPart() else { return nil }
    var row = SizeLooks.Row()
    var smaller: Mask?
    for (index, size) in sizes.enumerated() {
      if index > 0, isStopped(index) { return nil }
      self.size = size
      var seen: Prediction?
      let time = ContinuousClock().measure { seen = try? predict(pixels) }
      guard let seen else { return nil }
      // All pieces count: what debris is taken for at a size tells of that size.
      let found = SurePieces.all(
        of: seen.probabilities, width: pixels.width, height: pixels.height)
      if let smaller { row.pairs.append(SizeFinder.agreement(smaller, found)) }
      if let truth, truth.mask.area > 0 {
        let scores = Scores(prediction: found, truth: truth.mask, unknown: truth.unknown)
        row.ious.append(scores.iou)
      }
      row.areas.append(Array(seen.cells().areas.values))
      row.seconds.append(time / .seconds(1))
      smaller = found
    }
    return row
  }

  /// Whether there is the memory to hold an image and to look at its part with a size.
  private func holds(_ image: SampledImage, at size: Int) -> Bool {
    self.size = size
    var need = memory(width: image.part.width, height: image.part.height)
    let bytes = 12 * Double(image.width) * Double(image.height)
    need.total += bytes
    need.fresh += bytes
    return memoryLimit().holds(need)
  }

  /// Looks at images from now on with what was found for them, all scaled alike.
  ///
  /// - Throws: `TrainingError.workingSize` where the network cannot.
  public func look(with found: FoundSize) throws(TrainingError) {
    try look(with: found.size)
    referenceSide = found.referenceSide
  }

  /// Looks at images from now on with another size, to which the smallest side of each is scaled.
  ///
  /// - Throws: `TrainingError.workingSize` where the network cannot.
  public func look(with size: Int) throws(TrainingError) {
    try WorkingSize.check(size, least: network.smallest, most: WorkingSize.mostInPrediction)
    self.size = size
    referenceSide = nil
  }
}
