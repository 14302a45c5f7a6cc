import Foundation
@testable import Imaging
import Testing

struct ScoresTests {
  @Test func `scores and distances are SciPy's`() throws {
    for (index, golden) in try Golden.load().scores.enumerated() {
      let (prediction, truth) = (Mask(golden.prediction), Mask(golden.truth))
      #expect(edge(of: prediction).rows == golden.edge, "case \(index)")
      let scores = Scores(prediction: prediction, truth: truth, withBoundaries: true)
      for (ours, theirs) in [
        (scores[.iou], golden.iou), (scores[.dice], golden.dice),
        (scores[.precision], golden.precision), (scores[.recall], golden.recall),
        (scores[.hausdorff], golden.hausdorff), (scores[.hausdorff95], golden.hausdorff95),
      ] {
        #expect(abs((ours ?? .nan) - theirs) < 1e-6, "case \(index)")
      }
    }
  }

  @Test func `iou is at most dice, and swapping the masks swaps precision and recall`() {
    for seed in UInt64(0)..<50 {
      let (a, b) = (Noise.mask(30, 20, seed: seed), Noise.mask(30, 20, seed: seed + 1000))
      let (there, back) = (
        Scores(prediction: a, truth: b, withBoundaries: true),
        Scores(prediction: b, truth: a, withBoundaries: true)
      )
      #expect(there.iou <= there[.dice] ?? .nan, "seed \(seed)")
      #expect(there.iou == back.iou && there[.precision] == back[.recall], "seed \(seed)")
      #expect(there[.hausdorff] == back[.hausdorff], "seed \(seed)")
      #expect((there[.hausdorff95] ?? .nan) <= (there[.hausdorff] ?? .nan), "seed \(seed)")
      let same = Scores(prediction: a, truth: a, withBoundaries: true)
      for metric in Metric.allCases where !metric.isOfCells {
        #expect(same[metric] == (metric.unit == .share ? 1 : 0), "\(metric), seed \(seed)")
      }
    }
  }

