extension TIFFStack {
  /// The pages as ImageJ orders them: channels fastest, then slices, then frames.
  func reading(of description: ImageJDescription) throws(ImagingError) -> Reading {
    let first = directories[kept[0]]
    let (channels, slices, frames) = (
      description.channels, description.slices, description.frames
    )
    let axes = Self.product([channels, slices, frames])
    let planes = description.planes ?? axes ?? 1
    // What is built otherwise is none of the stack's planes.
    let alike = kept.filter { directories[$0].isLike(first) }
    let isOver = kept.count > planes && alike.count == planes
    var reading: Reading
    if isOver {
      let others = kept.count - planes
      reading = Reading(
        pages: alike.map { Page(directory: $0) },
        remarks: ["\(others) page\(others == 1 ? "" : "s") left out that ImageJ does not count"])
    } else {
      reading = try pages(promised: planes, by: "ImageJ")
    }
    if let resolution = try first.resolution(in: file) {
      reading.pixelSize = description.pixelSize(across: resolution.across, down: resolution.down)
    }
    guard channels > 1 || slices > 1 || frames > 1 else { return reading }
    // Fewer pages than promised keep their places only where nothing but the end is missing.
    let isWhole = reading.pages.count == planes || reading.pages.last?.data != nil
    guard axes == planes, isWhole else {
      reading.remarks.append("ImageJ's axes do not fit the pages, which are read as plain ones")
      return reading
    }
    reading.pages = Self.placed(
      reading.pages, on: [("C", channels), ("Z", slices), ("T", frames)])
    if channels > 1 {
      reading.channelNames = try channelNames(channels, among: planes, in: first)
    }
    return reading
  }

  /// The labels of a stack's planes where they name its channels: all planes of one alike, and no two.
  private func channelNames(
    _ channels: Int, among planes: Int, in first: TIFFDirectory
  ) throws(ImagingError) -> [String] {
    let labels = try labels(in: first)
    guard labels.count == planes || labels.count == channels else { return [] }
    let names = Array(labels.prefix(channels))
    let isName = labels.indices.allSatisfy { labels[$0] == names[$0 % channels] }
    let isPlain = names.allSatisfy { !$0.isEmpty && $0.count <= 64 && !$0.contains("\n") }
    return isName && isPlain && Set(names).count == channels ? names : []
  }

  /// The labels in ImageJ's own tags: kinds with their counts, then the length of each text, then texts.
  private func labels(in first: TIFFDirectory) throws(ImagingError) -> [String] {
    guard let counts = first.field(.imageJCounts), let metadata = first.field(.imageJMetadata)
    else { return [] }
    let lengths = try file.integers(counts, limit: 1 << 16)
    let data = try file.data(metadata, limit: 1 << 20)
    let magic = 0x494a_494a
    guard let head = lengths.first, head >= 12, lengths.allSatisfy({ $0 <= data.count }),
      file.number(data, at: 0, size: 4) == magic
    else { return [] }
    var (at, next) = (head, 1)
    for record in stride(from: 4, to: head - 7, by: 8) {
      let kind = file.number(data, at: record, size: 4)
      let count = file.number(data, at: record + 4, size: 4)
      guard count <= lengths.count - next else { return [] }
      let sizes = lengths[next..<next + count]
      let (labels, size) = (0x6c61_626c, sizes.reduce(0, +))
      guard size <= data.count - at else { return [] }
      if kind == labels { return sizes.map { text($0, of: data, at: &at) } }
      (at, next) = (at + size, next + count)
    }
    return []
  }

  /// A text of 16-bit letters.
  private func text(_ size: Int, of data: [UInt8], at place: inout Int) -> String {
    defer { place += size }
    guard size >= 2, size <= data.count - place else { return "" }
    let start = place
    let units = (0..<size / 2).map {
      UInt16(truncatingIfNeeded: file.number(data, at: start + 2 * $0, size: 2))
    }
    return String(decoding: units, as: UTF16.self)
  }
}
