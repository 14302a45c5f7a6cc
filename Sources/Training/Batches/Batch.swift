/// Some crops as the network takes them: channels-last, normalised as ImageNet's images are.
struct Batch: Sendable {
  let count: Int
  /// Pixels in a row, and rows, of each.
  let side: Int
  /// `[count, side, side, 3]`, the grey values three times, normalised a channel.
  let images: [Float]
  /// `[count, side, side, 1]`, 1 inside a cell.
  let targets: [Float]
  /// `[count, side, side, 1]`, 1 where a pixel was annotated and 0 elsewhere; nil where all of them were.
  let known: [Float]?
  /// What the core channel is held to, `[count, side, side, 1]` each.
  let cores: CorePlanes

  /// Lays crops one behind the other.
  ///
  /// - Precondition: there is at least one, and all are squares of the same side.
  init(_ crops: [Crop]) {
    let side = crops.first?.width ?? 0
    precondition(
      side > 0 && crops.allSatisfy { $0.width == side && $0.height == side },
      "crops of different sides")
    self.side = side
    count = crops.count
    images = Normalization.pixels(of: crops.map(\.image))
    targets = crops.flatMap(\.mask)
    cores = CorePlanes(crops.map { $0.cores ?? CorePlanes(ground: $0.mask, known: $0.known) })
    known =
      crops.contains { $0.known != nil }
      ? crops.flatMap { $0.known ?? Array(repeating: 1, count: side * side) } : nil
  }
}

/// ImageNet's mean and standard deviation a channel, which every network's input is normalised with.
enum Normalization {
  // Of red, green and blue.
  static let mean: [Float] = [0.485, 0.456, 0.406]
  static let deviation: [Float] = [0.229, 0.224, 0.225]

  /// Each grey value (0...1) of some planes three times, normalised as red, green and blue.
  static func pixels(of planes: [[Float]]) -> [Float] {
    let (red, green, blue) = (mean[0], mean[1], mean[2])
    let (redSpread, greenSpread, blueSpread) = (deviation[0], deviation[1], deviation[2])
    var pixels: [Float] = []
    pixels.reserveCapacity(3 * planes.reduce(0) { $0 + $1.count })
    for value in planes.joined() {
      pixels.append((value - red) / redSpread)
      pixels.append((value - green) / greenSpread)
      pixels.append((value - blue) / blueSpread)
    }
    return pixels
  }
}
