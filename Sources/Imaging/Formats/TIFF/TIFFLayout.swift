/// Which pictures a TIFF holds, where each lies in the file, and what is said of them.
///
/// Found from directories and descriptions alone; nothing is decoded. Where a description and the pages
/// contradict each other the pages count, one after the other and without axes, and a remark says so.
struct TIFFLayout {
  /// Pixels that can be pictures: a page with all its samples.
  struct Page {
    /// Which directory says how they are written.
    let directory: Int
    /// Where they begin, if they lie behind the pixels of a directory that stands for a whole stack.
    var data: Int?
    /// Their place on the axes.
    var plane = ImageContents.Plane()
  }

  /// Where a plane's pixels are.
  struct Place {
    let directory: TIFFDirectory
    /// Which sample of the page; nil for all.
    let sample: Int?
    /// See `Page`.
    let data: Int?
  }

  /// What is known beyond the directories.
  struct Reading {
    var pages: [Page]
    var channelNames: [String] = []
    var pixelSize: ImageContents.PixelSize?
    var remarks: [String] = []
    /// What the samples of a page that is a picture of each are: places on this axis.
    var sampleAxis = SampleAxis.channel
    /// Whether samples are told apart though they are called red, green and blue.
    var splitsColors = false
  }

  enum SampleAxis { case time, depth, channel, none }

  let file: TIFFStructure
  /// The places of the planes, in their order.
  let places: [Place]
  let contents: ImageContents

  /// Reads the headers of a file.
  init(_ bytes: PictureBytes) throws(ImagingError) {
    file = try TIFFStructure(bytes)
    let (directories, isWhole) = try file.directories()
    var remarks: [String] = []
    if !isWhole {
      remarks.append("its list of pages breaks off after page \(directories.count)")
    }
    let kept = Self.pictures(among: directories, remarks: &remarks)
    try directories[kept[0]].check(in: bytes)
    let stack = TIFFStack(file: file, directories: directories, kept: kept)
    let reading = try stack.reading()
    var places: [Place] = []
    var planes: [ImageContents.Plane] = []
    for page in reading.pages {
      let directory = directories[page.directory]
      let samples = directory.pictures(splitsColors: reading.splitsColors)
      guard planes.count + samples.count <= TIFFStructure.largestPageCount else {
        throw .damaged(file: bytes.name, reason: "it says it holds more than a million planes")
      }
      for sample in samples {
        places.append(Place(directory: directory, sample: sample, data: page.data))
        planes.append(page.plane.with(sample, of: samples.count, on: reading.sampleAxis))
      }
    }
    self.places = places
    var contents = try Self.contents(of: places[0], planes, by: reading, in: file)
    contents.remarks.insert(contentsOf: remarks, at: 0)
    self.contents = contents
  }

  /// What is said of planes, of which the first has its place.
  private static func contents(
    of place: Place, _ planes: [ImageContents.Plane], by reading: Reading, in file: TIFFStructure
  ) throws(ImagingError) -> ImageContents {
    let first = place.directory
    var contents = ImageContents(
      width: first.width, height: first.height, bits: first.bits, planes: planes)
    contents.isFloat = first.format == RawPicture.Format.float.rawValue
    contents.isLossy = TIFFCompression.isLossy(first.compression)
    contents.isColor = place.sample == nil && first.isColor
    contents.channelNames = reading.channelNames
    contents.pixelSize = reading.pixelSize
    if reading.pixelSize == nil { contents.pixelSize = try first.printedSize(in: file) }
    contents.remarks = reading.remarks
    if let remark = try first.palette(in: file)?.remark { contents.remarks.append(remark) }
    return contents
  }

