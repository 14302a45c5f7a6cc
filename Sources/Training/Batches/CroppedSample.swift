import Basics
import Imaging
public import Recipes

/// A labelled image as a run holds it: what is trained on of it, scaled.
public struct CroppedSample: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  let crop: Crop
}

extension CroppedSample {
  /// Takes what a recipe trains on out of a labelled image, which is not needed afterwards: the square in the middle,
  /// or where patches are cut out of it all of it, as far as `Crop.largestSide` goes.
  ///
  /// - Throws: `TrainingError.workingSize` for a side that no network is trained at.
  public init(_ sample: Sample, for recipe: Recipe) throws(TrainingError) {
    try WorkingSize.check(recipe.size)
    key = sample.key
    crop = Crop(of: sample, for: recipe)
  }
}

extension Crop {
  /// The longest side in pixels of a crop that patches are cut out of; of what is longer the middle is kept.
  static let largestSide = 1536

  /// What a recipe trains on of a labelled image.
  init(of sample: Sample, for recipe: Recipe) {
    self.init(
      of: sample.image, mask: sample.mask, unknown: sample.unknown, cells: sample.cells,
      frame: CropFrame(width: sample.image.width, height: sample.image.height, for: recipe),
      percentiles: recipe.percentiles)
  }

  /// What a recipe would train on of an image.
  init(of image: Image, for recipe: Recipe) {
    self.init(
      of: image, mask: nil, frame: CropFrame(width: image.width, height: image.height, for: recipe),
      percentiles: recipe.percentiles)
  }
}

/// Which part of an image a crop shows, and how large.
struct CropFrame: Equatable, Sendable {
  // The part in the middle of the image, in the image's pixels.
  let partWidth: Int
  let partHeight: Int
  /// To how many pixels the part's smallest side is scaled.
  let smallestSide: Int
  // What is kept then, again in the middle.
  let width: Int
  let height: Int

  /// The square in the middle, to whose side the smallest side is scaled.
  ///
  /// Of a strip longer than four squares only the two in the middle are scaled, so that memory is bounded
  /// by the side.
  init(width: Int, height: Int, square side: Int) {
    let short = min(width, height)
    func length(_ whole: Int) -> Int {
      // As even or odd as the whole, so that both have the same middle.
      whole <= 4 * short ? whole : 2 * short + (whole & 1)
    }
    (partWidth, partHeight) = (length(width), length(height))
    smallestSide = side
    (self.width, self.height) = (side, side)
  }

  /// All of an image, at least `least` pixels a side and at most `Crop.largestSide`.
  init(width: Int, height: Int, smallestSide side: Int, least: Int) {
    let short = min(width, height)
    let side = max(side, least)
    let factor = Double(side) / Double(short)
    let most = max(Crop.largestSide, least)
    func part(_ whole: Int) -> Int {
      let enough = Int((Double(most) / factor).rounded(.up)) + 2
      return whole <= enough ? whole : enough + ((whole - enough) & 1)
    }
    (partWidth, partHeight) = (part(width), part(height))
    smallestSide = max(least, Int((Double(min(partWidth, partHeight)) * factor).rounded()))
    let scaled = Image.size(width: partWidth, height: partHeight, smallestSide: smallestSide)
    (self.width, self.height) = (min(most, scaled.width), min(most, scaled.height))
  }

  /// What a recipe trains on of an image of a size.
  init(width: Int, height: Int, for recipe: Recipe) {
    guard recipe.usesPatches else {
      self.init(width: width, height: height, square: recipe.size)
      return
    }
    let short = min(width, height)
    let side =
      recipe.referenceSide.map { WorkingSize.scaled(recipe.size, from: $0, to: short) }
      ?? recipe.size
    self.init(width: width, height: height, smallestSide: side, least: recipe.stepSide)
  }
}
