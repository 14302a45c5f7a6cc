/// How the numbers of mask files become cells, ground and what nobody annotated.
public struct MaskRule: Codable, Equatable, Hashable, Sendable {
  /// What a pixel is.
  enum Meaning: UInt8, Codable { case ground, cell, unknown }

  /// Which samples are the numbers.
  var samples = MaskSamples.values
  /// The numbers that are cell; all but 0 where nothing else is said.
  var cells = Self.allBut(0)
  /// The numbers of pixels that nobody annotated, whatever else is said of them.
  var unknown: [ClosedRange<Double>] = []
  /// The numbers that are ground, nil for all others; given, what stands nowhere is not annotated.
  var ground: [ClosedRange<Double>]?
  /// What pixels are that are no finite number.
  var notFinite = Meaning.ground
  /// Whether 128 is not annotated in files of 8 bits that hold nothing else but 0 and 255, as Aura writes them.
  var voidsMiddle = false
  /// Whether it is so, too, in files without 255: Aura's masks in which nobody annotated a cell.
  var voidsMiddleAlone = false
  /// Whether the numbers tell one cell from another.
  var keepsNumbers = false
  /// What the numbers count up to, where the rule is a threshold at half of it that was found.
  var scale: Double?
  /// Whether it is taken as it was said, also for what does not look like a mask.
  var isSaid = false

  /// The masks that Aura writes, and those that were written for it before: 0 is ground, 128 beside nothing but
  /// 0 and 255 not annotated, all else cell.
  public static let project = MaskRule(
    voidsMiddle: true, voidsMiddleAlone: true, isSaid: true)

  /// Numbered cells: 0 is ground, every other number a cell, negative ones are not annotated.
  public static let labels = MaskRule(
    cells: [above(0)], unknown: [below(0)], keepsNumbers: true, isSaid: true)

  /// Whether 0 is cell, which it seldom is.
  public var takesZero: Bool { meaning(of: 0) == .cell }

  /// What a number means.
  func meaning(of number: Double) -> Meaning {
    guard number.isFinite else { return notFinite }
    if unknown.contains(where: { $0.contains(number) }) { return .unknown }
    if cells.contains(where: { $0.contains(number) }) { return .cell }
    return ground.map { $0.contains { $0.contains(number) } } ?? true ? .ground : .unknown
  }

  /// All finite numbers but one.
  static func allBut(_ number: Double) -> [ClosedRange<Double>] {
    [below(number), above(number)]
  }

  /// All finite numbers above one.
  static func above(_ number: Double) -> ClosedRange<Double> {
    number.nextUp...max(number.nextUp, .greatestFiniteMagnitude)
  }

  /// All finite numbers below one.
  static func below(_ number: Double) -> ClosedRange<Double> {
    min(number.nextDown, -.greatestFiniteMagnitude)...number.nextDown
  }
}

extension MaskRule {
  /// Reads a picture by the rule; nil where it has no opacity and the rule asks for it.
  func apply(to picture: RawPicture) -> Annotation? {
    picture.read(samples, by: MaskReading(self, picture))
  }
}

/// Reads the numbers of a picture by a rule.
private struct MaskReading: MaskPlaneReader {
  let rule: MaskRule
  let (width, height): (Int, Int)
  let isBytes: Bool

  init(_ rule: MaskRule, _ picture: RawPicture) {
    self.rule = rule
    (width, height) = (picture.width, picture.height)
    isBytes = picture.format == .unsigned && (2...8).contains(picture.bits)
  }

  func read<Number: MaskNumber>(_ plane: [Number]) -> Annotation {
    var rule = rule
    if rule.voidsMiddle, isBytes, plane.contains(where: { $0.number == 128 }),
      plane.allSatisfy({ [0, 128, 255].contains($0.number) }),
      rule.voidsMiddleAlone || plane.contains(where: { $0.number == 255 })
    {
      rule.unknown.append(128...128)
    }
    let meanings = meanings(of: plane, rule)
    let mask = Mask(width: width, height: height, pixels: meanings.map { $0 == 1 ? 1 : 0 })
    let unknown =
      meanings.contains(MaskRule.Meaning.unknown.rawValue)
      ? Mask(width: width, height: height, pixels: meanings.map { $0 == 2 ? 1 : 0 }) : nil
    return Annotation(
      mask, unknown: unknown, labels: rule.keepsNumbers ? labels(of: plane, meanings) : nil)
  }

  private func meanings<Number: MaskNumber>(of plane: [Number], _ rule: MaskRule) -> [UInt8] {
    var (last, meaning) = (nil as Number?, 0 as UInt8)
    return plane.map { number in
      if number != last { (last, meaning) = (number, rule.meaning(of: number.number).rawValue) }
      return meaning
    }
  }

  /// The numbers of cells, one more where 0 is a cell; nil where they are no numbers of cells.
  private func labels<Number: MaskNumber>(of plane: [Number], _ meanings: [UInt8]) -> [UInt32]? {
    let shift = rule.meaning(of: 0) == .cell ? 1.0 : 0
    var labels = [UInt32](repeating: 0, count: plane.count)
    for index in plane.indices where meanings[index] == MaskRule.Meaning.cell.rawValue {
      guard let label = UInt32(exactly: plane[index].number + shift), label > 0 else { return nil }
      labels[index] = label
    }
    return labels
  }
}
