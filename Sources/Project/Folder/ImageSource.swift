public import Foundation
public import Imaging
public import Recipes

/// An image of a folder: its key, and the file and page that hold it.
///
/// An image is a field: what one place showed at one time. Where its file has several channels of it, one of
/// them is looked at.
public struct ImageSource: Equatable, Sendable {
  /// A plane of pixels in a file.
  public struct Plane: Equatable, Sendable {
    /// The file.
    public let file: URL
    /// The page of the file, from 0.
    public let page: Int
    /// Its place on the file's axes, such as `t3 z1 c0`; empty where the file has none.
    let axes: String
    /// What the file calls its channel; nil where it does not say.
    public let channelName: String?
    /// The size of its pixels as it was found with the axes; nil where that was not looked for, or not said.
    let pixelSize: ImageContents.PixelSize?

    init(
      file: URL, page: Int, axes: String = "", channelName: String? = nil,
      pixelSize: ImageContents.PixelSize? = nil
    ) {
      (self.file, self.page, self.axes, self.channelName) = (file, page, axes, channelName)
      self.pixelSize = pixelSize
    }
  }

  /// Its name in the project.
  public let key: ImageKey
  /// Its channels in their order; one where the file knows no channels.
  public let planes: [Plane]
  /// The place among `planes` of the one that is looked at.
  public private(set) var channel: Int
  /// The one of red, green and blue that is looked at in pictures of colour; nil for their grey.
  private(set) var color: ImageFile.Color?

  /// Names an image of one plane.
  public init(key: ImageKey, file: URL, page: Int) {
    self.init(key: key, planes: [Plane(file: file, page: page)])
  }

  init(key: ImageKey, planes: [Plane]) {
    precondition(!planes.isEmpty, "an image without a plane")
    (self.key, self.planes, channel) = (key, planes, 0)
  }

  /// The plane that is looked at.
  private var plane: Plane { planes[channel] }

  /// The file that holds what is looked at.
  public var file: URL { plane.file }

  /// The page of the file that is looked at, from 0.
  public var page: Int { plane.page }

  /// What is looked at on the axes of its file, such as `t3 z1 c0`; empty where the file has none.
  public var axes: String { plane.axes }

  /// The size of its pixels, where its file says it; reads headers of what is no stack.
  public var pixelSize: ImageContents.PixelSize? {
    if let size = plane.pixelSize { return size }
    let isStack = ImageScan.stackExtensions.contains(
      RelativePath(file.lastPathComponent).fileExtension)
    return isStack ? nil : (try? ImageFile.contents(of: file))?.pixelSize
  }

  /// Decodes what is looked at to grey, as `ImageFile` of `Imaging` does.
  public func read() throws(ImagingError) -> Image {
    try ImageFile.read(file, page: page, color: color)
  }

  /// The same image with another of its channels looked at, by its place among `planes`.
  public func showing(_ channel: Int) -> ImageSource {
    precondition(planes.indices.contains(channel), "channel \(channel) of \(planes.count)")
    var image = self
    image.channel = channel
    return image
  }

  /// The same image with one of red, green and blue looked at, which changes nothing where it has no colours.
  func showing(_ color: ImageFile.Color) -> ImageSource {
    var image = self
    image.color = color
    return image
  }

  /// The same image with each other channel of it looked at, and each other part of its colours.
  var otherViews: [ImageSource] {
    let colors = [nil] + ImageFile.Color.allCases.map(Optional.some)
    return planes.indices.flatMap { channel in
      colors.map { color in
        var image = self
        (image.channel, image.color) = (channel, color)
        return image
      }
    }.filter { $0 != self }
  }

  /// The same image under another name.
  func named(_ key: ImageKey) -> ImageSource {
    var image = ImageSource(key: key, planes: planes)
    (image.channel, image.color) = (channel, color)
    return image
  }

  /// The path of its file, as its key has it.
  var path: String {
    let mark = "#\(firstPlane.page + 1)"
    return key.text.hasSuffix(mark) ? String(key.text.dropLast(mark.count)) : key.text
  }

  /// The plane by which its key calls it: the first of them in the file.
  var firstPlane: Plane { planes.min { $0.page < $1.page } ?? plane }
}

extension ImageSource {
  /// The images of one file, and lines for the user on its channels and on what is odd about it.
  ///
  /// - Throws: `ImagingError` where its headers cannot be read, `ProjectError` where it lacks a channel that is
  ///   asked for.
  public static func all(
    in file: URL, channel: ChannelChoice = ChannelChoice()
  ) throws -> (images: [ImageSource], notices: [String]) {
    let contents = try ImageFile.contents(of: file)
    let name = file.lastPathComponent
    let fields = fields(of: contents, in: file, path: name)
    let (images, notices) = try ChannelVote(channel).decide(fields, in: file)
    return (images, notices + contents.remarks.map { "'\(name)': \($0)" })
  }

  /// The fields of a file, each with its first channel looked at.
  ///
  /// `path` is what keys call the file.
  static func fields(of contents: ImageContents, in file: URL, path: String) -> [ImageSource] {
    let fields = fields(of: contents.planes)
    return fields.map { pages in
      let planes = pages.map { page in
        let plane = contents.planes[page]
        let names = contents.channelNames
        let name = plane.channel.flatMap { names.indices.contains($0) ? names[$0] : nil }
        return Plane(
          file: file, page: page, axes: plane.text, channelName: name,
          pixelSize: contents.pixelSize)
      }
      let first = pages.min() ?? 0
      return ImageSource(
        key: ImageKey(fields.count == 1 ? path : "\(path)#\(first + 1)"), planes: planes)
    }
  }

  /// The pages of each field, its channels in their order.
  private static func fields(of planes: [ImageContents.Plane]) -> [[Int]] {
    var fields: [[Int]] = []
    var places: [[Int?]: Int] = [:]
    for (page, plane) in planes.enumerated() {
      let place = [plane.time, plane.depth]
      if plane.channel != nil, let known = places[place] {
        fields[known].append(page)
        continue
      }
      if plane.channel != nil { places[place] = fields.count }
      fields.append([page])
    }
    return fields.map { pages in
      pages.sorted { (planes[$0].channel ?? 0, $0) < (planes[$1].channel ?? 0, $1) }
    }
  }
}
