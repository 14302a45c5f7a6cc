import Basics

/// What the files of a set of masks say together.
struct MaskSurvey {
  /// A file that was looked at.
  struct File {
    let evidence: MaskEvidence
    /// Its place in the set.
    let place: Int
    let name: String
  }

  /// The files that could be read, of those that were looked at.
  let files: [File]
  /// How many were looked at.
  let looked: Int
  /// Masks of the set.
  let total: Int

  /// Takes what was found in files at some places of a set, nil where one could not be read.
  ///
  /// `names` are those of the whole set.
  init(_ evidence: [MaskEvidence?], places: [Int], names: [String]) {
    files = zip(evidence, places).compactMap { evidence, place in
      evidence.map { File(evidence: $0, place: place, name: names[place]) }
    }
    (looked, total) = (places.count, names.count)
  }

  /// Decides how the set is read.
  func decide(_ values: MaskValues) throws(MaskTrouble) -> MaskRule.Decision {
    guard !files.isEmpty else {
      return MaskRule.Decision(values.rule(for: .values) ?? MaskRule(voidsMiddle: true))
    }
    if let rule = values.rule(for: form) {
      return try decision(rule, said: values.text)
    }
    return try decision(found())
  }

  /// A rule with what it is told by.
  struct Finding {
    var rule: MaskRule
    /// What was found, for a line: `0 is ground, 255 is cell`.
    var words: String
    /// Whether the cell is what lies at the lower end; nil where a file cannot be inverted against the others.
    var isInverted: Bool?
  }

  /// Finds the rule that the numbers suggest.
  private func found() throws(MaskTrouble) -> Finding {
    let others = files.filter { $0.evidence.fault != nil }
    try refuse(others)
    let members = files.filter { file in
      let isOfForm = file.evidence.samples == form || file.evidence.isConstant
      return isOfForm && file.evidence.fault == nil
    }
    let slopes = members.filter(\.evidence.hasSlopes)
    let level = members.filter { !$0.evidence.hasSlopes }
    if let ramp = MaskRamp(slopes.map(\.evidence), beside: level.map(\.evidence)) {
      guard ramp.hasTwoEnds else { throw refusal(of: slopes + others) }
      let numbered = level.count { !$0.evidence.isConstant && !ramp.takes($0.evidence) }
      if numbered <= slopes.count { return ramp.finding(form) }
    }
    return try MaskNumbers(level.map(\.evidence), form: form).finding(of: self)
  }

  /// Refuses a set of which half or more are no masks.
  private func refuse(_ others: [File]) throws(MaskTrouble) {
    if others.count * 2 >= files.count { throw refusal(of: others) }
  }

  private func refusal(of others: [File]) -> MaskTrouble {
    let first = others.min { $0.place < $1.place } ?? files[0]
    return .noMasks(
      first.evidence.isColorPicture ? .colors : .image, file: first.name, count: others.count,
      looked: files.count,
      half: (first.evidence.least + first.evidence.greatest) / 2)
  }

  /// The samples that are the numbers in most files.
  var form: MaskSamples {
    let telling = files.map(\.evidence).filter { !$0.isConstant && $0.fault == nil }
    let counts = Dictionary(telling.map { ($0.samples, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    return [.values, .colors, .alpha].first { counts[$0] == most && most > 0 } ?? .values
  }
}

extension MaskEvidence {
  /// Whether it shows a photograph or an overlay: colours that do not lie flat.
  var isColorPicture: Bool {
    guard samples == .colors else { return false }
    return !isExact || (flatness { $0.lower != 0 } ?? 1) < 0.75
  }

  /// Why it is no mask, whatever the others are; nil where it may be one.
  var fault: MaskFault? {
    if isColorPicture { return .colors }
    if isWorn { return .worn }
    let scale = Self.fullScale(for: greatest, isFloat: isFloat)
    return looksLikeImage && ends(of: scale) < 0.3 ? .image : nil
  }

  /// Whether many numbers each lie in many places, which neither cells nor kinds of cells do.
  private var isWorn: Bool {
    guard samples == .values, isExact, !hasSlopes, tallies.count > 32 else { return false }
    return tallies.reduce(0) { $0 + $1.tops } > 6 * tallies.count
  }

  /// The part of the pixels at the two ends of a range.
  func ends(of scale: Double) -> Double {
    share { $0.upper <= 0.05 * scale || $0.lower >= 0.95 * scale }
  }

  /// Whether numbers between the ends lie on slopes, as grey edges, probabilities and images do, and labels do
  /// not.
  var hasSlopes: Bool {
    guard samples != .colors else { return false }
    let range = greatest - least
    let (low, high) = (least + 0.05 * range, greatest - 0.05 * range)
    // A few whole numbers are classes, however thin what they stand for is.
    guard tallies.count > 2, isFloat && !isWhole || range >= 16,
      tallies.map(\.upper) != [0, 128, 255]
    else { return false }
    let middle = flatness { $0.lower >= low && $0.upper <= high } ?? 1
    let inner = flatness { $0.lower > least && $0.upper < greatest } ?? 1
    if middle < 0.5 || inner < 0.5 { return true }
    return middle < 0.7 && share({ $0.lower == 0 && $0.upper == 0 }) < 0.2 || isStepped
  }

  /// Whether it is a slope in large squares, as an enlarged picture has: nearly all lies at the two ends of the
  /// whole range, and the rest is spread between them.
  private var isStepped: Bool {
    let scale = MaskEvidence.fullScale(for: greatest, isFloat: isFloat)
    guard least == 0, greatest == scale, scale == 1 || scale > 250, tallies.count >= 10 else {
      return false
    }
    let top = share { $0.lower >= 0.95 * scale }
    let inner = share { $0.lower > 0 && $0.upper < 0.95 * scale }
    let quarters = Set(tallies.map { Int(min($0.lower / scale * 4, 3)) })
    return quarters.count == 4 && top >= 0.6 * inner && share { $0.lower == 0 } + top >= 0.7
  }

  /// Whether it alone looks like an image.
  var looksLikeImage: Bool {
    samples == .values && hasSlopes && MaskRamp([self], beside: [])?.hasTwoEnds == false
  }
}
