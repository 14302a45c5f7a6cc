import Basics
import Imaging
import Project
import Recipes
import Screen
import Testing

@testable import Workbench

/// Cells keep their colours from where they are read to where they are decided about.
@Suite struct ColouredCellsTests {
  static let size = (width: 150, height: 90)

  /// A tissue of squares, `across` pixels wide.
  static func tissue(_ across: Int) -> LabelImage {
    var image = LabelImage(width: size.width, height: size.height)
    let count = size.width / across + 1
    for y in 0..<size.height {
      for x in 0..<size.width { image[x, y] = UInt16(1 + x / across + y / across * count) }
    }
    return image
  }

  static func image() -> Image {
    Image(
      width: size.width, height: size.height, bitDepth: 8,
      values: Array(repeating: 1, count: size.width * size.height))
  }

  /// Cells that share an edge and have one colour.
  static func clashes(_ image: OpenImage) -> Int {
    let (labels, colours) = (image.working, image.colours)
    var clashes = 0
    for y in 0..<size.height - 1 {
      for x in 0..<size.width - 1 where labels[x, y] != 0 {
        for other in [labels[x + 1, y], labels[x, y + 1]]
        where other != 0 && other != labels[x, y] && colours[other] == colours[labels[x, y]] {
          clashes += 1
        }
      }
    }
    return clashes
  }

  @Test
  func
    `what is accepted has the colours that it was drawn in, and what is adopted those of before`()
    throws
  {
    var open = OpenImage(
      image: Self.image(), accepted: nil, proposal: Self.tissue(15), strokes: [])
    open.move(to: .proposed)
    let proposed = try #require(open.proposedCells)
    #expect(open.colours == proposed.colours && !proposed.labels.cells.isEmpty)
    let adoption = try #require(open.adoption)
    #expect(adoption == proposed)
    open.become(adoption, by: adoption.drawing, isAdoption: true)
    #expect(open.isTouched && open.colours == proposed.colours && open.agreement == 1)
    let drawn = try #require(open.working.removal(of: [3, 5]))
    open.apply(.edit(drawn))
    let corrected = open.colours
    open.decide(.corrected, accepted: open.workingCells)
    #expect(open.colours == corrected && open.acceptedCells?.colours == corrected)
    // What is there again is in its colours again.
    open.apply(.undo)
    open.apply(.undo)
    #expect(!open.isTouched && open.colours == corrected)
    open.apply(.redo)
    #expect(open.colours == proposed.colours)
    open.apply(.redo)
    #expect(open.colours == corrected && !open.isUnsaved)
  }

  @Test(arguments: 0..<8)
  func `cells that touch differ in colour whatever is done`(seed: UInt64) throws {
    var rng = SeededGenerator(seed: seed)
    let sets = [15, 20, 25].map { Self.tissue($0) }
    var open = OpenImage(image: Self.image(), accepted: sets[0], proposal: sets[1], strokes: [])
    let states: [ReviewState] = [.new, .proposed, .accepted, .rejected]
    open.move(to: states[Int(seed % 4)])
    func point() -> PixelPoint {
      PixelPoint(
        x: rng.index(below: Self.size.width), y: rng.index(below: Self.size.height))
    }
    func record(_ stroke: Stroke?) {
      guard let stroke else { return }
      if let adoption = open.adoption {
        open.become(adoption, by: adoption.drawing, isAdoption: true)
      }
      open.apply(stroke)
    }
    for step in 0..<80 {
      switch rng.index(below: 15) {
      case 0: open.propose(ColouredCells(TiledLabels(sets[rng.index(below: 3)])), doubts: [:])
      case 1: open.decide(states[rng.index(below: 4)], accepted: open.workingCells)
      case 2..<5: open.apply(.undo)
      case 5..<7: open.apply(.redo)
      case 7: record(open.working.renumbering.map { .relabel($0) })
      case 8:
        // The whole proposal is taken, as a step of its own.
        guard let proposal = open.proposedCells else { continue }
        guard let drawing = proposal.drawing(over: open.history.labels, mostTiles: step % 3) else {
          continue
        }
        var drawn = open.history
        drawn.apply(.edit(drawing))
        open.become(proposal, by: drawing, isAdoption: false)
        #expect((drawn == open.history) == true, "seed \(seed) step \(step)")
      case 10:
        let cells = open.working.cells.keys.sorted()
        guard !cells.isEmpty else { continue }
        record(
          open.working.removal(ofAllBut: [cells[rng.index(below: cells.count)]]).map {
            .relabel($0)
          })
      case 9: record(open.working.cut(along: [point(), point()]).map { .edit($0) })
      default:
        let middle = point()
        let way = (0..<4).map { _ in
          PixelPoint(
            x: middle.x + rng.index(below: 25) - 12, y: middle.y + rng.index(below: 25) - 12)
        }
        record(open.working.lasso(around: way, overwrites: true).map { .edit($0) })
      }
      #expect(Self.clashes(open) == 0, "seed \(seed) step \(step)")
    }
  }

  @Test func `a draft that is read again shares its tiles and colours with what was accepted`() {
    let cells = Self.tissue(15)
    let drawing = ColouredCells(TiledLabels(cells)).drawing
    for strokes in [[Stroke.edit(drawing)], [.edit(drawing), .undo]] {
      var open = OpenImage(
        image: Self.image(), accepted: cells, proposal: nil, strokes: strokes)
      open.move(to: .accepted)
      #expect(open.isTouched == (strokes.count == 1) && !open.isUnsaved)
      let colours = open.colours
      open.apply(strokes.count == 1 ? .undo : .redo)
      #expect(open.colours == colours, "each way the same cells are looked at")
    }
  }
}
