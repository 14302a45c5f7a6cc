import Basics
import Testing

@testable import Imaging

@Suite("Cutting cells")
struct CellCutTests {
  static let (width, height) = (120, 101)

  static func line(_ points: [PixelPoint]) -> [Bool] {
    var isLine = [Bool](repeating: false, count: width * height)
    let brush = Brush(diameter: 1)
    for (start, end) in zip(points, points.dropFirst()) {
      for run in brush.runs(from: start, to: end, width: width, height: height) {
        for place in run { isLine[place] = true }
      }
    }
    return isLine
  }

  static func mask(_ isIn: (Int) -> Bool) -> Mask {
    Mask(width: width, height: height, pixels: (0..<width * height).map { isIn($0) ? 1 : 0 })
  }

  /// What a cut of one cell has to come to: the pieces before it, and the sides of each that are large enough.
  static func sides(
    of label: UInt16, in image: LabelImage, cutBy isLine: [Bool], smallest: Int
  ) -> [(piece: Int32, sides: [Set<Int>])] {
    let before = Components(of: image.mask(of: label), connectivity: .four)
    let after = Components(
      of: mask { image.labels[$0] == label && !isLine[$0] }, connectivity: .four)
    var sides = [Set<Int>](repeating: [], count: after.count)
    for (place, number) in after.labels.enumerated() where number > 0 {
      sides[Int(number) - 1].insert(place)
    }
    let large = sides.filter { $0.count >= smallest }
    return Dictionary(grouping: large) { before.labels[$0.first ?? 0] }
      .filter { $0.value.count > 1 }.map { ($0.key, $0.value) }
  }

