/// What the OME-XML of a TIFF says: its images with their axes, and which page is which of their planes.
struct OMEDescription {
  /// A channel, whose pages hold so many samples a pixel.
  struct Channel {
    let name: String?
    let samples: Int
  }

  /// Pages that follow each other, and the plane that the first of them is.
  struct Block {
    /// The first page; nil for the file's first.
    let page: Int?
    let (time, depth, channel): (Int, Int, Int)
    /// How many pages; nil for one where the first is named, else for all.
    let count: Int?
    /// The file in which they lie: what its own text calls it, and its name.
    var uuid: String?
    var file: String?
  }

  /// An image: its planes' size and its axes.
  struct Picture {
    let width: Int
    let height: Int
    /// `ZCT` in some order, the fastest first.
    let order: String
    let (times, depths, samples): (Int, Int, Int)
    let pixelSize: ImageContents.PixelSize?
    var channels: [Channel] = []
    var blocks: [Block] = []

    /// How many channels pages are counted by: a page of several samples holds one.
    var channelCount: Int {
      channels.reduce(0) { $0 + $1.samples } == samples ? channels.count : samples
    }

    /// The names of its channels; none where one has no name, or holds several samples that are pictures.
    var names: [String] {
      let names = channels.compactMap { $0.samples == 2 || $0.samples > 3 ? nil : $0.name }
      let isWhole = names.count == channelCount && names.allSatisfy { !$0.isEmpty }
      return isWhole ? names : []
    }

    /// How many pages it has.
    var pageCount: Int { times * depths * channelCount }
  }

  /// What the file calls itself.
  private(set) var uuid: String?
  private(set) var pictures: [Picture] = []

  /// Bytes of a text that are read at most.
  static let largestSize = 1 << 24

  /// Whether a description is of this kind.
  static func fits(_ text: [UInt8]) -> Bool {
    guard text.first == UInt8(ascii: "<") || text.starts(with: [0xef, 0xbb, 0xbf]) else {
      return false
    }
    let start = Array(text.prefix(8192))
    var tags = XMLTags(start)
    // What cannot be read may yet have been meant for one.
    return tags.next().map { $0.name == "OME" }
      ?? String(decoding: start, as: UTF8.self).contains("OME")
  }

  /// Reads a text; nil where it is not well-formed, has impossible sizes, or speaks of nothing.
  init?(_ text: [UInt8]) {
    guard text.count <= Self.largestSize else { return nil }
    var tags = XMLTags(text)
    reading: while let tag = tags.next() {
      switch tag.name {
      case "OME":
        guard let values = tag.values() else { return nil }
        uuid = values["UUID"]
      case "Pixels":
        guard let picture = tag.values().flatMap(Picture.init) else { return nil }
        pictures.append(picture)
      case "Channel", "TiffData", "UUID":
        guard !pictures.isEmpty, let values = tag.values() else { return nil }
        guard add(tag.name, values, text: tags.text) else { return nil }
      // Anything may lie in there.
      case "StructuredAnnotations": break reading
      default: break
      }
    }
    guard tags.isSound, !pictures.isEmpty else { return nil }
  }

  private mutating func add(_ name: String, _ values: [String: String], text: String?) -> Bool {
    let last = pictures.count - 1
    switch name {
    case "Channel":
      guard let samples = Self.count(values["SamplesPerPixel"] ?? "1") else { return false }
      pictures[last].channels.append(Channel(name: values["Name"], samples: samples))
    case "TiffData":
      guard let block = Block(values) else { return false }
      pictures[last].blocks.append(block)
    default:
      guard !pictures[last].blocks.isEmpty else { return true }
      let block = pictures[last].blocks.count - 1
      pictures[last].blocks[block].uuid = text?.filter { !$0.isWhitespace }
      pictures[last].blocks[block].file = values["FileName"]
    }
    return true
  }

  /// A whole number from 1 that pages can be counted by.
  fileprivate static func count(_ text: String?) -> Int? {
    text.flatMap { Int($0) }.flatMap {
      (1...TIFFStructure.largestPageCount).contains($0) ? $0 : nil
    }
  }
}

extension OMEDescription.Picture {
  fileprivate init?(_ values: [String: String]) {
    guard let width = values["SizeX"].flatMap({ Int($0) }),
      let height = values["SizeY"].flatMap({ Int($0) }),
      let times = OMEDescription.count(values["SizeT"]),
      let depths = OMEDescription.count(values["SizeZ"]),
      let samples = OMEDescription.count(values["SizeC"]),
      let order = values["DimensionOrder"], order.hasPrefix("XY"),
      order.dropFirst(2).sorted() == ["C", "T", "Z"]
    else { return nil }
    (self.width, self.height, self.order) = (width, height, String(order.dropFirst(2)))
    (self.times, self.depths, self.samples) = (times, depths, samples)
    let planes = times.multipliedReportingOverflow(by: depths)
    let all = planes.partialValue.multipliedReportingOverflow(by: samples)
    guard !planes.overflow, !all.overflow, all.partialValue <= TIFFStructure.largestPageCount
    else { return nil }
    func length(_ side: String) -> Double? {
      guard let number = values["PhysicalSize\(side)"].flatMap({ Double($0) }),
        let unit = LengthUnit(values["PhysicalSize\(side)Unit"] ?? "µm")
      else { return nil }
      return number * unit.micrometres
    }
    let across = length("X")
    pixelSize = across.flatMap { .stated(x: $0, y: length("Y") ?? $0) }
  }
}

extension OMEDescription.Block {
  /// Nil where a number is none.
  fileprivate init?(_ values: [String: String]) {
    func number(_ name: String) -> Int?? {
      guard let text = values[name] else { return .some(nil) }
      guard let number = Int(text), (0...TIFFStructure.largestPageCount).contains(number) else {
        return nil
      }
      return number
    }
    guard let page = number("IFD"), let count = number("PlaneCount"), let time = number("FirstT"),
      let depth = number("FirstZ"), let channel = number("FirstC")
    else { return nil }
    (self.page, self.count) = (page, count)
    (self.time, self.depth, self.channel) = (time ?? 0, depth ?? 0, channel ?? 0)
  }
}
