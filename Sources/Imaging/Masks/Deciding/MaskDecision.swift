import Basics

extension MaskRule {
  /// How a set of masks is read, and what was found of it.
  public struct Decision: Equatable, Sendable {
    /// One rule for all.
    public let rule: MaskRule
    /// What was found, with the part of the pixels that is cell; empty where no mask could be looked at.
    public let line: String
    /// Whether 0 stands in the masks and is cell, which it seldom is.
    public let takesZero: Bool
    /// A line on each of at most three files that do not look like the others.
    let doubts: [String]
    /// The places, in the order given, of the masks that do not look like the others.
    public let dissenters: [Int]
    /// The part of the annotated pixels that is cell, of the masks that were looked at.
    public let share: Double

    /// Lines for the user: what was found first.
    public var notes: [String] { line.isEmpty ? [] : ["masks: \(line)"] + doubts }

    init(
      _ rule: MaskRule, line: String = "", doubts: [String] = [], dissenters: [Int] = [],
      share: Double = 0, takesZero: Bool = false
    ) {
      (self.rule, self.line, self.doubts) = (rule, line, doubts)
      (self.dissenters, self.share, self.takesZero) = (dissenters, share, takesZero)
    }
  }
}

/// Why a file does not look like the others of its set.
private enum MaskDoubt {
  case inverted, full, soft, scale
  case fault(MaskFault)

  /// What stands behind the file's name.
  var words: String {
    switch self {
    case .inverted: "looks inverted against the other masks; look at it"
    case .full: "is cell nearly all over, the other masks are not; look at it"
    case .soft: "has grey edges, the other masks have not; look at it"
    case .scale: "counts less far than the other masks, and nothing of it is cell; look at it"
    case .fault(let fault): "is \(fault.rawValue), no mask like the others; look at it"
    }
  }
}

extension MaskSurvey {
  /// The decision for what was found, unless nothing or nearly all would be cell.
  func decision(_ finding: Finding) throws(MaskTrouble) -> MaskRule.Decision {
    let areas = areas(finding.rule, files.filter { doubt($0, finding, share: 1) == nil })
    guard areas.cell > 0 else { throw .noCell(looked: looked, total: total) }
    let share = areas.share
    guard share <= 0.9 else {
      let ground = finding.rule.meaning(of: 0) == .ground ? "0" : "the rest"
      throw .allCell(share: share, ground: ground, looked: looked, total: total)
    }
    let doubts = files.compactMap { file in doubt(file, finding, share: share).map { (file, $0) } }
    return MaskRule.Decision(
      finding.rule, line: line(finding.words, areas),
      doubts: doubts.prefix(3).map { "\($0.name) \($1.words)" },
      dissenters: doubts.map(\.0.place), share: share,
      takesZero: finding.rule.takesZero
        && files.contains { $0.evidence.tallies.contains { $0.lower <= 0 && $0.upper >= 0 } })
  }

  /// The decision for what was said.
  ///
  /// - Throws: `MaskTrouble.absent` where no pixel is what it says, and every mask was looked at.
  func decision(_ rule: MaskRule, said text: String) throws(MaskTrouble) -> MaskRule.Decision {
    let areas = areas(rule, files)
    let numbers = MaskNumbers(files.map(\.evidence), form: rule.samples)
    let isWord = MaskValues.white.text == text || MaskValues.black.text == text
    if !isWord, areas.cell == 0, looked == total {
      throw .absent(said: text, found: numbers.commonest)
    }
    var rule = rule
    rule.keepsNumbers =
      rule.keepsNumbers
      || numbers.areCells(numbers.numbers.filter { rule.meaning(of: $0.value) == .cell })
    return MaskRule.Decision(
      rule, line: line("read as '\(text)'", areas), share: areas.share)
  }

  /// Pixels of each meaning.
  private struct Areas {
    var (cell, unknown, all) = (0, 0, 0)
    /// Those of the cells that lie among others of the same number.
    var flat = 0
    /// The part that is cell of what is annotated.
    var share: Double { Double(cell) / Double(max(all - unknown, 1)) }
  }

  private func areas(_ rule: MaskRule, _ files: [File]) -> Areas {
    files.reduce(into: Areas()) { sum, file in
      let one = areas(rule, file.evidence)
      sum.cell += one.cell
      sum.flat += one.flat
      sum.unknown += one.unknown
      sum.all += one.all
    }
  }

  private func areas(_ rule: MaskRule, _ evidence: MaskEvidence) -> Areas {
    var areas = Areas()
    areas.all = evidence.pixels
    for tally in evidence.tallies {
      switch rule.meaning(of: (tally.lower + tally.upper) / 2) {
      case .cell:
        areas.cell += tally.count
        areas.flat += tally.flat
      case .unknown: areas.unknown += tally.count
      case .ground: break
      }
    }
    if rule.notFinite == .unknown { areas.unknown += evidence.notFinite.count }
    return areas
  }

  private func line(_ words: String, _ areas: Areas) -> String {
    let part = MaskTrouble.percent(areas.share)
    let source =
      switch form {
      case .alpha: "by opacity: "
      case _ where files.allSatisfy(\.evidence.isIndex): "by the index of the palette: "
      case _ where files.allSatisfy(\.evidence.isMinWhite):
        "as stored, not as the look-up table shows it: "
      default: ""
      }
    var line = "\(source)\(words); \(part) of the "
    if areas.unknown > 0 {
      line +=
        "annotated pixels are cell, "
        + MaskTrouble.percent(Double(areas.unknown) / Double(max(areas.all, 1)))
        + " are not annotated"
    } else {
      line += "pixels are cell"
    }
    let isDrawn = !files.contains(where: \.evidence.hasSlopes)
    if isDrawn, areas.cell > 0, Double(areas.flat) < 0.25 * Double(areas.cell) {
      line += "; they are thin lines or points: outlines are to be filled first"
    }
    return looked < total ? line + " (\(looked) of \(total) masks looked at)" : line
  }

  /// Why a file does not look like those that the finding was made of; `share` is the part that is cell in all.
  private func doubt(_ file: File, _ finding: Finding, share: Double) -> MaskDoubt? {
    let (evidence, rule) = (file.evidence, finding.rule)
    if let fault = evidence.fault { return .fault(fault) }
    if !evidence.isConstant, evidence.samples != form {
      if form == .alpha { return .fault(.noOpacity) }
      if form == .values { return .fault(evidence.samples == .alpha ? .opacity : .colors) }
    }
    if evidence.hasSlopes, rule.scale == nil { return .soft }
    let area = areas(rule, evidence)
    if let isInverted = finding.isInverted {
      let vote = MaskVote(evidence, above: (rule.scale ?? 0) / 2)
      if let own = vote.isInverted, own != isInverted { return .inverted }
      if rule.scale != nil, area.cell == 0, evidence.greatest > 0, !evidence.hasSlopes {
        return .scale
      }
    }
    return share < 0.9 && area.share > 0.9 ? .full : nil
  }
}
