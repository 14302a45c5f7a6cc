import Foundation
import Imaging

@testable import Project

extension PictureReader {
  /// Sees so many pages without axes in each TIFF.
  static func pages(_ count: @escaping (URL) -> Int) -> PictureReader {
    planes { Array(repeating: ImageContents.Plane(), count: count($0)) }
  }

  /// Sees these planes in each TIFF, their channels called so, of which `best` is the likeliest to be of
  /// transmitted light.
  static func planes(
    names: [String] = [], best: @escaping (ImageSource) -> Int? = { _ in nil },
    _ planes: @escaping (URL) -> [ImageContents.Plane]
  ) -> PictureReader {
    var reader = PictureReader()
    reader.contents = { file in
      var contents = ImageContents(width: 6, height: 4, bits: 8, planes: planes(file))
      contents.channelNames = names
      return contents
    }
    reader.channel = best
    return reader
  }
}
