import Basics
import Testing

@testable import Imaging

/// Masks that look like something else, and what looks like masks.
struct MaskNeighbourTests {
  private func sets(
    count: Int = 9, radius: Range<Double> = 5..<10, inside: Bool = false
  ) -> [DrawnCells] {
    (1...4).map { DrawnCells(count: count, radius: radius, inside: inside, seed: UInt64($0)) }
  }

  private func trouble(_ pictures: [RawPicture]) throws -> MaskTrouble {
    do throws(MaskTrouble) {
      let found = try MaskSurvey.decide(pictures)
      Issue.record("it was read: \(found.line)")
      return .noCell(looked: 0, total: 0)
    } catch {
      return error
    }
  }

  @Test func `three hundred labels are no probabilities`() throws {
    let pictures = (1...3).map { seed in
      let cells = DrawnCells(
        width: 256, height: 192, count: 300, radius: 4..<8, seed: UInt64(seed))
      return cells.picture { (i: Int) -> UInt16 in UInt16(cells.labels[i]) }
    }
    let decision = try MaskSurvey.decide(pictures)
    #expect(decision.rule.keepsNumbers)
    #expect(decision.line.hasPrefix("0 is ground, every other number a cell (labels)"))
  }

  @Test func `a cell of number 255 among 255 is a cell`() throws {
    let cells = DrawnCells(width: 256, height: 192, count: 255, radius: 3..<6, seed: 1)
    let decision = try MaskSurvey.decide([
      cells.picture { (index: Int) -> UInt8 in UInt8(cells.labels[index]) }
    ])
    #expect(decision.rule.meaning(of: 255) == .cell && decision.rule.keepsNumbers)
  }

  @Test func `files that say 1 and files that say 255 are one set`() throws {
    let pictures = sets().enumerated().map { place, cells in
      cells.picture { (index: Int) -> UInt8 in
        cells.labels[index] == 0 ? 0 : place % 2 == 0 ? 1 : 255
      }
    }
    let decision = try MaskSurvey.decide(pictures)
    #expect(decision.line.hasPrefix("0 is ground, 1 and 255 are cell"))
    // Where most that have 255 have no 1 beside it, it cannot be told.
    let cells = sets()[0]
    let both = cells.picture { (index: Int) -> UInt8 in
      cells.labels[index] > 5 ? 255 : cells.labels[index] > 0 ? 1 : 0
    }
    let few = [both] + [1, 1, 3].map { pictures[$0] }
    #expect(try trouble(few) == .unknown("255"))
  }

  @Test(arguments: [60, 75, 85], [8, 1])
  func `dense colonies are not inverted`(percent: Int, bits: Int) throws {
    let pictures = (1...4).map { seed in
      let soft = DrawnCells(count: 40, radius: 3..<6, seed: UInt64(seed)).soft(6)
      let level = soft.sorted()[soft.count * (100 - percent) / 100]
      let cells = DrawnCells(width: 96, height: 72, labels: soft.map { $0 > level ? 1 : 0 })
      return cells.picture(bits: bits) { (i: Int) -> UInt8 in
        cells.labels[i] == 0 ? 0 : bits == 1 ? 1 : 255
      }
    }
    do throws(MaskTrouble) {
      let decision = try MaskSurvey.decide(pictures)
      #expect(!decision.rule.takesZero && abs(decision.share - Double(percent) / 100) < 0.03)
    } catch {
      // Of one bit it is asked where most of the border is cell.
      #expect(bits == 1)
      guard case .ground = error else { throw error }
    }
  }

  @Test func `cells on most of the border are told, and asked about where they have one bit`()
    throws
  {
    let cells = DrawnCells(
      width: 90, height: 60, labels: (0..<90 * 60).map { $0 % 90 < 75 ? 1 : 0 })
    let bytes = cells.picture { (i: Int) -> UInt8 in cells.labels[i] > 0 ? 255 : 0 }
    let decision = try MaskSurvey.decide([bytes])
    #expect(decision.line.contains("look whether they are inverted"))
    #expect(!decision.rule.takesZero)
    let bits = cells.picture(bits: 1) { (i: Int) -> UInt8 in UInt8(cells.labels[i]) }
    guard case .ground = try trouble([bits]) else {
      Issue.record("not asked")
      return
    }
  }

