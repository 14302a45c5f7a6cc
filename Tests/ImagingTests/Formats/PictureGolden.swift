import Foundation

@testable import Imaging

/// A small JPEG or BMP and the samples that Pillow finds in it; made by Tests/Goldens/make_pictures.py.
struct PictureGolden: Decodable, Sendable, CustomStringConvertible {
  let name: String
  let width: Int
  let height: Int
  /// `grey`, `rgb` or `palette`.
  let color: String
  let bytes: Data
  let samples: Data
  /// Red, green and blue of the indices.
  let palette: Data

  var description: String { name }

  /// The largest difference of a sample; 256 where form or size differ.
  func gap(to picture: RawPicture) -> Int {
    let expected: RawPicture.Color =
      switch color {
      case "grey": .grey
      case "rgb": .rgb
      default: .palette([UInt8](palette))
      }
    guard picture.width == width, picture.height == height, picture.color == expected,
      picture.samples.count == samples.count
    else { return 256 }
    return zip(picture.samples, samples).map { abs(Int($0) - Int($1)) }.max() ?? 256
  }

  static func load(_ name: String) -> [PictureGolden] {
    struct Files: Decodable { let files: [PictureGolden] }
    do {
      return try JSONDecoder().decode(Files.self, from: Golden.data(name)).files
    } catch {
      print("no golden files \(name): \(error)")
      return []
    }
  }
}

/// Every so many pixels of a file beside the project, as Pillow reads it.
struct FieldGolden: Decodable {
  let name: String
  let width: Int
  let height: Int
  let step: Int
  let values: [Int]
  let mean: Double

  static let files: [FieldGolden] = {
    struct Files: Decodable { let field: [FieldGolden] }
    return (try? JSONDecoder().decode(Files.self, from: Golden.data("imaging-jpeg")).field) ?? []
  }()

  /// The largest difference of a pixel that is kept, and that of the means.
  func gaps(to image: Image) -> (pixel: Double, mean: Double) {
    guard image.width == width, image.height == height else { return (.infinity, .infinity) }
    let kept = stride(from: 0, to: image.values.count, by: step).map { Double(image.values[$0]) }
    let mean = image.values.reduce(0) { $0 + Double($1) } / Double(image.values.count)
    let gaps = zip(kept, values).map { abs($0 - Double($1)) }
    return (gaps.count == values.count ? gaps.max() ?? .infinity : .infinity, abs(mean - self.mean))
  }
}