  /// The directories whose pages are pictures of their own: neither reduced copies nor transparency.
  private static func pictures(
    among directories: [TIFFDirectory], remarks: inout [String]
  ) -> [Int] {
    let kept = directories.indices.filter {
      !directories[$0].isReduced && !directories[$0].isTransparency
    }
    guard !kept.isEmpty else {
      func area(_ index: Int) -> Double {
        Double(directories[index].width) * Double(directories[index].height)
      }
      let opaque = directories.indices.filter { !directories[$0].isTransparency }
      let all = opaque.isEmpty ? Array(directories.indices) : opaque
      let largest = all.map(area).max() ?? 0
      remarks.append("all its pages say that they are copies of others; the largest is read")
      return all.filter { area($0) == largest }
    }
    let clear = directories.count { $0.isTransparency }
    let reduced = directories.count - kept.count - clear
    if reduced > 0 {
      remarks.append("\(reduced) reduced page\(reduced == 1 ? "" : "s") left out")
    }
    if clear > 0 {
      remarks.append("\(clear) page\(clear == 1 ? "" : "s") of transparency left out")
    }
    return kept
  }

  /// The place of a plane.
  func place(ofPage page: Int) throws(ImagingError) -> Place {
    guard places.indices.contains(page) else {
      throw .noSuchPage(file: file.bytes.name, page: page, pages: places.count)
    }
    return places[page]
  }
}

extension TIFFDirectory {
  /// The samples that are pictures: nil alone for the page as a whole.
  fileprivate func pictures(splitsColors: Bool) -> [Int?] {
    if splitsColors, isColor { return Array(0..<samples) }
    return channels.isEmpty ? [nil] : Array(channels)
  }

  /// The size of pixels by tags that printers know too.
  fileprivate func printedSize(
    in file: TIFFStructure
  ) throws(ImagingError) -> ImageContents.PixelSize? {
    guard let (across, down) = try resolution(in: file) else { return nil }
    switch try file.integer(field(.unit)) {
    case 2, nil: return .printed(x: 25400 / across, y: 25400 / down)
    case 3: return .printed(x: 10000 / across, y: 10000 / down)
    // Numbers of tifffile's for millimetres and micrometres.
    case 4: return .stated(x: 1000 / across, y: 1000 / down)
    case 5: return .stated(x: 1 / across, y: 1 / down)
    default: return nil
    }
  }

  /// Pixels of a unit across and down.
  func resolution(
    in file: TIFFStructure
  ) throws(ImagingError) -> (across: Double, down: Double)? {
    guard let x = field(.across), let across = try file.fraction(x) else { return nil }
    guard let y = field(.down), let down = try file.fraction(y) else { return nil }
    return (across, down)
  }

  /// The page's palette in 8 bits a colour; nil where it has none.
  ///
  /// One whose entries are all below 256 was written in 8 bits by mistake.
  func palette(in file: TIFFStructure) throws(ImagingError) -> Palette? {
    guard photometric == Photometric.palette, (1...16).contains(bits),
      let field = field(.palette)
    else { return nil }
    let count = 1 << bits
    let words = try file.integers(field, limit: 3 * count)
    guard words.count == 3 * count else { return nil }
    let isWide = words.contains { $0 > 255 }
    var entries: [UInt8] = []
    entries.reserveCapacity(3 * count)
    for index in 0..<count {
      for word in [words[index], words[count + index], words[2 * count + index]] {
        entries.append(UInt8(clamping: isWide ? word >> 8 : word))
      }
    }
    return Palette(entries, isMeasured: true)
  }
}

extension ImageContents.Plane {
  /// The plane of one sample of a page.
  fileprivate func with(
    _ sample: Int?, of count: Int, on axis: TIFFLayout.SampleAxis
  ) -> ImageContents.Plane {
    guard let sample, count > 1 else { return self }
    switch axis {
    case .time: return Self(time: (time ?? 0) * count + sample, depth: depth, channel: channel)
    case .depth: return Self(time: time, depth: (depth ?? 0) * count + sample, channel: channel)
    case .channel: return Self(time: time, depth: depth, channel: (channel ?? 0) * count + sample)
    case .none: return self
    }
  }
}
