extension TIFFStack {
  /// The pages as an OME description maps them; without axes where it does not fit them.
  func reading(of ome: OMEDescription) -> Reading {
    var (found, remarks): ([Int: Page], [String]) = ([:], [])
    do {
      found = try mapped(ome, remarks: &remarks)
      try check(found, against: ome.pictures[0])
    } catch {
      return Reading(
        pages: plain, pixelSize: ome.pictures[0].pixelSize,
        remarks: ["its OME description does not fit: \(error.text); its pages have no axes"])
    }
    let rest = kept.count - found.count
    if rest > 0 {
      remarks.append("\(rest) page\(rest == 1 ? "" : "s") left out that OME does not name")
    }
    let picture = ome.pictures[0]
    if ome.pictures.count > 1 {
      remarks.append(
        "its \(ome.pictures.count) positions follow each other as frames,"
          + " \(picture.times) frame\(picture.times == 1 ? "" : "s") each")
    }
    return Reading(
      pages: found.values.sorted { $0.directory < $1.directory },
      channelNames: picture.names, pixelSize: picture.pixelSize, remarks: remarks)
  }

  /// What an OME description says that cannot be.
  private enum Misfit: Error {
    case sizes, elsewhere, page(Int), twice(Int), axes, unnamed, otherForm

    var text: String {
      switch self {
      case .sizes: "its images differ"
      case .elsewhere: "the pages that it names lie in other files"
      case .page(let page): "there is no page \(page + 1)"
      case .twice(let page): "page \(page + 1) is named twice"
      case .axes: "it has more pages than its axes"
      case .unnamed: "it leaves out pages like those that it names"
      case .otherForm: "it says that they are of another size or form"
      }
    }
  }

  /// The pages that lie in this file, by their directories.
  private func mapped(
    _ ome: OMEDescription, remarks: inout [String]
  ) throws(Misfit) -> [Int: Page] {
    let first = ome.pictures[0]
    var found: [Int: Page] = [:]
    var away = 0
    let isHere = here(in: ome)
    for (series, picture) in ome.pictures.enumerated() {
      guard picture.width == first.width, picture.height == first.height,
        picture.order == first.order, picture.times == first.times,
        picture.depths == first.depths, picture.channelCount == first.channelCount
      else { throw .sizes }
      let blocks = picture.blocks.isEmpty ? [OMEDescription.Block.whole] : picture.blocks
      for block in blocks {
        guard isHere(block) else {
          away += min(block.count ?? (block.page == nil ? picture.pageCount : 1), picture.pageCount)
          continue
        }
        try add(block, of: picture, series: ome.pictures.count > 1 ? series : nil, to: &found)
      }
    }
    guard !found.isEmpty else { throw .elsewhere }
    if away > 0 {
      remarks.append(
        "\(away) of its \(away + found.count) pages lie in other files that OME names")
    }
    return found
  }

  private func add(
    _ block: OMEDescription.Block, of picture: OMEDescription.Picture, series: Int?,
    to found: inout [Int: Page]
  ) throws(Misfit) {
    let counts: [Character: Int] = [
      "T": picture.times, "Z": picture.depths, "C": picture.channelCount,
    ]
    let starts: [Character: Int] = ["T": block.time, "Z": block.depth, "C": block.channel]
    var (start, step) = (0, 1)
    for letter in picture.order {
      let (count, place) = (counts[letter] ?? 1, starts[letter] ?? 0)
      guard place < count else { throw .axes }
      start += place * step
      step *= count
    }
    let page = block.page ?? 0
    let count = block.count ?? (block.page == nil ? step - start : 1)
    guard start + count <= step else { throw .axes }
    for index in 0..<count {
      let directory = page + index
      guard directories.indices.contains(directory) else { throw .page(directory) }
      guard found[directory] == nil else { throw .twice(directory) }
      var rest = start + index
      var places: [Character: Int] = [:]
      for letter in picture.order {
        let count = counts[letter] ?? 1
        if count > 1 { places[letter] = rest % count }
        rest /= count
      }
      let time = series.map { $0 * picture.times + (places["T"] ?? 0) } ?? places["T"]
      found[directory] = Page(
        directory: directory,
        plane: ImageContents.Plane(time: time, depth: places["Z"], channel: places["C"]))
    }
  }

  /// Whether the pages of a block lie in this file: by what files call themselves, else by their names.
  ///
  /// A file whose name alone has changed is the only one that is named.
  private func here(in ome: OMEDescription) -> (OMEDescription.Block) -> Bool {
    let name = file.bytes.name
    func last(_ path: String?) -> String? {
      path?.split { $0 == "/" || $0 == "\\" }.last.map(String.init)
    }
    let all = ome.pictures.flatMap(\.blocks)
    if let uuid = ome.uuid, all.contains(where: { $0.uuid == uuid }) {
      return { $0.uuid == uuid || $0.uuid == nil && $0.file == nil }
    }
    let names = all.map { last($0.file) ?? $0.uuid }
    if let only = names.first, names.allSatisfy({ $0 == only }) { return { _ in true } }
    return { $0.uuid == nil && $0.file == nil || last($0.file) == name }
  }

  /// Holds what was found to what the directories say.
  private func check(
    _ found: [Int: Page], against picture: OMEDescription.Picture
  ) throws(Misfit) {
    guard let some = found.keys.min() else { throw .elsewhere }
    let (first, kept) = (directories[some], Set(kept))
    guard first.width == picture.width, first.height == picture.height,
      found.keys.allSatisfy({ kept.contains($0) && directories[$0].isLike(first) })
    else { throw .otherForm }
    guard !kept.contains(where: { found[$0] == nil && directories[$0].isLike(first) }) else {
      throw .unnamed
    }
  }
}

extension OMEDescription.Block {
  /// All pages of the file.
  fileprivate static let whole = Self(page: nil, time: 0, depth: 0, channel: 0, count: nil)
}
