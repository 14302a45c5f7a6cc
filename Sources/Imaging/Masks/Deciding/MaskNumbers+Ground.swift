extension MaskNumbers {
  /// The part of the border that the ground has where nothing else tells it.
  private static let groundShare = 0.6

  /// The number that means "not annotated", if one does: 255 beside a few classes, 128 between 0 and 255, the
  /// greatest of 16 or 32 bits beside labels.
  ///
  /// - Throws: `MaskTrouble.unknown` where some files say so and others not.
  func sentinel() throws(MaskTrouble) -> Number? {
    guard let last = numbers.last, numbers.count > 2 else { return nil }
    if form == .colors {
      // The rim around the objects of Pascal VOC.
      return numbers.first?.value == 0 ? numbers.first { $0.value == 0xE0E0C0 } : nil
    }
    if numbers.map(\.value) == [0, 128, 255] {
      return standTogether(128, with: [numbers[2]]) > 0 ? numbers[1] : nil
    }
    let rest = numbers.dropLast().filter { $0.value != 0 }
    let isCounted = zip(rest, 1...).allSatisfy { $0.value == Double($1) }
    let isOfBytes = last.value == 255 && isCounted && rest.count <= 20
    let isOfWords =
      [65535, 4_294_967_295].contains(last.value) && rest.allSatisfy { $0.value <= last.value / 8 }
    guard isOfBytes || isOfWords else { return nil }
    let together = standTogether(last.value, with: rest)
    // Where no file has both, some say 1 for cell and some 255.
    guard together > 0 else { return nil }
    guard together * 2 >= last.files else { throw .unknown(name(last.value)) }
    return last
  }

  /// Files in which a number stands beside one of others.
  private func standTogether(_ value: Double, with others: [Number]) -> Int {
    let others = Set(others.map(\.value))
    return evidence.count { one in
      one.count(of: value) > 0 && one.tallies.contains { others.contains($0.upper) }
    }
  }

  /// Masks that have 0, which is ground but for two cases: files of one bit, or nearly so, that are inverted,
  /// and cells that are numbered from 0 beside a ground of -1.
  func withZero(
    _ others: [Number], zero: Number, _ survey: MaskSurvey
  ) throws(MaskTrouble) -> MaskSurvey.Finding {
    if others.isEmpty, let negative = negatives.first {
      throw .unknown(name(negative.value))
    }
    if let cells = try numberedFromZero(zero, others) { return cells }
    var rule = MaskRule()
    var words = "\(form == .colors ? "black" : "0") is ground, "
    let isBinary = others.count < 2 || evidence.allSatisfy { $0.tallies.count { $0.upper > 0 } < 2 }
    if isBinary, negatives.isEmpty, form != .colors {
      guard let isInverted = MaskVote.isInverted(evidence.map { MaskVote($0) }) else {
        throw .ground(shares([zero] + others))
      }
      if isInverted {
        rule.cells = [0...0]
        let shares = shares([zero] + others)
        return MaskSurvey.Finding(
          rule: rule,
          words: "0 is cell, \(list(others)) ground, which has"
            + " \(MaskTrouble.percent(1 - shares[0].share)) of the border",
          isInverted: true)
      }
    } else if let ground = others.first(where: { $0.area > 0.5 && $0.border > Self.groundShare }) {
      // A class with most of the border and the area is more likely the ground than a cell.
      throw .ground(shares([zero] + others.filter { $0.value == ground.value }))
    }
    // Where 128 is itself what is beside the ground, it is cell.
    rule.voidsMiddle = isBinary && !others.contains { $0.value == 128 }
    rule.keepsNumbers = areCells(others)
    let border = others.reduce(0) { $0 + $1.border }
    words += rule.keepsNumbers ? labels : "\(list(others)) cell"
    if isBinary, border > Self.groundShare * (border + zero.border) {
      words +=
        " (on \(MaskTrouble.percent(border / (border + zero.border))) of the border too: look"
        + " whether they are inverted)"
    }
    leaveOut(&rule, &words)
    return MaskSurvey.Finding(rule: rule, words: words, isInverted: false)
  }

  /// Cells that are numbered from 0, the ground being negative; nil where 0 is ground.
  private func numberedFromZero(
    _ zero: Number, _ others: [Number]
  ) throws(MaskTrouble) -> MaskSurvey.Finding? {
    let border = negatives.reduce(0) { $0 + $1.border }
    guard !negatives.isEmpty, border >= Self.groundShare else { return nil }
    let usual = others.reduce(0) { $0 + $1.area } / Double(max(others.count, 1))
    guard zero.area < 3 * usual else { return nil }
    guard others.count > 2 else { throw .unknown("0") }
    var rule = MaskRule(cells: [0...Double.greatestFiniteMagnitude])
    rule.keepsNumbers = areCells([zero] + others)
    return MaskSurvey.Finding(
      rule: rule, words: "negative numbers are ground, every other number, also 0, a cell (labels)")
  }

  /// Masks without a 0: the ground is what has most of the border.
  func withoutZero(
    _ known: [Number], _ survey: MaskSurvey
  ) throws(MaskTrouble) -> MaskSurvey.Finding {
    if known.count == 1, negatives.isEmpty, notFinite.pixels == 0 {
      throw .allCell(share: 1, ground: "0", looked: survey.looked, total: survey.total)
    }
    let below = negatives.reduce(0) { $0 + $1.border }
    let all = known.reduce(below + notFinite.border) { $0 + $1.border }
    let best = known.max { ($0.border, -$0.value) < ($1.border, -$1.value) }
    if let best, best.border >= Self.groundShare * all, best.area >= 0.3 {
      let others = known.filter { $0.value != best.value }
      return ground(best, others, share: best.border / all)
    }
    // Beside negative numbers, or none, nothing else needs to be ground.
    guard !known.isEmpty, !negatives.isEmpty || notFinite.pixels > 0 else {
      if known.isEmpty { throw .noCell(looked: survey.looked, total: survey.total) }
      throw .ground(Array(shares(known).sorted { $0.share > $1.share }.prefix(4)))
    }
    var rule = MaskRule(cells: [MaskRule.above(0)])
    rule.keepsNumbers = areCells(known)
    let parts =
      (negatives.isEmpty ? [] : ["negative numbers"])
      + (notFinite.pixels > 0 ? ["what is no number"] : [])
    return MaskSurvey.Finding(
      rule: rule,
      words: "\(parts.joined(separator: " and ")) \(negatives.isEmpty ? "is" : "are") ground, "
        + (rule.keepsNumbers ? labels : "\(list(known)) cell"))
  }

  /// A number as ground and all others as cells; what is negative, or no number, is not annotated.
  private func ground(_ ground: Number, _ others: [Number], share: Double) -> MaskSurvey.Finding {
    var rule = MaskRule(cells: MaskRule.allBut(ground.value))
    rule.keepsNumbers = areCells(others)
    var words =
      "\(name(ground.value)) is ground, which has \(MaskTrouble.percent(share)) of the border, "
      + (rule.keepsNumbers ? labels : "\(list(others)) cell")
    leaveOut(&rule, &words)
    return MaskSurvey.Finding(rule: rule, words: words)
  }

  /// Beside a ground that is labelled, negative numbers and what is no number are not annotated.
  private func leaveOut(_ rule: inout MaskRule, _ words: inout String) {
    if !negatives.isEmpty {
      rule.unknown = [MaskRule.below(0)]
      words += ", negative numbers are not annotated"
    }
    if notFinite.pixels > 0 {
      rule.notFinite = .unknown
      words += ", what is no number is not annotated"
    }
  }

  private var labels: String {
    "every other \(form == .colors ? "colour" : "number") a cell (labels)"
  }

  /// `255 is`, `1 and 2 are`, `every other number is`.
  private func list(_ numbers: [Number]) -> String {
    let names = numbers.map { name($0.value) }
    if names.count > 4 { return "every other \(form == .colors ? "colour" : "number") is" }
    return MaskTrouble.list(names) + (names.count == 1 ? " is" : " are")
  }
}
