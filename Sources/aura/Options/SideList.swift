import ArgumentParser

/// Sides of images in pixels as an argument: `128,192,256`.
struct SideList: ExpressibleByArgument, Equatable {
  /// Each once, as told.
  var sides: [Int]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let sides = parts.compactMap { Int($0) }
    guard sides.count == parts.count, sides.allSatisfy({ (64...1024).contains($0) }),
      Set(sides).count == sides.count
    else { return nil }
    self.sides = sides
  }
}
