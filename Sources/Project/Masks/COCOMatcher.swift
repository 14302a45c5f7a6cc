import Foundation
import Recipes

/// Finds the images of the COCO files of a folder.
struct COCOMatcher: Equatable {
  /// Relative paths of files that may be of that kind.
  private let paths: [String]
  private let folder: URL
  /// How many there are, where they are too many to be looked into.
  private let passedOver: Int

  /// More of them are one for each image, of another kind.
  private static let mostFiles = 50

  /// Takes the files of a folder.
  init(_ paths: [String], in folder: URL) {
    let found = paths.filter { RelativePath($0).fileExtension == "json" }
    let isMany = found.count > Self.mostFiles
    (self.paths, self.folder) = (isMany ? [] : found, folder)
    passedOver = isMany ? found.count : 0
  }

  /// Gives images without a mask those of a file that lists them; where two files do, neither.
  func add(to pairing: inout MaskPairing, _ images: [ImageSource]) {
    if passedOver > 0 {
      pairing.unusable.append(
        "\(passedOver) .json files are not looked into: a file of COCO's kind is one for many images"
      )
    }
    let files = paths.map { ($0, folder.appending(path: $0, directoryHint: .notDirectory)) }
      .filter { COCOMasks.isLikely($0.1) }
    guard !files.isEmpty else { return }
    let masked = Set(pairing.matches.map(\.key)).union(pairing.contested.map(\.image))
    let finder = ImageFinder(images)
    var offers: [ImageKey: [(path: String, source: MaskSource)]] = [:]
    for (path, file) in files {
      guard let masks = Self.read(path, file, &pairing) else { continue }
      let unknown = masks.names.filter { name in
        guard let image = finder.find(name) else { return true }
        if !masked.contains(image.key) {
          offers[image.key, default: []].append((path, .coco(masks, image: name)))
        }
        return false
      }
      if let first = unknown.first {
        pairing.unusable.append(
          "'\(path)' lists \(unknown.count) image\(unknown.count == 1 ? " that is" : "s that are") not"
            + " here, such as '\(first)'")
      }
    }
    give(offers, to: images, &pairing)
  }

  private static func read(
    _ path: String, _ file: URL, _ pairing: inout MaskPairing
  ) -> COCOMasks? {
    do {
      let size = (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
      guard size <= COCOMasks.largestSize else {
        pairing.unusable.append(
          "'\(path)' is too large to be read beside images each time; import it once")
        return nil
      }
      return try COCOMasks(file)
    } catch {
      pairing.unusable.append("'\(path)' looks like a file of COCO's kind: \(error)")
      return nil
    }
  }

  private func give(
    _ offers: [ImageKey: [(path: String, source: MaskSource)]], to images: [ImageSource],
    _ pairing: inout MaskPairing
  ) {
    for image in images {
      guard let found = offers[image.key] else { continue }
      guard found.count == 1 else {
        pairing.contested.append((image.key, found.prefix(2).map(\.path)))
        continue
      }
      pairing.matches.append(MaskMatch(key: image.key, source: found[0].source))
    }
    let order = Dictionary(images.enumerated().map { ($0.element.key, $0.offset) }) { a, _ in a }
    pairing.matches.sort { (order[$0.key] ?? 0) < (order[$1.key] ?? 0) }
  }
}