  @Test func `one label an image is a mask, and its number is kept`() throws {
    let pictures = sets().enumerated().map { place, cells in
      cells.picture { (index: Int) -> UInt16 in cells.labels[index] == 3 ? UInt16(place + 1) : 0 }
    }
    let decision = try MaskSurvey.decide(pictures)
    #expect(decision.rule.keepsNumbers && !decision.rule.takesZero && decision.dissenters == [])
  }

  @Test func `classes are no numbers of cells`() throws {
    let pictures = (1...3).map { seed in
      let cells = DrawnCells(width: 256, height: 192, count: 60, radius: 3..<7, seed: UInt64(seed))
      return cells.picture { (index: Int) -> UInt8 in
        cells.labels[index] == 0 ? 0 : UInt8(1 + cells.labels[index] % 2)
      }
    }
    let decision = try MaskSurvey.decide(pictures)
    #expect(!decision.rule.keepsNumbers && decision.line.hasPrefix("0 is ground, 1 and 2 are cell"))
  }

  @Test func `cells without ground between them are asked about`() throws {
    let tiles = DrawnCells(
      width: 96, height: 72, labels: (0..<96 * 72).map { 1 + $0 % 96 / 12 + 8 * ($0 / 96 / 12) })
    guard
      case .ground = try trouble([
        tiles.picture { (index: Int) -> UInt16 in UInt16(tiles.labels[index]) }
      ])
    else {
      Issue.record("not asked")
      return
    }
    let lined = tiles.picture { (index: Int) -> UInt16 in
      index % 96 % 24 == 0 ? 0 : UInt16(tiles.labels[index])
    }
    guard case .allCell(let share, "0", 1, 1) = try trouble([lined]) else {
      Issue.record("not asked")
      return
    }
    #expect(abs(share - 23.0 / 24) < 1e-9)
  }

