/// Some crops as the network takes them: channels-last, normalised as ImageNet's images are.
struct Batch: Sendable {
  /// How many crops.
  let count: Int
  /// Pixels in a row, and rows, of each.
  let side: Int
  /// `[count, side, side, 3]`, the grey values three times, normalised a channel.
  let images: [Float]
  /// `[count, side, side, 1]`, 1 inside a cell.
  let targets: [Float]

  /// Lays crops one behind the other.
  ///
  /// - Precondition: there is at least one, and all have the same side.
  init(_ crops: [Crop]) {
    let side = crops.first?.side ?? 0
    precondition(side > 0 && crops.allSatisfy { $0.side == side }, "crops of different sides")
    self.side = side
    count = crops.count
    var images: [Float] = []
    images.reserveCapacity(crops.count * side * side * 3)
    var targets: [Float] = []
    targets.reserveCapacity(crops.count * side * side)
    for crop in crops {
      Normalization.append(crop.image, to: &images)
      targets += crop.mask
    }
    self.images = images
    self.targets = targets
  }
}
