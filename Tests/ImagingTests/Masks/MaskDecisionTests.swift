import Basics
import Testing

@testable import Imaging

struct MaskDecisionTests {
  private func sets(inside: Bool = false) -> [[DrawnCells]] {
    (0..<3).map { set in
      (0..<4).map { DrawnCells(inside: inside, seed: UInt64(100 * set + $0)) }
    }
  }

  @Test(arguments: MaskWriting.plain + MaskWriting.numbered)
  func `a set gives its masks back however it was written`(writing: MaskWriting) throws {
    for set in sets() {
      let pictures = set.map(writing.picture)
      let decision = try MaskSurvey.decide(pictures)
      #expect(decision.dissenters == [], "\(decision.notes)")
      for (cells, picture) in zip(set, pictures) {
        let found = try MaskFile.annotation(of: picture, rule: decision.rule, file: "m")
        #expect(found.mask == cells.mask, "\(decision.line)")
        #expect(found.unknown == nil)
        let labels = found.cells?.labels
        #expect((labels != nil) == writing.isNumbered)
        // Two pixels have one number where they are of one cell.
        let pairs = Set(zip(cells.labels, labels ?? []).map { [$0, Int($1)] })
        #expect(pairs.count == Set(labels ?? []).count)
      }
      let area = set.reduce(0) { $0 + $1.mask.area }
      #expect(abs(decision.share - Double(area) / Double(4 * 96 * 72)) < 1e-9)
    }
  }

  @Test(arguments: [1, 8])
  func `cells in black are found where the border leaves no doubt`(bits: Int) throws {
    for set in sets(inside: true) {
      let pictures = set.map { cells in
        cells.picture(bits: bits) { UInt8(cells.labels[$0] > 0 ? 0 : bits == 1 ? 1 : 255) }
      }
      let decision = try MaskSurvey.decide(pictures)
      #expect(decision.rule.takesZero)
      #expect(decision.line.hasPrefix("0 is cell, "))
      #expect(
        try MaskFile.annotation(of: pictures[0], rule: decision.rule, file: "m").mask == set[0].mask
      )
    }
  }

  @Test func `what nobody annotated is neither cell nor ground`() throws {
    for (set, writing) in sets().flatMap({ set in VoidWriting.all.map { (set, $0) } }) {
      let pictures = set.map { writing.picture($0, $0.strip(9)) }
      let decision = try MaskSurvey.decide(pictures)
      #expect(decision.line.contains("\(writing.words) not annotated"), "\(decision.line)")
      for (cells, picture) in zip(set, pictures) {
        let found = try MaskFile.annotation(of: picture, rule: decision.rule, file: "m")
        let strip = cells.strip(9).map { $0 ? 1 : 0 as UInt8 }
        #expect(found.unknown?.pixels == strip)
        #expect(found.mask.pixels == zip(cells.mask.pixels, strip).map { $0 & ~$1 })
      }
    }
  }

  @Test func `grey edges and probabilities are cut at half of their range`() throws {
    for (set, writing) in sets().flatMap({ set in SoftWriting.all.map { (set, $0) } }) {
      let pictures = set.map(writing.picture)
      let decision = try MaskSurvey.decide(pictures)
      let words = "above half of the range (\(writing.half)) is cell"
      #expect(decision.line.contains(words), "\(decision.line)")
      #expect(decision.dissenters == [])
      for (cells, picture) in zip(set, pictures) {
        let found = try MaskFile.annotation(of: picture, rule: decision.rule, file: "m")
        #expect(found.mask.pixels == cells.soft(2).map { $0 > 0.5 ? 1 : 0 })
        #expect(found.mask.overlap(with: cells.mask) > 0.9)
      }
    }
  }

  @Test func `a mask that lossy compression has worn is read as it was`() throws {
    for (number, set) in sets().enumerated() {
      var rng = SeededGenerator(seed: UInt64(number))
      let pictures = set.map { cells in
        // Squares of 8x8 pixels that hold an edge are noisy all over, as JPEG leaves them.
        var values = cells.soft(1).map { 255 * $0 }
        let worn = values
        for corner in 0..<96 * 72 where corner % 8 == 0 && corner / 96 % 8 == 0 {
          let square = (0..<64).map { corner + $0 / 8 * 96 + $0 % 8 }
          guard square.contains(where: { worn[$0] != worn[corner] }) else { continue }
          for index in square { values[index] += rng.uniform(-14..<14) }
        }
        return cells.picture { UInt8(min(max(values[$0].rounded(), 0), 255)) }
      }
      let decision = try MaskSurvey.decide(pictures)
      for (cells, picture) in zip(set, pictures) {
        let found = try MaskFile.annotation(of: picture, rule: decision.rule, file: "m")
        #expect(found.mask.overlap(with: cells.mask) > 0.93, "\(decision.line)")
      }
    }
  }

  @Test func `a line says what was found and how much is cell`() throws {
    let cells = DrawnCells(
      width: 10, height: 10, labels: (0..<100).map { $0 < 12 ? 3 : $0 < 24 ? 7 : 0 })
    func notes(_ number: (UInt8) -> UInt8) throws -> [String] {
      try MaskSurvey.decide([cells.picture { number(UInt8(cells.labels[$0])) }]).notes
    }
    #expect(
      try notes { $0 } == [
        "masks: 0 is ground, every other number a cell (labels); 24.0 % of the pixels are cell"
      ])
    #expect(
      try notes { $0 > 0 ? 255 : 0 } == [
        "masks: 0 is ground, 255 is cell; 24.0 % of the pixels are cell"
      ])
    #expect(
      try notes { $0 > 0 ? 1 : 2 }
        == [
          "masks: 2 is ground, which has 63.9 % of the border, 1 is cell; 24.0 % of the pixels are cell"
        ])
  }
}
