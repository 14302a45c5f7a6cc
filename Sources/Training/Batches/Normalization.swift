/// ImageNet's mean and standard deviation a channel, which every network's input is normalised with.
enum Normalization {
  /// The means of red, green and blue.
  static let mean: [Float] = [0.485, 0.456, 0.406]
  /// Their standard deviations.
  static let deviation: [Float] = [0.229, 0.224, 0.225]

  /// Appends each grey value (0...1) three times, normalised as red, green and blue.
  static func append(_ plane: [Float], to pixels: inout [Float]) {
    let (red, green, blue) = (mean[0], mean[1], mean[2])
    let (redSpread, greenSpread, blueSpread) = (deviation[0], deviation[1], deviation[2])
    for value in plane {
      pixels.append((value - red) / redSpread)
      pixels.append((value - green) / greenSpread)
      pixels.append((value - blue) / blueSpread)
    }
  }
}
