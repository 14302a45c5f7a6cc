import Basics
import Foundation

/// Folders with a picture for each cell of an image, as the Data Science Bowl of 2018 lays them out:
/// `ID/images/ID.png` with `ID/masks/*.png`; or `masks/ID/*.png`.
struct CellFolders {
  /// The pictures of each image's cells, by the image's path.
  private var cells: [String: [RelativePath]] = [:]
  private var paths: Set<String> = []

  /// Looks among masks for those that lie in a folder that is called as an image is.
  init(_ masks: [RelativePath], images: [String]) {
    let images = images.map(RelativePath.init)
    let roles = FolderRoles(Set((masks + images).map(\.folder)))
    var named: [[String]: [RelativePath]] = [:]
    for image in images {
      let trail = roles.place(of: image).trail
      let stem = image.stem.lowercased()
      named[trail.last == stem ? trail : trail + [stem], default: []].append(image)
    }
    let stems = Set(images.map(\.stem))
    for (folder, masks) in Dictionary(grouping: masks, by: \.folder) {
      guard let first = masks.first, !folder.isEmpty else { continue }
      let trail = roles.place(of: first).trail
      // A mask that is called as an image is holds all its cells.
      guard let found = named[trail] ?? Self.alone(trail, named), found.count == 1,
        !masks.contains(where: { mask in stems.contains(mask.stem) || Self.isNamed(mask, found[0]) }
        )
      else { continue }
      cells[found[0].text, default: []] += masks
      paths.formUnion(masks.map(\.text))
    }
  }

  /// The images of a folder of the last name alone, where masks lie elsewhere than images.
  private static func alone(
    _ trail: [String], _ named: [[String]: [RelativePath]]
  ) -> [RelativePath]? {
    guard let last = trail.last else { return nil }
    let found = named.filter { $0.key.last == last }
    return found.count == 1 ? found.first?.value : nil
  }

  private static func isNamed(_ mask: RelativePath, _ image: RelativePath) -> Bool {
    mask.stem.hasPrefix(image.stem)
      && MaskConvention.telling.contains { $0.core(of: mask.stem) == image.stem }
  }

  /// Whether a path is that of a cell.
  func contains(_ path: String) -> Bool { paths.contains(path) }

  /// Whether there is none.
  var isEmpty: Bool { paths.isEmpty }

  /// One for each image, the cells in the order in which people count.
  func candidates(in folder: URL) -> [MaskCandidate] {
    cells.sorted { $0.key < $1.key }.map { image, cells in
      let order = NaturalOrder.sorted(cells.map(\.text))
      let files = order.map { folder.appending(path: $0, directoryHint: .notDirectory) }
      return MaskCandidate(
        path: RelativePath(order[0]), file: files[0], image: image, cells: files)
    }
  }
}
