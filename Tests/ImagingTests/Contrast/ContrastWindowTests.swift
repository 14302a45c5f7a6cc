import Basics
import Foundation
import Testing

@testable import Imaging

/// The window of grey values by which networks and eyes see an image.
struct ContrastWindowTests {
  @Test func `the goldens are there`() {
    #expect(MadePicture.all.count == 70 && MadePicture.files.count > 150)
  }

  @Test(arguments: MadePicture.all) func `the rule is the one that numpy follows`(
    made: MadePicture
  ) {
    let window = ContrastWindow(of: made.image)
    let tolerance = 1e-9 * max(abs(made.low), abs(made.high))
    #expect(abs(window.low - made.low) <= tolerance && abs(window.high - made.high) <= tolerance)
    let shares = window.setAside.reduce(0) { $0 + $1.share }
    #expect(abs(shares * Double(made.width * made.height) - Double(made.below + made.above)) < 1e-6)
  }

  @Test(arguments: MadePicture.all) func `what is burnt in does not move the window`(
    made: MadePicture
  ) throws {
    let plain = try #require(MadePicture.plain.first { $0.seed == made.seed })
    let clean = ContrastWindow(of: plain.image)
    let window = ContrastWindow(of: made.image)
    // Of soft edges some grey within the picture's range stays, and of a block the ground that it covers is gone.
    let tolerance = (made.kind == "soft" ? 0.12 : 0.01) * (clean.high - clean.low)
    #expect(abs(window.low - clean.low) <= tolerance)
    #expect(abs(window.high - clean.high) <= tolerance)
    if made.kind.isEmpty { #expect(window.setAside.isEmpty) }
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: MadePicture.files)
  func `images as they come keep the window of all values, and others lose what is burnt in`(
    golden: MadePicture.OfFile
  ) throws {
    let image = try SharedData.image(golden.file)
    let window = ContrastWindow(of: image)
    let tolerance = 1e-6 * max(abs(golden.low), abs(golden.high))
    #expect(abs(window.low - golden.low) <= tolerance)
    #expect(abs(window.high - golden.high) <= tolerance)
    guard golden.below + golden.above == 0 else { return }
    let ranks = GreyRanks(image)
    #expect(window.low == ranks.percentile(0.1) && window.high == ranks.percentile(99.9))
    #expect(window.setAside.isEmpty)
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: ["bar_0.2pc", "bar_0.5pc", "bar_and_text"])
  func `a scale bar leaves the contrast as it is without`(name: String) throws {
    let folder = "field-cases/c29_scalebar/images/"
    let plain = ContrastWindow(of: try SharedData.image(folder + "plain.tif"))
    let window = ContrastWindow(of: try SharedData.image(folder + name + ".tif"))
    #expect(plain.low.rounded() == 747 && plain.high.rounded() == 3993)
    #expect(abs(window.low - plain.low) < 2 && abs(window.high - plain.high) < 2)
    let bar = try #require(window.setAside.first)
    #expect(bar.kind == .burntIn && bar.value == 65535 && window.noData == nil)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `hot pixels and no data are set aside and told`() throws {
    let folder = "field-cases/c10_nonfinite/"
    let hot = ContrastWindow(of: try SharedData.image(folder + "hot_pixels.tif"))
    #expect(hot.low == 149 && hot.high == 1023)
    #expect(hot.setAside.map(\.text) == ["65535 in 0.3 % of the pixels (burnt in)"])
    let empty = try SharedData.image(folder + "nodata_-9999.tif")
    let window = ContrastWindow(of: empty)
    #expect(abs(window.low - 9068.745) < 1e-6 && window.high == 65535)
    #expect(window.noData?.text == "-9999 in 21 % of the pixels (no data)")
    // The network sees a middle grey there.
    let seen = empty.stretched().values
    let places = empty.values.indices.filter { empty.values[$0] == -9999 }
    #expect(Set(places.map { seen[$0] }).count == 1)
    #expect(seen[places[0]] > 0.3 && seen[places[0]] < 0.6)
    let error = #expect(throws: ImagingError.self) {
      try SharedData.image(folder + "all_nan.tif")
    }
    #expect(error?.description.contains("holds no number") == true)
  }

