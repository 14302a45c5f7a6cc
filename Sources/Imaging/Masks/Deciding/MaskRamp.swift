/// Files whose numbers lie on slopes: grey edges, probabilities, or images.
struct MaskRamp {
  private let evidence: [MaskEvidence]
  /// What the numbers count up to.
  private let scale: Double
  private let isFloat: Bool

  /// Takes the files with slopes, and of those beside them what fits them; nil where there are none.
  init?(_ slopes: [MaskEvidence], beside level: [MaskEvidence]) {
    guard let greatest = slopes.map(\.greatest).max(), greatest > 0 else { return nil }
    let isFloat = slopes.contains(where: \.isFloat)
    let scale = MaskEvidence.fullScale(for: greatest, isFloat: isFloat)
    let ramp = MaskRamp(slopes, beside: level, scale: scale, isFloat: isFloat)
    // A mask may be drawn in less than the full brightness.
    self =
      ramp.hasTwoEnds
      ? ramp : MaskRamp(slopes, beside: level, scale: greatest, isFloat: isFloat)
  }

  private init(
    _ slopes: [MaskEvidence], beside level: [MaskEvidence], scale: Double, isFloat: Bool
  ) {
    (self.scale, self.isFloat) = (scale, isFloat)
    evidence = slopes + level.filter { Self.lies($0, atEndsOf: scale) }
  }

  /// Whether a file has nothing but the two ends, so that the threshold reads it as it is meant.
  func takes(_ evidence: MaskEvidence) -> Bool { Self.lies(evidence, atEndsOf: scale) }

  private static func lies(_ evidence: MaskEvidence, atEndsOf scale: Double) -> Bool {
    guard evidence.greatest == 0 || evidence.greatest >= 0.95 * scale else { return false }
    return evidence.tallies.allSatisfy {
      abs($0.upper) <= 0.05 * scale || $0.lower >= 0.95 * scale && $0.upper <= 1.2 * scale
    }
  }

  /// Half of the range.
  var threshold: Double { scale / 2 }

  /// Whether most pixels lie at the two ends, smoothly, as those of masks do.
  var hasTwoEnds: Bool {
    let (low, high) = (0.05 * scale, 0.95 * scale)
    func count(_ holds: (MaskTally) -> Bool) -> Double {
      Double(evidence.reduce(0) { $0 + $1.tallies.reduce(0) { $0 + (holds($1) ? $1.count : 0) } })
    }
    let all = Double(evidence.reduce(0) { $0 + $1.pixels - $1.notFinite.count })
    let ends = (black: count { $0.upper <= low }, white: count { $0.lower >= high })
    let slopes = (
      black: count { $0.upper > low && $0.upper <= threshold },
      white: count { $0.lower >= threshold && $0.lower < high }
    )
    let quiet = evidence.reduce(into: (black: 0.0, white: 0.0)) { sum, one in
      for tally in one.tallies {
        if tally.upper <= low { sum.black += Double(tally.quiet) }
        if tally.lower >= high { sum.white += Double(tally.quiet) }
      }
    }
    guard all > 0, ends.black + ends.white >= 0.5 * all, min(ends.black, ends.white) >= 0.002 * all
    else { return false }
    // The smaller end is a peak, and the larger one has no noise, as the ground of an image has.
    let isBlack = ends.black >= ends.white
    return isBlack
      ? ends.white >= 0.3 * slopes.white && quiet.black >= 0.8 * ends.black
      : ends.black >= 0.3 * slopes.black && quiet.white >= 0.8 * ends.white
  }

  /// The rule: a threshold at half of the range.
  func finding(_ form: MaskSamples) -> MaskSurvey.Finding {
    let votes = evidence.map { MaskVote($0, above: threshold) }
    let isInverted = MaskVote.isInverted(votes) == true
    var rule = MaskRule(samples: form)
    rule.cells = [isInverted ? MaskRule.below(threshold) : MaskRule.above(threshold)]
    rule.notFinite = .unknown
    rule.scale = scale
    let inner = evidence.reduce(0) {
      $0 + $1.share { $0.upper > 0.05 * scale && $0.lower < 0.95 * scale }
    }
    let isWide = inner / Double(evidence.count) > 0.2
    return MaskSurvey.Finding(
      rule: rule,
      words: "\(isFloat || isWide ? "probabilities" : "grey edges"), "
        + (isInverted ? "below" : "above") + " half of the range (\(MaskText.number(threshold)))"
        + " is cell",
      isInverted: isInverted)
  }
}
