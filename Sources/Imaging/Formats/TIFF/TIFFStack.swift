/// How the pages of a TIFF follow each other, by what its description says.
struct TIFFStack {
  typealias Page = TIFFLayout.Page
  typealias Reading = TIFFLayout.Reading

  let file: TIFFStructure
  let directories: [TIFFDirectory]
  /// Which of them are pictures.
  let kept: [Int]

  private var first: TIFFDirectory { directories[kept[0]] }

  /// The pages as the directories stand, without axes.
  var plain: [Page] { kept.map { Page(directory: $0) } }

  /// Reads the description, the tags of microscopes, and how pages are to be taken.
  func reading() throws(ImagingError) -> Reading {
    let description = try text()
    if OMEDescription.fits(description) {
      guard let ome = OMEDescription(description) else {
        return Reading(
          pages: plain, remarks: ["its OME description cannot be read; its pages have no axes"])
      }
      return reading(of: ome)
    }
    if let imageJ = ImageJDescription(description) { return try reading(of: imageJ) }
    if let shaped = ShapedDescription(description) { return try reading(of: shaped) }
    if first.field(.zeiss) != nil { return try zeiss() }
    if let planes = first.field(.metaMorphPlanes)?.count, planes > kept.count {
      return try metaMorph(planes)
    }
    return Reading(pages: plain)
  }

  private func text() throws(ImagingError) -> [UInt8] {
    guard let field = first.field(.description), [1, 2, 7].contains(field.type) else { return [] }
    let text = try file.data(field, limit: OMEDescription.largestSize + 1)
    return text.last == 0 ? text.dropLast() : text
  }

  // MARK: Axes

  /// Gives pages their places on axes, the fastest first, by the letters T, Z and C.
  static func placed(_ pages: [Page], on axes: [(letter: Character, count: Int)]) -> [Page] {
    pages.enumerated().map { index, page in
      var page = page
      var rest = index
      var found: [Character: Int] = [:]
      for (letter, count) in axes {
        if count > 1 { found[letter] = rest % count }
        rest /= count
      }
      page.plane = ImageContents.Plane(time: found["T"], depth: found["Z"], channel: found["C"])
      return page
    }
  }

  /// The product of extents; nil where it is more than pages are counted.
  static func product(_ counts: some Sequence<Int>) -> Int? {
    var product = 1
    for count in counts {
      let (next, overflows) = product.multipliedReportingOverflow(by: count)
      guard !overflows, next <= TIFFStructure.largestPageCount else { return nil }
      product = next
    }
    return product
  }

  // MARK: Stacks behind one directory

  /// The pages of a stack whose first directory stands for all, their pixels one behind the other as ImageJ
  /// writes large ones: as many as the file holds, at most `count`; nil where they do not lie so.
  func contiguous(_ count: Int) throws(ImagingError) -> [Page]? {
    guard first.compression == TIFFCompression.none, [8, 16, 32, 64].contains(first.bits),
      !first.isPlanar, first.field(.tileWidth) == nil, directories.count == kept.count,
      try file.integer(first.field(.fillOrder)) != 2
    else { return nil }
    let row = first.width * first.samples * first.bits / 8
    let (page, overflows) = row.multipliedReportingOverflow(by: first.height)
    guard !overflows, page <= file.bytes.count, let start = try start(of: first, row: row) else {
      return nil
    }
    for (index, other) in kept.enumerated().dropFirst() {
      let directory = directories[other]
      guard directory.isLike(first), try self.start(of: directory, row: row) == start + index * page
      else {
        return nil
      }
    }
    // What the file says of itself lies before the pixels or behind them.
    let end = directories.compactMap { $0.start(after: start) }.min() ?? .max
    let held = (min(end, file.bytes.count) - start) / page
    guard held > kept.count else { return nil }
    return (0..<min(count, held)).map { Page(directory: kept[0], data: start + $0 * page) }
  }

  /// Where the pixels of a page begin whose strips, of rows of so many bytes, follow each other.
  private func start(of directory: TIFFDirectory, row: Int) throws(ImagingError) -> Int? {
    guard let field = directory.field(.offsets), field.count <= directory.height else { return nil }
    let offsets = try file.integers(field, limit: field.count)
    guard let start = offsets.first, (8...file.bytes.count).contains(start) else { return nil }
    guard offsets.count > 1 else { return start }
    let height = directory.height
    guard let rows = try file.integer(directory.field(.rowsPerStrip)), rows > 0, rows <= height,
      offsets.count == (height - 1) / rows + 1
    else { return nil }
    let follows = offsets.indices.allSatisfy { offsets[$0] == start + $0 * rows * row }
    return follows ? start : nil
  }

  /// The pages of a stack of `count`, or all that there are, with a word on what is missing.
  func pages(promised count: Int, by writer: String) throws(ImagingError) -> Reading {
    guard count > kept.count else { return Reading(pages: plain) }
    guard let pages = try contiguous(count) else {
      return Reading(
        pages: plain,
        remarks: ["\(writer) speaks of \(count) pages, the file holds \(kept.count)"])
    }
    guard pages.count < count else { return Reading(pages: pages) }
    return Reading(
      pages: pages,
      remarks: [
        "it is cut short: \(writer) speaks of \(count) pages, \(pages.count) are whole"
      ])
  }

  // MARK: Microscopes

  private func metaMorph(_ planes: Int) throws(ImagingError) -> Reading {
    guard planes <= TIFFStructure.largestPageCount, try contiguous(planes) != nil else {
      throw refusal("it is a MetaMorph stack of an unusual form")
    }
    return try pages(promised: planes, by: "MetaMorph")
  }

  private func zeiss() throws(ImagingError) -> Reading {
    // Beyond 4 GB its offsets have begun again from 0.
    guard file.isBigTIFF || file.bytes.count <= 0xffff_ffff else {
      throw refusal("it is a Zeiss LSM of more than 4 GB")
    }
    // It says how long its strips are before they are packed.
    guard first.compression == TIFFCompression.none else {
      throw refusal("it is a packed Zeiss LSM")
    }
    let isStack = kept.count > 1
    return Reading(
      pages: plain,
      remarks: isStack ? ["it is a Zeiss LSM; its frames and slices are read as plain pages"] : [],
      splitsColors: true)
  }

  private func refusal(_ reason: String) -> ImagingError {
    let bytes = file.bytes
    let advice = RefusedFormat.Remedy.bioFormats.advice(on: bytes.name, isTaken: bytes.isTaken)
    return .unsupported(file: bytes.name, reason: reason, advice: advice)
  }
}