  @Test func `pixels that are no numbers are left out, told, and seen as the middle`() throws {
    let plain = try #require(MadePicture.plain.last).image
    var holed = plain
    for place in 0..<plain.width * 30 { holed.values[place] = [.nan, .infinity][place % 2] }
    let picture = RawPicture(
      width: plain.width, height: plain.height, channels: 1, bits: 32, format: .float,
      color: .grey, isMinWhite: false,
      samples: holed.values.flatMap { value in
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0)) }
      })
    let read = picture.grey()
    #expect(read.values.allSatisfy(\.isFinite) && read.missing?.area == plain.width * 30)
    var rest = plain
    rest.values.removeFirst(plain.width * 30)
    let ranks = GreyRanks(
      Image(
        width: plain.width, height: plain.height - 30, bitDepth: 32, values: rest.values))
    for image in [read, holed] {
      let window = ContrastWindow(of: image)
      #expect(window.low == ranks.percentile(0.1) && window.high == ranks.percentile(99.9))
      #expect(window.noData?.kind == .notANumber && window.noData?.value == nil)
      #expect(window.noData?.text == "no number in 21 % of the pixels")
      let seen = image.stretched().values
      #expect(seen.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(Set(seen.prefix(plain.width * 30)).count == 1)
    }
  }

  @Test func `an image of few values, one, or none, is left as it is`() {
    let scene = MadePicture.plain[0].image
    func levels(_ values: [Float]) -> Image {
      Image(
        width: scene.width, height: scene.height, bitDepth: 8,
        values: scene.values.map { values[min(Int($0) * values.count / 200, values.count - 1)] })
    }
    for values in [[7], [0, 1], [0, 255], [0, 128, 255], [0, 1, 2, 255]] as [[Float]] {
      let image = levels(values)
      let ranks = GreyRanks(image)
      let window = ContrastWindow(of: image)
      #expect(window.setAside.isEmpty, "\(values)")
      #expect(window.low == ranks.percentile(0.1) && window.high == ranks.percentile(99.9))
    }
    for side in [1, 2, 8] {
      let noise = Noise.image(side, side, bitDepth: 8, seed: UInt64(side))
      #expect(ContrastWindow(of: noise).setAside.isEmpty)
      #expect(noise.stretched().values.allSatisfy { (0...1).contains($0) })
    }
    let nothing = Image(width: 2, height: 1, bitDepth: 32, values: [.nan, .infinity])
    #expect(nothing.stretched().values == [0, 0])
    #expect(ContrastWindow(of: nothing).noData?.share == 1)
  }

  @Test func `bright cells on black, saturated halos and two grounds are a picture`() {
    let scene = MadePicture.plain[0].image
    let cells = [(40, 40), (110, 60), (60, 110), (130, 120)]
    func picture(_ value: (_ x: Int, _ y: Int, _ grey: Double) -> Double) -> Image {
      Image(
        width: scene.width, height: scene.height, bitDepth: 8,
        values: scene.values.enumerated().map { place, grey in
          let value = value(place % scene.width, place / scene.width, Double(grey))
          return Float(min(max(value, 0), 255).rounded())
        })
    }
    func near(_ x: Int, _ y: Int) -> Double {
      cells.map { exp(-Double(($0.0 - x) * ($0.0 - x) + ($0.1 - y) * ($0.1 - y)) / 98) }.max() ?? 0
    }
    let images = [
      // Fluorescence: most is 0.
      picture { x, y, _ in 230 * near(x, y) - 3 },
      // Halos of which a few in a hundred pixels are saturated.
      picture { _, _, grey in 3.2 * grey - 160 },
      // Two modes, both with noise.
      picture { x, _, grey in x < 90 ? 40 + 0.1 * grey : 190 + 0.1 * grey },
    ]
    for (index, image) in images.enumerated() {
      let ranks = GreyRanks(image)
      let window = ContrastWindow(of: image)
      #expect(window.setAside.isEmpty, "image \(index): \(window.setAside)")
      #expect(window.low == ranks.percentile(0.1) && window.high == ranks.percentile(99.9))
    }
    #expect(images[0].values.count { $0 == 0 } > images[0].values.count / 2)
    let saturated = images[1].values.count { $0 == 255 } * 100 / images[1].values.count
    #expect((1...6).contains(saturated))
  }

  @Test func `most of an image is its ground, unless that hides the rest`() {
    let scene = MadePicture.plain[2].image
    func padded(_ offset: Float) -> ContrastWindow {
      var image = scene
      for place in image.values.indices {
        image.values[place] =
          place % scene.width < 110 ? 0 : (image.values[place] - 9000) / 4 + offset
      }
      return ContrastWindow(of: image)
    }
    #expect(padded(4000).setAside.isEmpty && padded(4000).low == 0)
    #expect(padded(40_000).noData?.value == 0 && padded(40_000).low > 40_000)
  }

  @Test func `other percentiles make another window`() throws {
    let image = MadePicture.plain[1].image
    let percentiles = try #require(Percentiles("2,95"))
    let window = ContrastWindow(of: image, percentiles: percentiles)
    let ranks = GreyRanks(image)
    #expect(window.low == ranks.percentile(2) && window.high == ranks.percentile(95))
    #expect(image.stretched(percentiles).gap(to: image.stretched()) > 0.05)
  }

  @Test func `a sample of a float image has nearly the window of all`() throws {
    let made = try #require(
      MadePicture.all.first { $0.bits == 32 && $0.kind == "bar" && $0.share == 0.005 })
    // Four times as wide and high, so that not every pixel is looked at.
    let small = made.image
    let image = Image(
      width: 4 * small.width, height: 4 * small.height, bitDepth: 32,
      values: (0..<16 * small.values.count).map { place in
        let (x, y) = (place % (4 * small.width) / 4, place / (4 * small.width) / 4)
        return small.values[y * small.width + x]
      })
    let (all, some) = (
      ContrastWindow(of: image), ContrastWindow(of: image, isSampled: true)
    )
    let tolerance = 0.02 * (all.high - all.low)
    #expect(all.setAside.count == 1 && some.setAside.count == 1)
    #expect(abs(all.low - some.low) < tolerance && abs(all.high - some.high) < tolerance)
    #expect(image.range(of: some) == Float(some.low)...Float(some.high))
  }

  @Test func `counting, of negative numbers too, and sorting give the same order`() {
    for seed in UInt64(0)..<6 {
      var counted = Noise.image(23, 17, bitDepth: 12, seed: seed)
      if seed > 2 { counted.values = counted.values.map { $0 - 2000 } }
      let (a, b) = (
        GreyRanks(counted),
        GreyRanks(Image(width: 23, height: 17, bitDepth: 32, values: counted.values))
      )
      for rank in stride(from: 0, to: a.count, by: 7) { #expect(a.value(rank) == b.value(rank)) }
      for number in stride(from: -2500.5, to: 4500, by: 173.25) {
        #expect(a.count(below: number) == b.count(below: number), "\(number)")
        #expect(a.count(upTo: number) == b.count(upTo: number), "\(number)")
      }
      for percent in [0, 0.1, 50, 99.9, 100] {
        #expect(a.percentile(percent) == b.percentile(percent))
      }
    }
  }
}