  @Test func `nothing, everything, and a ground that looks like a cell are asked about`() throws {
    let cells = sets()
    #expect(
      try trouble(cells.map { $0.picture { (_: Int) -> UInt8 in 0 } })
        == .noCell(looked: 4, total: 4))
    #expect(
      try trouble(cells.map { $0.picture { (_: Int) -> UInt8 in 255 } })
        == .allCell(share: 1, ground: "0", looked: 4, total: 4))
    // 0 is a strip that nobody labelled, 1 is ground, 2 is cell.
    let strips = cells.map { one in
      one.picture { (index: Int) -> UInt8 in
        index % 96 < 9 ? 0 : one.labels[index] > 0 ? 2 : 1
      }
    }
    guard case .ground = try trouble(strips) else {
      Issue.record("not asked")
      return
    }
    #expect(
      try trouble(
        cells.map { one in one.picture(.signed) { (i: Int) -> Int8 in one.labels[i] > 0 ? -1 : 0 } }
      )
        == .unknown("-1"))
  }

  @Test func `a border shared by ground and cell is asked about`() throws {
    let halves = DrawnCells(
      width: 90, height: 60, labels: (0..<90 * 60).map { $0 % 90 < 45 ? 1 : 0 })
    let error = try trouble([
      halves.picture { (index: Int) -> UInt8 in UInt8(halves.labels[index] + 1) }
    ])
    #expect(
      error
        == .ground([
          MaskNumberShare(name: "1", share: 0.5), MaskNumberShare(name: "2", share: 0.5),
        ]))
  }

  @Test func `images, overlays and worn labels are refused as no masks`() throws {
    var rng = SeededGenerator(seed: 5)
    let cells = sets()
    func faults(_ pictures: [RawPicture]) throws -> MaskFault? {
      guard case .noMasks(let fault, file: "0", count: 4, looked: 4, _) = try trouble(pictures)
      else {
        return nil
      }
      return fault
    }
    let greys = cells.map { one -> RawPicture in
      let soft = one.soft(2)
      return one.picture { (index: Int) -> UInt8 in
        UInt8(min(max(70 + 60 * soft[index] + rng.uniform(-20..<20), 0), 255))
      }
    }
    #expect(try faults(greys) == .image)
    // Stained cells: nearly all is dark or bright, but the ground is noise.
    let stained = cells.map { one -> RawPicture in
      let soft = one.soft(3)
      return one.picture { (index: Int) -> UInt8 in
        UInt8(min(max(6 + 400 * soft[index] + rng.uniform(-6..<6), 0), 255))
      }
    }
    #expect(try faults(stained) == .image)
    let dim = cells.map { one -> RawPicture in
      one.picture { (_: Int) -> UInt16 in UInt16(rng.uniform(0..<4000)) }
    }
    #expect(try faults(dim) == .image)
    let overlays = cells.map { one -> RawPicture in
      one.picture(
        one.labels.map { (label: Int) -> [UInt8] in
          let grey = UInt8(rng.uniform(60..<180))
          return label > 0 ? [255, grey / 2, grey / 2] : [grey, grey, grey]
        })
    }
    #expect(try faults(overlays) == .colors)
    #expect(
      MaskTrouble.noMasks(.image, file: "a", count: 1, looked: 2, half: 99.6).example == "'>100'")
  }

  @Test func `files that disagree with their set are named, and pictures among them not read`()
    throws
  {
    let cells = sets(inside: true)
    var rng = SeededGenerator(seed: 9)
    let plain = cells.map { one in
      one.picture { (index: Int) -> UInt8 in one.labels[index] > 0 ? 255 : 0 }
    }
    let one = cells[0]
    let soft = one.soft(2)
    let others: [(RawPicture, String, MaskFault?)] = [
      (one.picture { (i: Int) -> UInt8 in one.labels[i] > 0 ? 0 : 255 }, "inverted", nil),
      (one.picture { (_: Int) -> UInt8 in UInt8(rng.uniform(40..<200)) }, "image", .image),
      (
        one.picture(
          (0..<96 * 72).map { (_: Int) -> [UInt8] in
            (0..<3).map { _ in UInt8(rng.uniform(0..<256)) }
          }), "colours", .colors
      ),
      (
        one.picture(one.labels.map { (l: Int) -> [UInt8] in [255, 255, 255, l > 0 ? 255 : 0] }),
        "opacity", .opacity
      ),
      (one.picture { (i: Int) -> UInt8 in one.labels[i] > 0 ? 2 : 1 }, "all over", nil),
    ]
    for (picture, word, fault) in others {
      let decision = try MaskSurvey.decide(plain + [picture])
      #expect(decision.dissenters == [4], "\(word): \(decision.notes)")
      #expect(decision.notes.count == 2 && decision.notes[1].contains(word), "\(decision.notes)")
      #expect(decision.line.hasPrefix("0 is ground, "))
      guard let fault else { continue }
      #expect(throws: ImagingError.notMask(file: "x", fault)) {
        try MaskFile.annotation(of: picture, rule: decision.rule, file: "x")
      }
    }
    // Grey edges beside plain masks are no disagreement: half of the range reads both.
    let edges = one.picture { (i: Int) -> UInt8 in UInt8((255 * soft[i]).rounded()) }
    let mixed = try MaskSurvey.decide(plain + [edges])
    #expect(mixed.dissenters == [] && mixed.line.contains("half of the range (127.5)"))
    // But not beside masks that count to 1.
    let ones = cells.map { one in one.picture { (i: Int) -> UInt8 in UInt8(min(one.labels[i], 1)) }
    }
    let apart = try MaskSurvey.decide(ones + [edges])
    #expect(apart.dissenters == [4] && apart.line.hasPrefix("0 is ground, 1 is cell"))
  }

  @Test func `a set with some empty masks is fine`() throws {
    let pictures = sets().enumerated().map { place, cells in
      cells.picture { (i: Int) -> UInt8 in place > 1 && cells.labels[i] > 0 ? 255 : 0 }
    }
    let decision = try MaskSurvey.decide(pictures)
    #expect(decision.dissenters == [] && decision.share > 0)
  }

  @Test func `outlines that are not filled are told`() throws {
    let pictures = sets().map { cells in
      cells.picture { (i: Int) -> UInt8 in
        let label = cells.labels[i]
        let isEdge = [-1, 1, -96, 96].contains { step in
          let other = i + step
          return cells.labels.indices.contains(other) && cells.labels[other] != label
        }
        return label > 0 && isEdge ? 255 : 0
      }
    }
    #expect(try MaskSurvey.decide(pictures).line.contains("outlines are to be filled first"))
  }
}
