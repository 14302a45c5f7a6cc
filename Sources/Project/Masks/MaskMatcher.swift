import Files
import Foundation
import Imaging
import Recipes

/// Gives each image its mask, of files that may be masks.
struct MaskMatcher {
  /// A mask that is offered to an image.
  private struct Offer {
    let candidate: MaskCandidate
    let source: MaskSource
    /// How good it is: the less, the better, the first number first.
    let rank: [Int]
    /// Whether the folders of both agree.
    let isNear: Bool
  }

  private let images: [ImageSource]
  private let paths: [RelativePath]
  private let roles: FolderRoles
  private let pages: MaskPages
  private var names = ImageNames()
  /// What leads to the folders of images and of masks from the folder that holds both, where it is near.
  private let ways: (images: String, masks: String)

  /// Takes the images.
  ///
  /// - Parameters:
  ///   - images: those that masks are sought for.
  ///   - masks: the folder that masks' paths are relative to; nil where it is the images' own.
  ///   - found: folders that hold masks by what lies in them.
  ///   - reader: how files are looked into.
  init(
    _ images: [ImageSource], masks: URL? = nil, found: Set<String> = [],
    reader: PictureReader = PictureReader()
  ) {
    self.images = images
    paths = images.map { RelativePath($0.path) }
    roles = FolderRoles(Set(paths.map(\.folder)), found: found)
    pages = MaskPages(contents: reader.contents)
    ways = masks.flatMap { Self.ways(to: images, and: $0) } ?? ("", "")
    for (place, image) in images.enumerated() {
      let path = paths[place]
      names.add(place, names: [path.stem, path.name])
      let key = RelativePath(image.key.text)
      if key.text != path.text {
        // `stack.tif#3`, and `stack#3` as results are called.
        let own = "\(path.stem)\(key.text.dropFirst(path.text.count))"
        names.add(place, names: [key.name, own[...]])
      }
    }
  }

  /// Matches masks to the images.
  func match(_ candidates: [MaskCandidate]) -> MaskPairing {
    var pairing = MaskPairing()
    var offers: [Int: [Offer]] = [:]
    for candidate in candidates {
      offer(candidate, &offers, &pairing)
    }
    var lost: Set<String> = []
    for (place, image) in images.enumerated() {
      let found = (offers[place] ?? []).sorted { $0.rank.lexicographicallyPrecedes($1.rank) }
      guard let best = found.first else { continue }
      if found.count > 1, found[1].rank == best.rank {
        pairing.contested.append((image.key, found.prefix(2).map(\.candidate.path.text)))
        continue
      }
      guard !isItself(best.source, image) else {
        pairing.images.append(best.candidate.path.text)
        continue
      }
      for other in found.dropFirst() where lost.insert(other.candidate.path.text).inserted {
        pairing.passedOver.append((other.candidate.path.text, best.candidate.path.text))
      }
      if !best.isNear { pairing.acrossFolders.append((best.candidate.path.text, image.key)) }
      pairing.matches.append(MaskMatch(key: image.key, source: best.source))
    }
    if let first = pairing.strays.first {
      pairing.nearest = NearestNames.of(first, among: images.map { $0.path })
    }
    return pairing
  }

  /// Offers a mask to the images that its name stands for.
  private func offer(
    _ candidate: MaskCandidate, _ offers: inout [Int: [Offer]], _ pairing: inout MaskPairing
  ) {
    guard let form = candidate.form else { return }
    for reading in readings(of: candidate, form) {
      let closest = closest(reading.images, to: candidate)
      guard let first = closest.first else { continue }
      let fields = closest.map { images[$0] }
      guard Set(fields.map(\.path)).count == 1 else {
        let names = NSOrderedSet(array: fields.map(\.path)).compactMap { $0 as? String }
        pairing.ambiguous.append((candidate.path.text, Array(names.prefix(2))))
        return
      }
      let place = roles.place(of: candidate.path)
      let distance = distance(from: paths[first], to: candidate)
      let sources = pages.sources(of: candidate, form, for: fields, &pairing)
      for (offset, source) in sources {
        offers[closest[offset], default: []].append(
          Offer(
            candidate: candidate, source: source, rank: [distance, place.rank, reading.rank],
            isNear: distance == 0 || !candidate.isApart || isInside(paths[first], candidate)))
      }
      return
    }
    if candidate.isApart { pairing.strays.append(candidate.path.text) }
  }

