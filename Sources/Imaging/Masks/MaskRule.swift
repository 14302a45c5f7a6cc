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
  /// Whether those of 16 bits do, as Aura writes cells.
  var keepsDeepNumbers = false
  /// What the numbers count up to, where the rule is a threshold at half of it that was found.
  var scale: Double?
  /// Whether it is taken as it was said, also for what does not look like a mask.
  var isSaid = false

  /// The masks that Aura writes, and those that were written for it before.
  ///
  /// 0 is ground, 128 beside nothing but 0 and 255 not annotated, all else cell. Of 16 bits every number is a cell of
  /// its own.
  public static let project = MaskRule(
    voidsMiddle: true, voidsMiddleAlone: true, keepsDeepNumbers: true, isSaid: true)

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
  ///
  /// Errors name it by `file`.
  ///
  /// - Throws: `ImagingError.tooManyCells` for more cells than a ``LabelImage`` counts.
  func apply(to picture: RawPicture, file: String) throws(ImagingError) -> Annotation? {
    guard let found = picture.read(samples, by: MaskReading(self, picture)) else { return nil }
    let (width, height) = (picture.width, picture.height)
    let unknown =
      found.meanings.contains(Meaning.unknown.rawValue)
      ? Mask(width: width, height: height, pixels: found.meanings.map { $0 == 2 ? 1 : 0 }) : nil
    if let numbers = found.numbers {
      let cells = try LabelImage(width: width, height: height, numbers: numbers, of: file)
      return Annotation(cells, unknown: unknown)
    }
    let mask = Mask(width: width, height: height, pixels: found.meanings.map { $0 == 1 ? 1 : 0 })
    return Annotation(mask, unknown: unknown)
  }
}

extension RawPicture {
  /// Whether it may be one of numbered cells as Aura writes them: one grey of 16 bits a pixel.
  var isOfLabels: Bool { bits == 16 && format == .unsigned && channels == 1 && color == .grey }
}

/// Reads the numbers of a picture by a rule: what each pixel is, and of which cell, where that is told.
private struct MaskReading: MaskPlaneReader {
  let rule: MaskRule
  let isBytes: Bool
  let keepsNumbers: Bool

  init(_ rule: MaskRule, _ picture: RawPicture) {
    self.rule = rule
    isBytes = picture.format == .unsigned && (2...8).contains(picture.bits)
    keepsNumbers = rule.keepsNumbers || rule.keepsDeepNumbers && picture.isOfLabels
  }

  func read<Number: MaskNumber>(_ plane: [Number]) -> (meanings: [UInt8], numbers: [UInt32]?) {
    var rule = rule
    if rule.voidsMiddle, isBytes, plane.contains(where: { $0.number == 128 }),
      plane.allSatisfy({ [0, 128, 255].contains($0.number) }),
      rule.voidsMiddleAlone || plane.contains(where: { $0.number == 255 })
    {
      rule.unknown.append(128...128)
    }
    let meanings = meanings(of: plane, rule)
    return (meanings, keepsNumbers ? numbers(of: plane, meanings) : nil)
  }

  private func meanings<Number: MaskNumber>(of plane: [Number], _ rule: MaskRule) -> [UInt8] {
    var (last, meaning) = (nil as Number?, 0 as UInt8)
    return plane.map { number in
      if number != last { (last, meaning) = (number, rule.meaning(of: number.number).rawValue) }
      return meaning
    }
  }

  /// The numbers of cells, one more where 0 is a cell; nil where they are no numbers of cells.
  private func numbers<Number: MaskNumber>(
    of plane: [Number], _ meanings: [UInt8]
  ) -> [UInt32]? {
    let shift = rule.meaning(of: 0) == .cell ? 1.0 : 0
    var numbers = [UInt32](repeating: 0, count: plane.count)
    for index in plane.indices where meanings[index] == MaskRule.Meaning.cell.rawValue {
      guard let number = UInt32(exactly: plane[index].number + shift), number > 0 else {
        return nil
      }
      numbers[index] = number
    }
    return numbers
  }
}
