/// Files whose numbers stand for things: ground, cells, kinds of cells, and what nobody annotated.
struct MaskNumbers {
  /// A number in all of the files.
  struct Number {
    let value: Double
    var pixels = 0
    /// Its part of the border, the mean over the files.
    var border = 0.0
    /// Its part of all pixels, the mean over the files.
    var area = 0.0
    /// Files in which it stands.
    var files = 0
    /// Places at which it begins, going down.
    var tops = 0
  }

  let evidence: [MaskEvidence]
  let form: MaskSamples
  /// The numbers from 0 up, in order; those of ranges by their greatest.
  let numbers: [Number]
  /// The negative ones.
  let negatives: [Number]
  /// What is no finite number.
  let notFinite: Number

  /// Puts files together.
  init(_ evidence: [MaskEvidence], form: MaskSamples) {
    self.evidence = evidence
    self.form = form
    var found: [Double: Number] = [:]
    var none = Number(value: .nan)
    for one in evidence {
      for tally in one.tallies {
        found[tally.upper, default: Number(value: tally.upper)].add(
          tally, in: one, of: evidence.count)
      }
      if one.notFinite.count > 0 { none.add(one.notFinite, in: one, of: evidence.count) }
    }
    let sorted = found.values.sorted { $0.value < $1.value }
    numbers = sorted.filter { $0.value >= 0 }
    negatives = sorted.filter { $0.value < 0 }
    notFinite = none
  }

  /// The rule that the numbers suggest.
  func finding(of survey: MaskSurvey) throws(MaskTrouble) -> MaskSurvey.Finding {
    guard !evidence.isEmpty else { return MaskSurvey.Finding(rule: MaskRule(), words: "") }
    let void = try sentinel()
    let known = numbers.filter { $0.value != void?.value }
    var finding =
      try known.first?.value == 0
      ? withZero(Array(known.dropFirst()), zero: known[0], survey) : withoutZero(known, survey)
    if let void {
      finding.rule.unknown.append(void.value...void.value)
      finding.words += ", \(name(void.value)) is not annotated"
    }
    finding.rule.samples = form
    return finding
  }

  /// How a number is written.
  func name(_ value: Double) -> String {
    form == .colors ? MaskText.color(value) : MaskText.number(value)
  }

  /// The numbers that most pixels have, with their parts of these.
  var commonest: [MaskNumberShare] {
    (negatives + numbers).sorted { $0.area > $1.area }.prefix(5)
      .map { MaskNumberShare(name: name($0.value), share: $0.area) }
  }

  /// The part of the border that some numbers have, of that of all that are known.
  func shares(_ numbers: [Number]) -> [MaskNumberShare] {
    let all = max(numbers.reduce(0) { $0 + $1.border }, .leastNonzeroMagnitude)
    return numbers.map { MaskNumberShare(name: name($0.value), share: $0.border / all) }
  }

  /// Whether numbers tell one cell from another rather than kinds of cells: each stands in one place or two of
  /// a file, not in many.
  func areCells(_ numbers: [Number]) -> Bool {
    guard numbers.count > 1, evidence.allSatisfy(\.isWhole) else { return false }
    let exact = evidence.allSatisfy(\.isExact)
    let (tops, places) = numbers.reduce((0, 0)) { ($0.0 + $1.tops, $0.1 + $1.files) }
    return !exact || tops <= 3 * places
  }
}

extension MaskNumbers.Number {
  fileprivate mutating func add(_ tally: MaskTally, in evidence: MaskEvidence, of count: Int) {
    pixels += tally.count
    border += Double(tally.border) / Double(max(evidence.borderPixels, 1) * count)
    area += Double(tally.count) / Double(max(evidence.pixels, 1) * count)
    files += 1
    tops += tally.tops
  }
}
