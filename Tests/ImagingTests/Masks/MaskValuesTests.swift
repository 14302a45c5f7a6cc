import Foundation
import Testing

@testable import Imaging

struct MaskValuesTests {
  /// Numbers 0...4, -1 and NaN, a row each.
  private let numbers: [Double] = [0, 1, 2, 3, 4, -1, .nan]

  private func meanings(_ text: String) throws -> String {
    let values = try MaskValues(text)
    let rule = try #require(values.rule(for: .values))
    return numbers.map { ["g", "c", "u"][Int(rule.meaning(of: $0).rawValue)] }.joined()
  }

  @Test(arguments: [
    ("white", "gcccccg"), ("black", "cgggggg"),
    ("labels", "gccccug"), ("cell=2", "ggcgggg"), ("cell=1,3", "gcgcggg"),
    ("cell=2..3", "ggccggg"), ("cell=2..", "ggcccgg"), ("cell=2...3", "ggccggg"),
    ("ground=1", "cgccccg"), ("ground=0,1", "ggccccg"), ("cell=2 ground=1", "ugcuuug"),
    (">1", "ggcccgg"), (">=1", "gccccgg"), ("<1", "cggggcg"), ("<=1", "ccgggcg"),
    ("cell=1..4 ignore=3", "gccucgg"),
    ("labels ignore=4", "gcccuug"), ("ignore=4", "gcccucg"), ("cell=1 ignore=negative", "gcgggug"),
    ("CELL=1;ignore=NaN", "gcggggu"), ("labels ground=1", "cgcccug"),
    ("labels ground=-1", "cccccgg"),
    ("cell=1e0", "gcggggg"), (">0.5 ignore=nan,2", "gcuccgu"),
  ])
  func `what is said means what it says`(text: String, meanings: String) throws {
    #expect(try self.meanings(text) == meanings)
  }

  @Test(arguments: [
    ("", "nothing is said"), ("  ", "nothing is said"), ("grey", "'grey' does not say"),
    ("cel=2", "it is auto, white, black, labels, cell=2, cell=1,3 ignore=255"),
    ("cell=x", "'x' in 'cell=x' is no number"), ("cell=", "'' in 'cell=' is no number"),
    ("cell=1,,2", "'' in 'cell=1,,2' is no number"), ("cell=3..1", "'3..1' in"),
    ("cell=inf", "is no number"), ("cell=#12345", "is no number"), (">", "'' in '>' is no number"),
    ("auto cell=1", "stands alone"), ("white ignore=255", "stands alone"),
    ("cell=1 cell=2", "'cell=1' and 'cell=2' cannot both be"), ("labels >1", "cannot both be"),
    ("cell=2 ground=1..3", "cannot both be"),
  ])
  func `what cannot be understood is told with what can be said`(
    text: String, words: String
  ) throws {
    let error = #expect(throws: MaskValuesError.self) { try MaskValues(text) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test func `what is said is kept as it is written`() throws {
    for text in ["auto", "white", "black", "labels", "cell=1,3 ignore=255", ">127"] {
      let values = try MaskValues("  \(text.uppercased()) ")
      #expect(values.text == text)
      let kept = try JSONEncoder().encode([values])
      #expect(try JSONDecoder().decode([MaskValues].self, from: kept) == [values])
      #expect(values.isPolarity == ["auto", "white", "black"].contains(text))
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([MaskValues].self, from: Data(#"["gray"]"#.utf8))
    }
  }

  @Test func `numbers that are said and not there are told with those that are`() throws {
    let cells = DrawnCells(seed: 1)
    let picture = cells.picture { (i: Int) -> UInt8 in cells.labels[i] > 0 ? 1 : 0 }
    let error = #expect(throws: MaskTrouble.self) {
      try MaskSurvey.decide([picture], MaskValues("cell=255"))
    }
    let share = Double(cells.mask.area) / Double(cells.labels.count)
    #expect(
      error
        == .absent(
          said: "cell=255",
          found: [
            MaskNumberShare(name: "0", share: 1 - share), MaskNumberShare(name: "1", share: share),
          ]))
    #expect(error?.example == "cell=1")
  }

  @Test func `by hand everything is read as it is said`() throws {
    let cells = DrawnCells(seed: 2)
    let soft = cells.soft(1)
    let photo = cells.picture(
      cells.labels.indices.map { (i: Int) -> [UInt8] in
        [UInt8(i % 50), UInt8(soft[i] * 255), UInt8(i % 7)]
      })
    let above = try MaskSurvey.decide([photo], MaskValues(">127"))
    #expect(
      try MaskFile.annotation(of: photo, rule: above.rule, file: "m").mask.pixels
        == soft.map { $0 * 255 >= 128 ? 1 : 0 })
    let alpha = cells.picture(
      cells.labels.indices.map { (i: Int) -> [UInt8] in
        [UInt8(i % 50), 9, 9, cells.labels[i] > 0 ? 200 : 0]
      })
    let opacity = try MaskSurvey.decide([alpha], MaskValues("alpha"))
    #expect(try MaskFile.annotation(of: alpha, rule: opacity.rule, file: "m").mask == cells.mask)
    #expect(throws: ImagingError.notMask(file: "m", .noOpacity)) {
      try MaskFile.annotation(of: photo, rule: opacity.rule, file: "m")
    }
    let red = cells.picture(
      cells.labels.map { (label: Int) -> [UInt8] in label > 0 ? [255, 0, 0] : [0, 0, 255] })
    let color = try MaskSurvey.decide([red], MaskValues("cell=#ff0000"))
    #expect(try MaskFile.annotation(of: red, rule: color.rule, file: "m").mask == cells.mask)
  }
}