  private func readings(
    of candidate: MaskCandidate, _ form: MaskConvention.Form
  ) -> [ImageNames.Reading] {
    if let image = candidate.image {
      return [.init(images: images.indices.filter { images[$0].path == image }, rank: 0)]
    }
    // ImageJ's own name for a set of regions, where there is one image for it.
    if form == .outlines, candidate.path.name.lowercased() == "roiset.zip" {
      let beside = paths.indices.filter { distance(from: paths[$0], to: candidate) == 0 }
      return [.init(images: beside, rank: 0)]
    }
    return names.readings(of: candidate.path, form, isApart: candidate.isApart)
  }

  /// Of images those whose folder fits the mask's best; only those beside it where it has no folder of masks.
  private func closest(_ places: [Int], to candidate: MaskCandidate) -> [Int] {
    guard candidate.isApart else {
      return places.filter { paths[$0].folder == candidate.path.folder }
    }
    guard places.count > 1 else { return places }
    let scored = places.map { place in
      (place: place, score: [distance(from: paths[place], to: candidate), wide(place, candidate)])
    }
    let least = scored.map(\.score).min { $0.lexicographicallyPrecedes($1) }
    return scored.filter { $0.score == least }.map(\.place)
  }

  /// 0 where the folders of an image and a mask are the same but for the words for images and masks; the more
  /// the less they have in common at their start and end.
  private func distance(from image: RelativePath, to candidate: MaskCandidate) -> Int {
    Self.distance(roles.place(of: image).trail, roles.place(of: candidate.path).trail)
  }

  /// The same from the folder that holds both on.
  private func wide(_ place: Int, _ candidate: MaskCandidate) -> Int {
    Self.distance(
      roles.place(of: RelativePath(ways.images + paths[place].text)).trail,
      roles.place(of: RelativePath(ways.masks + candidate.path.text)).trail)
  }

  private static func distance(_ a: [String], _ b: [String]) -> Int {
    if a == b { return 0 }
    let leading = zip(a, b).prefix { $0 == $1 }.count
    let trailing = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return 1000 - leading - trailing
  }

  /// Whether one of the folders has all names of the other: masks may lie in fewer folders than images.
  private func isInside(_ image: RelativePath, _ candidate: MaskCandidate) -> Bool {
    let (a, b) = (roles.place(of: image).trail, roles.place(of: candidate.path).trail)
    return Set(a).isSubset(of: b) || Set(b).isSubset(of: a)
  }

  private func isItself(_ source: MaskSource, _ image: ImageSource) -> Bool {
    guard case .picture(let file, _) = source, let mask = FileIdentity(file) else { return false }
    return image.planes.contains { FileIdentity($0.file) == mask }
  }

  /// The paths to two folders from the folder that holds both, where it is at most two above either.
  private static func ways(
    to images: [ImageSource], and masks: URL
  ) -> (images: String, masks: String)? {
    guard let image = images.first else { return nil }
    let depth = image.path.split(separator: "/").count
    let a = URL(filePath: FolderListing.realPath(image.firstPlane.file)).pathComponents.dropLast(
      depth)
    let b = URL(filePath: FolderListing.realPath(masks)).pathComponents
    let shared = zip(a, b).prefix { $0 == $1 }.count
    let (own, other) = (a.dropFirst(shared), b.dropFirst(shared))
    guard own.count <= 2, other.count <= 2 else { return nil }
    return (own.map { $0 + "/" }.joined(), other.map { $0 + "/" }.joined())
  }
}
