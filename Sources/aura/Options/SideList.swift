import ArgumentParser
import Recipes

/// Sides of images in pixels as an argument: `128,192,256`.
struct SideList: Equatable {
  /// Each once, as told.
  var sides: [Int]

  /// Sides that images are made at.
  static let allowed = 64...1024

  /// Reads an argument.
  ///
  /// - Throws: `ValidationError` with what it may be.
  init(argument: String) throws {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let sides = parts.compactMap { Int($0) }
    guard sides.count == parts.count, sides.allSatisfy(Self.allowed.contains),
      Set(sides).count == sides.count
    else {
      throw ValidationError(
        "sides from \(Self.allowed.lowerBound) to \(Self.allowed.upperBound) pixels, each once, "
          + "multiples of \(Architecture.auraNet.multiple) for aura-net, such as 128,192,256")
    }
    self.sides = sides
  }
}