  @Test(
    "A line splits just the cells that fall apart under it, and no pixel is lost",
    arguments: [1, 4])
  func sweep(smallest: Int) throws {
    var cuts = 0
    for seed in UInt64(0)..<40 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(
        Self.width, Self.height, cells: 50, radius: 2..<20, seed: seed)
      let labels = TiledLabels(image)
      let points = CellPictures.way(
        2 + rng.index(below: 4), Self.width, Self.height, step: 60, using: &rng)
      let isLine = Self.line(points)
      let expected = image.cells.map { label in
        (label, Self.sides(of: label, in: image, cutBy: isLine, smallest: smallest))
      }.filter { !$0.1.isEmpty }
      guard let stroke = labels.cut(along: points, smallest: smallest) else {
        #expect(expected.isEmpty, "seed \(seed)")
        continue
      }
      let drawn = try #require(labels.drawn(stroke))
      #expect(drawn.isTakenBack)
      let after = LabelImage(drawn.labels)
      #expect((after.mask == image.mask) == true, "seed \(seed): pixels lost or made")
      let cut = Set(expected.map(\.0))
      for place in image.labels.indices where after.labels[place] != image.labels[place] {
        #expect(cut.contains(image.labels[place]), "seed \(seed): a whole cell changed")
        #expect(!image.cells.contains(after.labels[place]), "seed \(seed): a number was taken")
      }
      var made: Set<UInt16> = []
      for (label, pieces) in expected {
        for (_, sides) in pieces {
          let numbers = sides.map { side in Set(side.map { after.labels[$0] }) }
          #expect(numbers.allSatisfy { $0.count == 1 }, "seed \(seed): a side has two numbers")
          let own = numbers.compactMap(\.first)
          #expect(own.count { $0 == label } == 1, "seed \(seed)")
          made.formUnion(own.filter { $0 != label })
          cuts += sides.count - 1
        }
        #expect(Self.isWhole(label, before: image, after: after), "seed \(seed) cell \(label)")
      }
      #expect(after.cells.count == image.cells.count + made.count)
    }
    #expect(cuts > 60, "\(cuts) cuts are few to learn from")
  }

  /// Whether each number that pixels of one piece got is one piece within it, and the largest kept the old one.
  static func isWhole(_ label: UInt16, before: LabelImage, after: LabelImage) -> Bool {
    let pieces = Components(of: before.mask(of: label), connectivity: .four)
    return (1...pieces.count).allSatisfy { piece in
      let places = pieces.labels.indices.filter { pieces.labels[$0] == Int32(piece) }
      let groups = Dictionary(grouping: places) { after.labels[$0] }
      let areConnected = groups.values.allSatisfy { group in
        let isIn = Set(group)
        return Components(of: mask { isIn.contains($0) }, connectivity: .four).count == 1
      }
      return areConnected && groups.values.map(\.count).max() == groups[label]?.count
    }
  }

  @Test("Pixels under the line go to the side that they touch, of two to the larger")
  func underTheLine() throws {
    let labels = TiledLabels(
      CellPictures.picture(
        "11111",
        "11111",
        "11111",
        "11111",
        "11111"))
    let stroke = try #require(
      labels.cut(along: [PixelPoint(x: 0, y: 1), PixelPoint(x: 9, y: 1)]))
    #expect(
      try #require(labels.drawn(stroke)).labels
        == TiledLabels(CellPictures.picture("22222", "11111", "11111", "11111", "11111")))
  }

  @Test("Sides that meet at corners only are apart, and a line that ends inside cuts nothing")
  func diagonal() throws {
    let labels = TiledLabels(CellPictures.picture("5555", "5555", "5555", "5555"))
    let stroke = try #require(
      labels.cut(along: [PixelPoint(x: 0, y: 3), PixelPoint(x: 3, y: 0)]))
    #expect(stroke.parts.map(\.label) == [1])
    #expect(labels.cut(along: [PixelPoint(x: 0, y: 3), PixelPoint(x: 2, y: 1)]) == nil)
    #expect(labels.cut(along: [PixelPoint(x: -9, y: 9), PixelPoint(x: -2, y: 1)]) == nil)
    #expect(labels.cut(along: [PixelPoint(x: 1, y: 1)]) == nil)
    #expect(labels.cut(along: []) == nil)
  }

  @Test("One line cuts all cells in its way, or the one that is asked for")
  func only() throws {
    let labels = TiledLabels(
      CellPictures.picture("11.222", "11.222", "11.222", "11.222", "11.222"))
    let line = [PixelPoint(x: -1, y: 2), PixelPoint(x: 7, y: 2)]
    #expect(try #require(labels.cut(along: line)).parts.map(\.label) == [3, 4])
    let one = try #require(labels.drawn(labels.cut(along: line, only: 2)))
    #expect(one.labels.cells.mapValues(\.area) == [1: 10, 2: 9, 3: 6])
    #expect(labels.cut(along: line, only: 9) == nil)
  }

  @Test(
    "A line along the rim shaves no specks off, and a piece that it leaves whole keeps its number")
  func rim() throws {
    let labels = TiledLabels(
      CellPictures.picture(
        "...1...11",
        ".11111.11",
        "1111111..",
        "1111111..",
        ".11111..."))
    let along = [PixelPoint(x: 0, y: 1), PixelPoint(x: 6, y: 1)]
    #expect(labels.cut(along: along) == nil)
    #expect(try #require(labels.cut(along: along, smallest: 1)).parts.map(\.label) == [2])
    let across = try #require(labels.cut(along: [PixelPoint(x: 3, y: 0), PixelPoint(x: 3, y: 4)]))
    let drawn = try #require(labels.drawn(across)).labels
    #expect(drawn[8, 0] == 1 && drawn.cells.count == 2)
  }

  @Test("Where numbers run out nothing is cut")
  func numbersTaken() {
    var all = (0..<65_536).map { UInt16($0) }
    all += [UInt16](repeating: 1, count: 256 * 8)
    let labels = TiledLabels(LabelImage(width: 256, height: 264, labels: all))
    #expect(labels.cut(along: [PixelPoint(x: 9, y: 250), PixelPoint(x: 9, y: 270)]) == nil)
  }

  @Test("Pieces of a cell become cells, the largest keeps the number")
  func separation() throws {
    let labels = TiledLabels(CellPictures.picture("22.5", "...5", "2..2", "....", "222."))
    let drawn = try #require(labels.drawn(labels.separation(of: 2)))
    #expect(
      drawn.labels == TiledLabels(CellPictures.picture("11.5", "...5", "3..4", "....", "222.")))
    #expect(drawn.isTakenBack)
    #expect(labels.separation(of: 5) == nil && labels.separation(of: 1) == nil)
    for seed in UInt64(0)..<15 {
      let image = CellPictures.crowd(90, 80, cells: 60, seed: seed)
      var separated = TiledLabels(image)
      for label in image.cells {
        if let stroke = separated.separation(of: label), let edit = separated.effect(of: stroke) {
          separated.apply(edit)
        }
      }
      #expect(separated.cells.count == Pieces(of: image).count, "seed \(seed)")
      #expect((separated.mask == TiledMask(image.mask)) == true)
    }
  }
}
