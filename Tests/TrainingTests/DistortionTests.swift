import Autograd
import Foundation
import Imaging
import Recipes
import Testing
import Weights

@testable import Training

/// Compared with what SciPy and OpenCV answered, see Tests/Goldens/make_distortions.py.
struct DistortionTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Goldens/distortions.safetensors")

  private static func values(_ key: String) throws -> [Float] {
    try #require(try Safetensors.read(from: file)[Path(key)]).values
  }

  private static func side(_ plane: [Float]) -> Int { Int(Double(plane.count).squareRoot()) }

  private static func gap(_ ours: [Float], _ theirs: [Float]) -> Float {
    guard ours.count == theirs.count else { return .infinity }
    return zip(ours, theirs).map { abs($0 - $1) }.max() ?? 0
  }

  @Test(arguments: ["elastic0", "elastic1"])
  func `an elastic displacement is SciPy's, and moves image and mask as SciPy does`(
    name: String
  ) throws {
    let image = try Self.values("\(name).image")
    let (side, settings) = (Self.side(image), try Self.values("\(name).settings"))
    let noise = try Self.values("\(name).noise")
    let (alpha, sigma) = (Double(settings[0]), Double(settings[1]))
    let planes = [noise.prefix(side * side), noise.suffix(side * side)].map {
      Distortion.displacement(Array($0), side: side, alpha: alpha, sigma: sigma)
    }
    // Two sums of as many products as the bell has weights, each rounded, of values within 1.
    let weights = Float(2 * Int(4 * sigma + 0.5) + 1)
    let tolerance = 2 * weights * Float.ulpOfOne * settings[0]
    #expect(Self.gap(planes[0], try Self.values("\(name).dx")) < tolerance)
    #expect(Self.gap(planes[1], try Self.values("\(name).dy")) < tolerance)

    var field = SamplingField(side: side)
    field.displace(columns: planes[0], rows: planes[1])
    let moved = field.applied(
      to: Crop(side: side, image: image, mask: try Self.values("\(name).mask")))
    // Noise of 0...1 changes by at most 2 a pixel along both axes.
    #expect(Self.gap(moved.image, try Self.values("\(name).moved")) < 4 * tolerance)
    #expect(moved.mask == (try Self.values("\(name).moved_mask")))
  }

  @Test(arguments: ["optical0", "optical1"])
  func `a lens looks where OpenCV's does`(name: String) throws {
    let columns = try Self.values("\(name).columns")
    let settings = try Self.values("\(name).settings").map(Double.init)
    var field = SamplingField(side: Self.side(columns))
    Distortion.optical(distortion: settings[0], x0: settings[1], y0: settings[2]).move(&field)
    let tolerance = 16 * Float.ulpOfOne * Float(field.side)
    #expect(Self.gap(field.columns, columns) < tolerance)
    #expect(Self.gap(field.rows, try Self.values("\(name).rows")) < tolerance)
  }

  @Test(arguments: 0..<5)
  func `CLAHE is OpenCV's before its rounding to whole levels`(number: Int) throws {
    let plane = try Self.values("clahe\(number).plane")
    let clip = Double(try Self.values("clahe\(number).clip")[0])
    let even = LocalEqualization(clipLimit: clip)
      .applied(to: plane.map { $0 / 255 }, side: Self.side(plane)).map { $0 * 255 }
    let theirs = try Self.values("clahe\(number).even")
    #expect(Self.gap(even, theirs) <= 0.5 + 1e-3)
    #expect(even.allSatisfy { (-1e-3...255.001).contains($0) })
  }

  @Test func `a grid of even pieces changes nothing, one of uneven pieces holds the border`() {
    let still = SamplingField(side: 20)
    var field = still
    let even = [Double](repeating: 1, count: 5)
    Distortion.grid(columns: even, rows: even).move(&field)
    #expect(Self.gap(field.columns, still.columns) < 1e-4)
    field = still
    Distortion.grid(columns: [1.3, 0.7, 1, 1.2, 0.8], rows: even).move(&field)
    #expect(Self.gap(field.rows, still.rows) < 1e-4)
    // The first piece, 4 of 20 pixels, is taken from 1.3 / 5 of the width.
    #expect(abs(field.columns[0] - (0.5 * 1.3 - 0.5)) < 1e-4)
    #expect(abs(field.columns[3] - (3.5 * 1.3 - 0.5)) < 1e-4)
    #expect(abs(field.columns[19] - (20 - 0.5 * 0.8 - 0.5)) < 1e-4)
    #expect(zip(field.columns.prefix(20), field.columns.prefix(20).dropFirst()).allSatisfy(<))
  }

  @Test func `all moves together look each value up once`() {
    // A single white pixel, moved by half a pixel twice, is whole again: two lookups would blur it.
    var image = [Float](repeating: 0, count: 81)
    image[40] = 1
    let crop = Crop(side: 9, image: image, mask: image)
    var augmentation = Augmentation()
    augmentation.affine.x0 = 1.0 / 9
    augmentation.distortions = [.grid(columns: [1], rows: [1])]
    augmentation.flipsColumns = true
    var field = SamplingField(side: 9)
    field.displace(
      columns: Array(repeating: 0.5, count: 81), rows: Array(repeating: 0, count: 81))
    augmentation.affine.move(&field)
    let whole = field.applied(to: crop).image
    #expect(abs(whole[39] - 1) < 1e-5)
    #expect(whole.filter { $0 > 1e-5 }.count == 1)
    let half = augmentation.applied(to: crop).image
    #expect(half.filter { abs($0 - 0.5) < 1e-5 }.count == 2)
  }
}
