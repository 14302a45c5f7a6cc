import Basics
import Foundation
import Imaging
import Project
import Recipes

/// Looks at images one after the other, and says what each is and what is odd about it.
struct ImageCheck {
  /// Of images of more pixels only headers are looked at.
  let mostPixels: Int
  /// Whether what headers say is odd is told of each image.
  let tellsHeaders: Bool
  /// The size that most images have, told from headers; nil where they have none in common.
  private(set) var usualSize: Size?
  private let store: ProjectStore?
  /// The file that was looked at last: a stack has one file for all of its images.
  private var last: (file: URL, contents: Result<ImageContents, ImagingError>)?

  /// Pixels in a row, and rows.
  struct Size: Hashable {
    let width: Int
    let height: Int

    /// `1388x1040`.
    var text: String { "\(width)x\(height)" }
  }

  /// At least so large a part of an image with the greatest value that it has was too bright for its camera.
  private static let saturatedShare = 0.01

  /// Looks at headers, and at the pixels of images that have no more than so many.
  ///
  /// `store` knows what its masks were drawn on.
  init(mostPixels: Int = .max, tellsHeaders: Bool = true, store: ProjectStore? = nil) {
    (self.mostPixels, self.tellsHeaders, self.store) = (mostPixels, tellsHeaders, store)
  }

  /// What the headers of a file say, and whether it was not the last one asked for.
  private mutating func contents(
    of file: URL
  ) -> (contents: Result<ImageContents, ImagingError>, isNew: Bool) {
    if let last, last.file == file { return (last.contents, false) }
    let contents = Result { () throws(ImagingError) in try ImageFile.contents(of: file) }
    last = (file, contents)
    return (contents, true)
  }

  /// Looks at the headers of all images, and learns which size is the usual one; what is odd about the whole.
  ///
  /// Stops where `isStopped` says so.
  mutating func survey(_ images: [ImageSource], isStopped: () -> Bool) -> [FolderFinding] {
    var sizes: [Size: Int] = [:]
    var lossy: (count: Int, example: String) = (0, "")
    for image in images {
      if isStopped() { return [] }
      let (found, isNew) = contents(of: image.file)
      guard let contents = try? found.get() else { continue }
      sizes[Size(width: contents.width, height: contents.height), default: 0] += 1
      if contents.isLossy, isNew {
        lossy = (lossy.count + 1, lossy.count == 0 ? image.key.text : lossy.example)
      }
    }
    let sorted = sizes.sorted { ($0.value, $1.key.width) > ($1.value, $0.key.width) }
    usualSize = sorted.first.flatMap { 2 * $0.value > images.count ? $0.key : nil }
    var findings: [FolderFinding] = []
    if sorted.count > 1 {
      let parts = sorted.prefix(4).map { "\($0.key.text) (\($0.value))" }
      findings.append(
        FolderFinding(
          .folder, "",
          "images are of \(sorted.count) sizes: " + parts.joined(separator: ", ")
            + (sorted.count > 4 ? ", ..." : "")))
    }
    if lossy.count > 0 {
      findings.append(
        FolderFinding(
          .folder, "",
          "\(lossy.count) file\(lossy.count == 1 ? " is" : "s are") JPEG, which has changed the pixels,"
            + " such as '\(lossy.example)'; take what the microscope wrote where it is there"))
    }
    return findings
  }

  /// Says what an image is, without its mask.
  mutating func record(of image: ImageSource) -> ImageRecord {
    var record = ImageRecord(image.key)
    let (found, isNew) = contents(of: image.file)
    do {
      record.take(try found.get(), image)
      if tellsHeaders, isNew { record.odd += try found.get().remarks }
      if tellsHeaders, try found.get().isLossy { record.odd.append("JPEG is lossy") }
      let header = try ImageFile.header(image.file, page: image.page)
      (record.width, record.height) = (header.width, header.height)
      let size = Size(width: header.width, height: header.height)
      if let usualSize, usualSize != size {
        record.odd.append("\(size.text), most are \(usualSize.text)")
      }
      if header.width * header.height <= mostPixels {
        let pixels = try image.read()
        record.take(pixels, saturatedFrom: Self.saturatedShare)
        if let store, store.entry(of: image.key).state.hasMask,
          store.wasDrawnOnAnother(image, than: ImageFingerprint(of: pixels))
        {
          record.odd.append("its mask was drawn on other pixels than it has now")
        }
      }
    } catch {
      record.failure = error.description
    }
    return record
  }
}

extension ImageRecord {
  /// Takes in what a file's headers say of an image.
  fileprivate mutating func take(_ contents: ImageContents, _ image: ImageSource) {
    axes = image.axes.isEmpty ? nil : image.axes
    (width, height) = (contents.width, contents.height)
    (bits, float) = (contents.bits, contents.isFloat)
    (channels, color) = (image.planes.count, contents.isColor)
    channel = image.planes.count > 1 ? image.channel : nil
    channelName = image.planes[image.channel].channelName
    pages = contents.planes.count
    pixelSize = contents.pixelSize
  }

  /// Takes in what the pixels say.
  fileprivate mutating func take(_ image: Image, saturatedFrom share: Double) {
    let window = ContrastWindow(of: image, isSampled: true)
    let range = image.range(of: window)
    contrast = [Double(range.lowerBound), Double(range.upperBound)]
    odd += window.setAside.filter { $0.matters(to: range) }
      .map { "\($0.text), no part of its contrast" }
    guard let first = image.values.first(where: \.isFinite) else { return }
    let (least, most) = image.values.reduce((first, first)) { (min($0.0, $1), max($0.1, $1)) }
    if least == most {
      odd.append("all pixels are alike")
    } else if window.setAside.allSatisfy({ ($0.value ?? 0) < Double(most) }),
      let part = image.heap(at: most), part >= share
    {
      odd.append(
        "\(NumberText.percent(part * 100)) of the pixels are at the brightest value,"
          + " \(NumberText.compact(Double(most))): saturated?")
    }
  }
}

extension SetAside {
  /// Whether a person should know: not of a few saturated pixels that would hardly have changed the contrast.
  fileprivate func matters(to range: ClosedRange<Float>) -> Bool {
    guard kind == .burntIn, let value else { return true }
    let spare = Double(range.upperBound - range.lowerBound) / 2
    return value < Double(range.lowerBound) - spare || value > Double(range.upperBound) + spare
  }
}

extension Image {
  /// The part of the pixels that have its greatest value, where far more have it than the next one, and it has
  /// more values than a mask; else nil.
  fileprivate func heap(at most: Float) -> Double? {
    var seen = Set<Float>()
    guard values.contains(where: { seen.insert($0).inserted && seen.count > 8 }) else { return nil }
    var (count, next, nextCount) = (0, -Float.infinity, 0)
    for value in values {
      if value == most {
        count += 1
      } else if value == next {
        nextCount += 1
      } else if value > next {
        (next, nextCount) = (value, 1)
      }
    }
    return count >= 4 * nextCount ? Double(count) / Double(values.count) : nil
  }
}
