import Basics

/// Why a set of masks is not read without asking.
///
/// Whoever shows it adds how the user of that program says what the numbers mean; ``example`` is what to say.
public enum MaskTrouble: Error, Equatable, Sendable {
  /// Many files are no masks: why, one of them, how many, how many were looked at, and half of the range.
  case noMasks(MaskFault, file: String, count: Int, looked: Int, half: Double)
  /// No pixel is cell; how many masks were looked at, of how many.
  case noCell(looked: Int, total: Int)
  /// Nearly all pixels are cell: the part, and what is ground.
  case allCell(share: Double, ground: String, looked: Int, total: Int)
  /// Which number is ground cannot be told; the numbers with their parts of the border.
  case ground([MaskNumberShare])
  /// Whether a number is cell or means "not annotated" cannot be told.
  case unknown(String)
  /// No mask has a number that was said to be cell; the numbers that there are.
  case absent(said: String, found: [MaskNumberShare])
}

/// A number of masks and its part of something.
public struct MaskNumberShare: Equatable, Sendable {
  /// The number as it is written, or a colour.
  let name: String
  /// Its part, 0...1.
  let share: Double
}

/// Why a file is no mask, or none like the others.
public enum MaskFault: String, Equatable, Sendable {
  /// Colours of a photograph or of an overlay.
  case colors = "a picture in colours"
  /// Greys all over, without two ends.
  case image = "an image, with greys all over"
  /// Labels whose numbers run into each other, as after lossy compression or resampling.
  case worn = "worn by lossy compression or resampling, so that its numbers run into each other"
  /// Without the opacity that is the mask in the others.
  case noOpacity = "without opacity, which is the mask in the others"
  /// Of one colour, with an opacity that varies.
  case opacity = "of one colour, with a mask in its opacity"
}

extension MaskTrouble: CustomStringConvertible {
  /// One line.
  public var description: String {
    switch self {
    case .noMasks(let fault, let file, let count, let looked, _):
      "\(count) of \(looked) masks \(count == 1 ? "is" : "are") no mask, such as \(file): it is"
        + " \(fault.rawValue)"
    case .noCell(let looked, let total):
      "no pixel is cell in \(Self.masks(looked, total)): nothing can be learnt from them, or compared"
    case .allCell(let share, let ground, let looked, let total):
      "with \(ground) as ground \(Self.percent(share)) of the pixels would be cell in"
        + " \(Self.masks(looked, total)); say which numbers are"
    case .ground(let shares):
      "it cannot be told which number of these masks is ground: on the border "
        + Self.list(shares.map { "\($0.name) has \(Self.percent($0.share))" })
        + "; say which numbers are cell"
    case .unknown(let number):
      "it cannot be told whether \(number) is cell, ground or not annotated in these masks; say it"
    case .absent(let said, let found):
      "no mask has a number that is \(said); there are "
        + Self.list(found.map { "\($0.name) (\(Self.percent($0.share)))" })
    }
  }

  /// What could be said of such masks; nil where nothing helps.
  public var example: String? {
    switch self {
    case .noMasks(.colors, _, _, _, _): "'>127'"
    case .noMasks(_, _, _, _, let half):
      "'>\(MaskText.number(half < 10 ? (half * 100).rounded() / 100 : half.rounded()))'"
    case .noCell: nil
    case .allCell: "white where that is right, black where 0 is the cell"
    case .ground(let shares): shares.count > 2 ? "labels" : "cell=\(shares.last?.name ?? "1")"
    case .unknown(let number): "ignore=\(number)"
    case .absent(_, let found): found.last.map { "cell=\($0.name)" }
    }
  }

  static func percent(_ share: Double) -> String {
    NumberText.decimal(share * 100, digits: 1) + " %"
  }

  /// `1, 2 and 3`.
  static func list(_ items: [String]) -> String {
    guard items.count > 1 else { return items.first ?? "nothing" }
    return items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
  }

  private static func masks(_ looked: Int, _ total: Int) -> String {
    if total == 1 { return "the mask" }
    return looked < total ? "the \(looked) of \(total) masks looked at" : "the \(total) masks"
  }
}
