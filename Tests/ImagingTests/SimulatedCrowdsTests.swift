import Basics
import Foundation
import Testing

@testable import Imaging

struct SimulatedCrowdsTests {
  @Test func `pictures without a crowd do not change with how many crowds there are`() {
    var settings = SimulationSettings()
    settings.crowdRate = 0
    let without = Simulator(settings)
    settings.crowdRate = 0.5
    let with = Simulator(settings)
    let crowds = (UInt64(0)..<24).count {
      let (some, none) = (with.picture(seed: $0, size: 64), without.picture(seed: $0, size: 64))
      #expect((some.image == none.image) == (some.cells == none.cells), "seed \($0)")
      return some.image != none.image
    }
    #expect((6...18).contains(crowds))
  }

  @Test(arguments: CrowdKind.allCases) func `the cells of a crowd touch each other`(
    kind: CrowdKind
  ) {
    var (cells, touching, gaps) = (0, 0, [Int]())
    for seed in UInt64(0)..<10 {
      let picture = Simulator(.only(kind)).picture(seed: seed, size: 128).cells
      let found = Self.gaps(of: picture)
      if found.count > 3 {
        let share = Float(found.count { $0 <= 2 }) / Float(found.count)
        #expect(share >= 0.5, "\(kind), seed \(seed): \(share)")
      }
      cells += found.count
      touching += found.count { $0 <= 2 }
      gaps += found
    }
    #expect(cells > 80, "\(kind)")
    #expect(touching * 10 > cells * 8, "\(kind): \(touching) of \(cells)")
    #expect(gaps.sorted()[gaps.count / 2] == 0, "\(kind)")
  }

  @Test func `cells are of 10 to 120 pixels, those of a picture of about one size`() {
    var medians: [Float] = []
    for seed in UInt64(0)..<60 {
      var settings = SimulationSettings()
      settings.crowdRate = 1
      let cells = Simulator(settings).picture(seed: seed, size: 192).cells
      let areas = cells.areas.values.sorted()
      guard areas.count > 4 else { continue }
      func diameter(_ share: Float) -> Float {
        (4 / .pi * Float(areas[Int(share * Float(areas.count - 1))])).squareRoot()
      }
      medians.append(diameter(0.5))
      #expect(diameter(0.8) < 2.5 * diameter(0.5), "seed \(seed)")
    }
    medians.sort()
    #expect(medians.count > 50)
    #expect(medians[3] < 14 && medians[medians.count - 4] > 38, "\(medians)")
  }

  @Test(arguments: CrowdKind.allCases) func `each cell has pixels enough and its number in order`(
    kind: CrowdKind
  ) {
    for seed in UInt64(30)..<36 {
      let simulator = Simulator(.only(kind))
      let (image, cells) = simulator.picture(seed: seed, size: 96, bitDepth: 8)
      let (again, mask) = simulator.image(seed: seed, size: 96, bitDepth: 8)
      #expect(image == again && cells.mask == mask, "a seed names a picture")
      #expect(image.values.allSatisfy { (0...255).contains($0) && $0 == $0.rounded() })
      #expect(cells.areas.values.allSatisfy { $0 >= LabelImage.smallestPiece })
      var seen: LabelImage.Label = 0
      for label in cells.labels where label > seen {
        #expect(label == seen + 1)
        seen = label
      }
      #expect(seen > 0, "\(kind), seed \(seed)")
    }
  }

  /// For each cell that the border does not cut how many pixels it is away from the next one, up to 9.
  private static func gaps(of image: LabelImage) -> [Int] {
    let (width, height) = (image.width, image.height)
    var gaps: [LabelImage.Label: Int] = [:]
    var cut: Set<LabelImage.Label> = []
    for y in 0..<height {
      for x in 0..<width where image[x, y] != 0 {
        let label = image[x, y]
        if x == 0 || y == 0 || x == width - 1 || y == height - 1 { cut.insert(label) }
        for v in max(y - 4, 0)...min(y + 4, height - 1) {
          for u in max(x - 4, 0)...min(x + 4, width - 1) {
            let other = image[u, v]
            guard other != 0, other != label else { continue }
            gaps[label] = min(gaps[label] ?? 9, max(abs(u - x), abs(v - y)) - 1)
          }
        }
      }
    }
    return image.cells.filter { !cut.contains($0) }.map { gaps[$0] ?? 9 }
  }
}

extension SimulationSettings {
  /// Crowds of one kind and nothing else.
  fileprivate static func only(_ kind: CrowdKind) -> SimulationSettings {
    var settings = SimulationSettings()
    settings.crowdRate = 1
    settings.crowds.kinds = [kind: 1]
    return settings
  }
}
