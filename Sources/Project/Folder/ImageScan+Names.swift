import Basics
import Files
import Foundation
import Imaging
import Recipes

extension ImageScan {
  /// Looks through a folder as its project wants it.
  ///
  /// What a project says something of is an image whatever it is called and looks like. The version before
  /// followed all links, and called a file in two folders of one by the name that the disk had first:
  /// where only that leads to an image of which the project says something, it stays so.
  static func of(
    _ folder: URL, excluding excluded: [URL], project: ProjectFiles, links: LinkChoice,
    channel: ChannelChoice
  ) throws(ProjectError) -> ImageScan {
    let settings = try ProjectState.settings(project)
    let asked = links.follows ?? settings?.followsLinks
    let channel = ChannelChoice(channel.channel ?? settings?.channel, by: channel.option)
    func scan(_ follows: Bool?) throws(ProjectError) -> ImageScan {
      try ImageScan(
        of: folder, excluding: excluded, links: LinkChoice(follows, by: links.option),
        channel: channel)
    }
    var found = try scan(asked)
    guard settings != nil, found.isDoubtful else { return found }
    let names = try names(in: project)
    try found.keep(names)
    let missing = found.unlisted(names).count
    guard asked == nil, !found.leftOut.links.isEmpty, missing > 0 else { return found }
    var whole = try scan(true)
    try whole.keep(names)
    guard whole.unlisted(names).count < missing else { return found }
    whole.isFollowedUnasked = true
    return whole
  }

  /// All images of which a project's journals say something.
  private static func names(in project: ProjectFiles) throws(ProjectError) -> Set<ImageKey> {
    struct Line: JournalLine {
      let image: ImageKey
    }
    var names: Set<ImageKey> = []
    for journal in [project.decisions, project.strokes, project.proposals] {
      names.formUnion(try Journal<Line>.read(journal).lines.map(\.image))
    }
    return names
  }

  /// Whether an older version may have listed other images.
  private var isDoubtful: Bool {
    hasLinks || !notImages.isEmpty || !remarks.isEmpty
      || images.contains { $0.planes.count > 1 || $0.key.text != $0.path }
  }

  /// The files that names stand for, where they are no images here.
  private func unlisted(_ names: Set<ImageKey>) -> [ImageKey: Place] {
    names.subtracting(images.map(\.key)).reduce(into: [:]) { places, key in
      let place = Place(key, in: folder)
      if FileKind(URL(filePath: place.file)) == .file { places[key] = place }
    }
  }

  /// Calls images by the names that a project has for them, and takes in what it names besides.
  private mutating func keep(_ names: Set<ImageKey>) throws(ProjectError) {
    let unlisted = unlisted(names).sorted { $0.key < $1.key }
    guard !unlisted.isEmpty else { return }
    let wanted = Set(unlisted.map(\.value))
    var indices: [Place: Int] = [:]
    for (index, image) in images.enumerated() where !names.contains(image.key) {
      let plane = image.firstPlane
      let place = Place(file: FolderListing.realPath(plane.file), page: plane.page)
      if wanted.contains(place) { indices[place] = index }
    }
    var added: [ImageSource] = []
    for (key, place) in unlisted {
      if let index = indices.removeValue(forKey: place) {
        pairing.rename(images[index].key, to: key)
        images[index] = images[index].named(key)
      } else if let image = image(key, at: place) {
        added.append(image)
      }
    }
    guard !added.isEmpty else { return }
    pairing.remove(filesOf: added)
    let order = NaturalOrder.sorted((images + added).map(\.key.text))
    let all = Dictionary((images + added).map { ($0.key.text, $0) }) { a, _ in a }
    images = order.compactMap { all[$0] }
    sortingNotices.append(
      "\(added.count) image\(added.count == 1 ? "" : "s") of this project would be"
        + " \(added.count == 1 ? "a mask or channel" : "masks or channels") now and"
        + " \(added.count == 1 ? "stays one" : "stay images"), such as '\(added[0].key)'")
  }

  /// A page of a picture in the folder that is no image by the rules; nil where there is none.
  private func image(_ key: ImageKey, at place: Place) -> ImageSource? {
    let file = folder.appending(path: place.path, directoryHint: .notDirectory)
    guard notImages.contains(place.path) || images.contains(where: { $0.path == place.path }),
      let count = try? ImageFile.pageCount(of: file), place.page < count
    else { return nil }
    return ImageSource(key: key, file: file, page: place.page)
  }

  /// The real path of an image's file, and its page.
  private struct Place: Hashable {
    let file: String
    let page: Int
    /// As the key has it.
    var path = ""

    init(file: String, page: Int) { (self.file, self.page) = (file, page) }

    init(_ key: ImageKey, in folder: URL) {
      var path = key.text
      var page = 1
      if let mark = path.lastIndex(of: "#"), let number = Int(path[path.index(after: mark)...]) {
        (path, page) = (String(path[..<mark]), number)
      }
      self.init(file: FolderListing.realPath(folder.appending(path: path)), page: page - 1)
      self.path = path
    }

    static func == (a: Place, b: Place) -> Bool { a.file == b.file && a.page == b.page }

    func hash(into hasher: inout Hasher) {
      hasher.combine(file)
      hasher.combine(page)
    }
  }
}
