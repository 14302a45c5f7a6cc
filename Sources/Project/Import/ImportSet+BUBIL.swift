public import Foundation
public import Imaging

extension ImportSet {
  /// The images of BU-BIL (Gurari et al., WACV 2015): `RawImages`, and `GoldStandard` with `seg_` names.
  ///
  /// Frames of data sets 2 and 3 show several cells, of which one is annotated: just its surroundings are
  /// taken, see ``AnnotatedCrop``. Of data set 2 those frames are left out whose surroundings show
  /// another cell.
  ///
  /// - Parameters:
  ///   - folder: one data set, or the folder of several.
  ///   - isCropped: whether to crop; without it, data sets 2 and 3 are cropped, known by their names.
  ///   - keepsCrowded: whether to take the frames that show another cell too.
  ///   - values: what the numbers in masks mean; where nothing is said the masks together decide.
  ///   - links: whether links that lead out of the folder are followed.
  ///   - channel: which channel of the images is taken.
  /// - Returns: The annotated images.
  /// - Throws: `ProjectError` where there is no such folder, or no mask.
  public static func buBIL(
    _ folder: URL, isCropped: Bool? = nil, keepsCrowded: Bool = false,
    values: MaskValues? = nil, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice()
  ) throws(ProjectError) -> ImportSet {
    let found = try masks(of: folder, values: values, links: links, channel: channel)
    var items: [ImportItem] = []
    var crowded = 0
    for var item in found.items {
      let dataSet = number(of: item.image)
      item.isCropped = isCropped ?? (dataSet == 2 || dataSet == 3)
      if item.isCropped, dataSet == 2, !keepsCrowded, crowdedFrames.contains(stem(of: item)) {
        crowded += 1
      } else {
        items.append(item)
      }
    }
    var notes = found.notes
    let cropped = items.count(where: \.isCropped)
    if cropped > 0 {
      notes.append(
        "\(cropped) images are cropped around the annotated cell, their other cells not being"
          + " annotated; --no-crop takes whole frames")
    }
    if crowded > 0 {
      notes.append(
        "\(crowded) frames of data set 2 are left out, another cell being in the crop;"
          + " --crowded takes them")
    }
    return try ImportSet(items: items, notes: notes, groupsLookalikes: true)
  }

  /// Frames of data set 2 in whose crop another cell is seen, in small letters.
  private static let crowdedFrames = Set(
    [3, 7, 8, 13, 16].map { frame("chian1_", $0) }
      + [1, 2, 5, 6, 11, 24, 25].map { frame("chian2_", $0) }
      + [1, 3, 4, 7, 8, 15, 17, 19, 21, 25].map { frame("p", $0) })

  private static func frame(_ series: String, _ number: Int) -> String {
    series + (number < 10 ? "0\(number)" : "\(number)")
  }

  private static func stem(of item: ImportItem) -> String {
    RelativePath(item.name).name.lowercased()
  }

  /// The data set that a file belongs to, from a folder such as `BU-BIL_Dataset2`.
  private static func number(of file: URL) -> Int? {
    let parts = file.standardizedFileURL.pathComponents
    return parts.reversed().lazy.compactMap { part -> Int? in
      let name = part.lowercased()
      guard let mark = name.range(of: "dataset") else { return nil }
      return Int(name[mark.upperBound...])
    }.first
  }
}
