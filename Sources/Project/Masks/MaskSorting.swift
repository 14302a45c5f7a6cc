import Foundation

/// Tells the images of a folder from the masks that lie with them, by their names and, where these do not tell,
/// by what a few of them show.
struct MaskSorting {
  /// The images.
  private(set) var images: [String] = []
  /// What may be masks of them; all that lies in a folder of masks is one.
  private(set) var masks: [(path: RelativePath, isApart: Bool)] = []
  /// Pictures of one cell each.
  private(set) var cells = CellFolders([], images: [])
  /// Folders that hold masks though their names do not say so.
  private(set) var maskFolders: Set<String> = []
  /// Lines for the user.
  private(set) var notes: [String] = []

  private let pictures: [RelativePath]
  private let twins: MaskTwins

  /// So many pictures are decoded at most, whatever there is to find out.
  private static let mostLooks = 48

  /// Sorts the files of a folder; `look` tells whether a file's picture looks like a mask, nil where that cannot
  /// be told.
  init(_ paths: [String], look: @escaping (String) -> Bool?) {
    let all = paths.map(RelativePath.init)
    pictures = all.filter { ImageScan.isPicture($0.text) }
    var left = Self.mostLooks
    twins = MaskTwins { path in
      left -= 1
      return left < 0 ? nil : look(path)
    }
    sort()
    let roles = FolderRoles(Set(all.map(\.folder)), found: maskFolders)
    let others = MaskConvention.extensions
      .subtracting(MaskConvention.Form.picture.extensions)
    masks += all.filter { others.contains($0.fileExtension) }
      .map { ($0, roles.place(of: $0).isMasks) }
  }

  /// All that may be masks.
  func candidates(in folder: URL) -> [MaskCandidate] {
    masks.map { path, isApart in
      MaskCandidate(
        path: path, file: folder.appending(path: path.text, directoryHint: .notDirectory),
        isApart: isApart)
    } + cells.candidates(in: folder)
  }

  private mutating func sort() {
    let roles = FolderRoles(Set(pictures.map(\.folder)))
    var outside: [RelativePath] = []
    var inside: [RelativePath] = []
    for picture in pictures {
      if roles.place(of: picture).isMasks {
        inside.append(picture)
      } else {
        outside.append(picture)
      }
    }
    // A folder of images may be called `labels`.
    if outside.isEmpty { swap(&outside, &inside) }
    outside += takeFolders(inside, outside, roles)
    outside = takeBeside(outside)
    let found = twins.find(among: outside)
    maskFolders = found.folders
    func isMask(_ path: RelativePath) -> Bool {
      // What lies with masks is none of the images, whether it has a twin or not.
      found.masks.contains(path.text) || maskFolders.contains { path.text.hasPrefix($0 + "/") }
    }
    masks += outside.filter(isMask).map { ($0, true) }
    tell(found)
    outside.removeAll { isMask($0) || found.copies.contains($0.text) }
    outside = takeLone(outside)
    // In the order in which people count.
    let rest = Set(outside.map(\.text))
    images = pictures.map(\.text).filter(rest.contains)
  }

  /// Takes the masks of folders that are called so, and returns what is no mask there after all.
  private mutating func takeFolders(
    _ inside: [RelativePath], _ outside: [RelativePath], _ roles: FolderRoles
  ) -> [RelativePath] {
    guard !inside.isEmpty else { return [] }
    var names = ImageNames()
    for (place, image) in outside.enumerated() {
      names.add(place, names: [image.stem, image.name])
    }
    let unnamed = inside.filter { mask in
      // A page of a stack has a number behind the name.
      let whole = mask.stem.prefix { $0 != "#" }
      return names.readings(of: mask, .picture, isApart: true).isEmpty
        && (whole.count == mask.stem.count || names.places(called: whole).isEmpty)
    }
    cells = CellFolders(unnamed, images: outside.map(\.text))
    let lost = unnamed.filter { !cells.contains($0.text) }
    let unknown = Set(lost.map(\.text))
    var images: [RelativePath] = []
    for (root, masks) in Dictionary(grouping: inside, by: { roles.place(of: $0).root }) {
      // Where not one mask has an image's name, the folder's name may say something else.
      guard masks.allSatisfy({ unknown.contains($0.text) }), !twins.looksLikeMasks(masks) else {
        self.masks += masks.filter { !cells.contains($0.text) }.map { ($0, true) }
        continue
      }
      images += masks
      notes.append(
        "'\(root)' is called as masks are, but holds \(masks.count) image\(masks.count == 1 ? "" : "s")"
          + " of other names: taken as images")
    }
    return images
  }

  /// Takes masks that lie beside their images, and returns the rest.
  private mutating func takeBeside(_ pictures: [RelativePath]) -> [RelativePath] {
    var names = ImageNames()
    for (place, image) in pictures.enumerated() {
      names.add(place, names: [image.stem, image.name])
    }
    func isOf(_ picture: RelativePath, _ places: [Int]) -> Bool {
      places.contains { pictures[$0].folder == picture.folder && pictures[$0] != picture }
    }
    var rest: [RelativePath] = []
    var byproducts: [String] = []
    for picture in pictures {
      let readings = names.readings(of: picture, .picture, isApart: false)
      if readings.contains(where: { isOf(picture, $0.images) }) {
        masks.append((picture, false))
      } else if MaskConvention.byproducts.contains(where: { pattern in
        guard let core = pattern.core(of: picture.stem) else { return false }
        return isOf(picture, names.places(called: core))
      }) {
        byproducts.append(picture.text)
      } else {
        rest.append(picture)
      }
    }
    if let first = byproducts.first {
      notes.append(
        "\(byproducts.count) file\(byproducts.count == 1 ? "" : "s") of segmentation programs that"
          + " \(byproducts.count == 1 ? "is neither image nor mask is" : "are neither images nor masks are")"
          + " left out, such as '\(first)'")
    }
    return rest
  }

  /// Takes what is called and looks like masks, though no image is there for it, and returns the rest.
  private mutating func takeLone(_ pictures: [RelativePath]) -> [RelativePath] {
    let named = pictures.filter { picture in
      MaskConvention.telling.contains { $0.core(of: picture.stem) != nil }
    }
    guard !named.isEmpty, twins.looksLikeMasks(named) else { return pictures }
    guard named.count < pictures.count else {
      notes.append("all \(named.count) images look like masks, such as '\(named[0].text)'")
      return pictures
    }
    masks += named.map { ($0, true) }
    let lone = Set(named.map(\.text))
    return pictures.filter { !lone.contains($0.text) }
  }

  private mutating func tell(_ found: MaskTwins.Result) {
    if let first = found.masks.min() {
      notes.append(
        "\(found.masks.count) picture\(found.masks.count == 1 ? " is" : "s are") taken as"
          + " \(found.masks.count == 1 ? "the mask" : "masks") of images of the same name, by"
          + " \(found.masks.count == 1 ? "its" : "their") few flat values, such as '\(first)'")
    }
    if let first = found.copies.min() {
      notes.append(
        "\(found.copies.count) JPEG cop\(found.copies.count == 1 ? "y" : "ies") of images that are there"
          + " without loss \(found.copies.count == 1 ? "is" : "are") left out, such as '\(first)'")
    }
    if let first = found.doubles.min() {
      notes.append(
        "\(found.doubles.count) image\(found.doubles.count == 1 ? " is" : "s are") there in two files"
          + " of one name, such as '\(first)'; both are images")
    }
  }
}
