import Foundation
import Recipes

/// Joins files that hold one channel each of an image, as nnU-Net wants them: `imagesTr/x_0000.png`,
/// `imagesTr/x_0001.png`, ...
///
/// Elsewhere such numbers count frames.
struct ChannelFiles {
  /// What the folder is called that images' paths are relative to.
  private let root: String

  /// Takes the folder that was looked through.
  init(folder: URL) { root = folder.standardizedFileURL.lastPathComponent }

  /// The images, those of one as one, under the name of its first channel.
  func joined(_ images: [ImageSource]) -> [ImageSource] {
    var channels: [String: [Int: ImageSource]] = [:]
    for image in images {
      guard let (name, channel) = parts(of: image) else { continue }
      channels[name, default: [:]][channel] = image
    }
    channels = channels.filter { $0.value.count > 1 && $0.value[0] != nil }
    guard !channels.isEmpty else { return images }
    return images.compactMap { image in
      guard let (name, channel) = parts(of: image), let found = channels[name] else { return image }
      guard channel == 0 else { return nil }
      let planes = found.sorted { $0.key < $1.key }.map { channel, image in
        ImageSource.Plane(
          file: image.file, page: image.page, axes: "c\(channel)",
          pixelSize: image.planes[0].pixelSize)
      }
      return ImageSource(key: image.key, planes: planes)
    }
  }

  /// The name without the number of its channel, and that number; nil where it has none.
  private func parts(of image: ImageSource) -> (name: String, channel: Int)? {
    guard image.planes.count == 1 else { return nil }
    let path = RelativePath(image.key.text)
    let parent = path.folder.isEmpty ? root[...] : path.folders.last ?? ""
    guard ["imagestr", "imagests", "imagesval"].contains(parent.lowercased()) else { return nil }
    let digits = path.stem.suffix(4)
    guard path.stem.count > 5, path.stem.dropLast(4).last == "_",
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let channel = Int(digits)
    else { return nil }
    // The pages of a stack are images of their own.
    return ("\(path.folder)/\(path.stem.dropLast(5))#\(image.page)", channel)
  }
}