  @Test func `what nobody annotated counts nowhere`() {
    for seed in UInt64(0)..<30 {
      let (width, height) = (30, 20)
      let (a, b) = (
        Noise.mask(width, height, seed: seed), Noise.mask(width, height, seed: seed + 1000)
      )
      // A strip at the right, as a picture cut there has it.
      let hidden = 6 + Int(seed % 7)
      let isKnown = { (index: Int) in index % width < width - hidden }
      func mask(_ pixel: (Int) -> Bool) -> Mask {
        Mask(width: width, height: height, pixels: (0..<width * height).map { pixel($0) ? 1 : 0 })
      }
      let unknown = mask { !isKnown($0) }
      func left(_ mask: Mask) -> Mask {
        let pixels = (0..<width * height).filter(isKnown).map { mask.pixels[$0] }
        return Mask(width: width - hidden, height: height, pixels: pixels)
      }
      let scores = Scores(prediction: a, truth: b, unknown: unknown, withBoundaries: true)
      let part = Scores(prediction: left(a), truth: left(b))
      for metric in [Metric.iou, .dice, .precision, .recall] {
        #expect(scores[metric] == part[metric], "\(metric), seed \(seed)")
      }
      // Whatever either says there.
      let other = Noise.mask(width, height, seed: seed + 2000)
      func painted(_ mask: Mask, _ over: Mask) -> Mask {
        self.painted(mask, over, where: isKnown)
      }
      #expect(
        Scores(
          prediction: painted(a, other), truth: painted(b, a), unknown: unknown,
          withBoundaries: true) == scores, "seed \(seed)")
      let nothing = Mask(width: width, height: height)
      #expect(
        Scores(prediction: a, truth: b, unknown: nothing, withBoundaries: true)
          == Scores(prediction: a, truth: b, withBoundaries: true))
    }
  }

  /// A mask with the pixels of another where it is not to be looked at.
  private func painted(_ mask: Mask, _ other: Mask, where isKnown: (Int) -> Bool) -> Mask {
    Mask(
      width: mask.width, height: mask.height,
      pixels: mask.pixels.indices.map { isKnown($0) ? mask.pixels[$0] : other.pixels[$0] })
  }

  @Test func `a distance is the one that trying every pair finds`() {
    for seed in UInt64(0)..<30 {
      let (a, b) = (
        Noise.mask(24, 19, discs: 2, seed: seed), Noise.mask(24, 19, discs: 2, seed: seed + 500)
      )
      func farthest(_ from: [Int], _ to: [Int]) -> Double {
        from.map { p in
          to.map { q in hypot(Double(p % 24 - q % 24), Double(p / 24 - q / 24)) }.min() ?? 0
        }.max() ?? 0
      }
      let (edgeA, edgeB) = (a.boundaryPixels, b.boundaryPixels)
      guard !edgeA.isEmpty, !edgeB.isEmpty else { continue }
      let expected = max(farthest(edgeA, edgeB), farthest(edgeB, edgeA))
      #expect(abs(Hausdorff(a, b).distance - expected) < 1e-6, "seed \(seed)")
    }
  }

  @Test func `the mean of images leaves distances out where one has none`() {
    let some = Scores([.iou: 0.5, .dice: 0.6, .hausdorff: 3, .hausdorff95: 2])
    let none = Scores([.iou: 1, .dice: 1])
    #expect(Scores.mean([]) == nil)
    #expect(Scores.mean([some, some])?[.hausdorff] == 3)
    #expect(Scores.mean([some, none])?.iou == 0.75)
    #expect(Scores.mean([some, none])?[.hausdorff] == nil)
  }

  @Test func `each metric has names of its own and knows which way is better`() {
    for name in [\Metric.title, \.shortTitle, \.heading] {
      #expect(Set(Metric.allCases.map { $0[keyPath: name] }).count == Metric.allCases.count)
    }
    for metric in Metric.allCases where !metric.isOfCells {
      #expect(metric.heading == metric.heading.lowercased() && !metric.heading.contains(","))
      #expect(metric.isBetter(0.9, than: 0.1) == (metric.unit == .share))
      #expect(metric.range.contains(0) && !metric.range.contains(-0.1))
      #expect(!metric.range.contains(.infinity) && !metric.range.contains(.nan))
    }
    #expect(Metric.iou.text(0.7461) == "74.6" && Metric.hausdorff.text(7.46) == "7.5")
    #expect(Metric.iou.signedText(0.031) == "+3.1" && Metric.hausdorff.signedText(-2) == "-2.0")
  }

  @Test func `entropy is 0 where sure, 1 at a half, and between elsewhere`() {
    #expect(Uncertainty.meanEntropy(of: []) == 0)
    #expect(Uncertainty.meanEntropy(of: [0, 1, 1, 0]) == 0)
    #expect(Uncertainty.meanEntropy(of: [0.5, 0.5]) == 1)
    #expect(abs(Uncertainty.meanEntropy(of: [0.25]) - 0.811_278_124) < 1e-7)
    #expect(Uncertainty.meanEntropy(of: [-0.1, 1.2, .nan]) == 0)
    let cells = LabelImage(width: 3, height: 2, labels: [4, 4, 0, 9, 0, 7])
    #expect(
      Uncertainty.meanEntropies(of: [0.5, 1, 0.5, 0.5, 0.5, .nan], in: cells)
        == [4: 0.5, 9: 1, 7: 0])
  }
}

struct ComponentsTests {
  @Test func `parts are SciPy's, numbered in the order of their first pixels`() throws {
    for (index, golden) in try Golden.load().components.enumerated() {
      let mask = Mask(golden.mask)
      for (connectivity, expected) in [
        (Components.Connectivity.four, golden.four), (.eight, golden.eight),
      ] {
        let parts = Components(of: mask, connectivity: connectivity)
        #expect(parts.labels == expected.flatMap { $0 }, "case \(index)")
        #expect(parts.areas.reduce(0, +) == mask.area)
      }
    }
  }

  @Test func `the parts together are the mask`() {
    for seed in UInt64(0)..<20 {
      let mask = Noise.mask(40, 30, discs: 6, seed: seed)
      let parts = Components(of: mask)
      var whole = Mask(width: 40, height: 30)
      for number in stride(from: 1, through: parts.count, by: 1) {
        let part = parts.mask(of: number)
        #expect(part.area == parts.areas[number - 1] && part.area > 0, "seed \(seed)")
        for (index, pixel) in part.pixels.enumerated() where pixel != 0 {
          whole.fill(index..<index + 1, with: true)
        }
      }
      #expect(whole == mask, "seed \(seed)")
    }
  }
}

private func edge(of mask: Mask) -> Mask {
  var result = Mask(width: mask.width, height: mask.height)
  for index in mask.boundaryPixels { result.fill(index..<index + 1, with: true) }
  return result
}
