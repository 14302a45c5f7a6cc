import Archives
public import Foundation

/// Masks in files of NumPy: a plain array (`.npy`), or what Cellpose keeps beside an image (`_seg.npy`).
///
/// Plain arrays are of true and false or of numbers of 8 to 64 bits, in either order of bytes and of extents, of shape
/// (height, width) or (pages, height, width). Cellpose's file is a Python dictionary as a pickle, of which the array
/// called `masks` is read; no Python is run, and what else is in it is passed over.
public enum NPYFile {
  /// What makes a file that is read of one that is not.
  static let advice = "save the masks as PNG or TIFF, or with numpy.save(FILE, masks)"

  /// How many pages a file has.
  public static func pageCount(of url: URL) throws(ImagingError) -> Int {
    try contents(PictureBytes(of: url)).array.pages
  }

  /// What a page (from 0) of a file says of an image.
  ///
  /// Cellpose's numbers count its cells from 1; those of a plain array are understood by a rule, or without one
  /// by what this file alone suggests.
  ///
  /// - Throws: `ImagingError.unsupported` for what is no array of numbers, `.maskSize`, `.noSuchPage`, `.tooManyCells`,
  ///   `.damaged`, `.unreadable`.
  public static func annotation(
    _ url: URL, width: Int, height: Int, page: Int = 0, rule: MaskRule? = nil
  ) throws(ImagingError) -> Annotation {
    try annotation(PictureBytes(of: url), width: width, height: height, page: page, rule: rule)
  }

  static func annotation(
    _ file: PictureBytes, width: Int, height: Int, page: Int, rule: MaskRule? = nil
  ) throws(ImagingError) -> Annotation {
    let (array, isCellpose) = try contents(file)
    guard array.width == width, array.height == height else {
      throw .maskSize(
        file: file.name, mask: "\(array.width)x\(array.height)", image: "\(width)x\(height)")
    }
    let picture = try array.picture(page: page)
    guard !isCellpose else {
      guard let numbers = picture.read(.values, by: Numbers()) ?? nil else {
        throw .unsupported(
          file: file.name, reason: "its masks hold other numbers than those of cells",
          advice: advice)
      }
      return Annotation(
        try LabelImage(width: width, height: height, numbers: numbers, of: file.name))
    }
    guard let rule else {
      return try MaskFile.annotation(
        of: picture, rule: found(picture, file: file.name), file: file.name)
    }
    return try MaskFile.annotation(of: picture, rule: rule, file: file.name)
  }

  /// A page of a plain array, as a picture; nil for Cellpose's file, whose numbers are known.
  static func picture(_ url: URL, page: Int) throws(ImagingError) -> RawPicture? {
    let (array, isCellpose) = try contents(PictureBytes(of: url))
    return isCellpose ? nil : try array.picture(page: page)
  }

  /// The extents of a page.
  static func size(of url: URL) throws(ImagingError) -> (width: Int, height: Int) {
    let array = try contents(PictureBytes(of: url)).array
    return (array.width, array.height)
  }

  /// The rule that a picture alone suggests.
  private static func found(
    _ picture: RawPicture, file: String
  ) throws(ImagingError) -> MaskRule {
    do {
      return try MaskSurvey([MaskEvidence(picture)], places: [0], names: [file])
        .decide(.automatic).rule
    } catch {
      // A page without a cell is sound, and any rule reads it.
      if case .noCell = error { return MaskRule() }
      throw .unsupported(file: file, reason: error.description, advice: advice)
    }
  }

  /// The array of a file, and whether it is Cellpose's.
  static func contents(
    _ file: PictureBytes
  ) throws(ImagingError) -> (array: NumPyArray, isCellpose: Bool) {
    let start = try file.read(at: 0, count: NPYHeader.longest + 12)
    guard start.starts(with: NPYHeader.magic) else {
      throw .damaged(file: file.name, reason: "it does not begin as a file of NumPy does")
    }
    let header = try NPYHeader(start, file: file.name)
    let code = header.type ?? "V"
    if code.hasSuffix("O") {
      return (try masks(in: file, from: header.start), true)
    }
    guard let type = NumPyType(code) else {
      throw .unsupported(
        file: file.name, reason: "its values are \(NumPyType.words(for: code))", advice: advice)
    }
    let array = try NumPyArray(
      type, shape: header.shape, isFortran: header.isFortran, in: file, at: header.start)
    return (array, false)
  }

  /// The numbers of Cellpose's cells; its first versions counted them from 0, with -1 around them.
  private struct Numbers: MaskPlaneReader {
    func read<Number: MaskNumber>(_ plane: [Number]) -> [UInt32]? {
      let offset = plane.contains { $0.number == -1 } ? 1.0 : 0
      var numbers: [UInt32] = []
      numbers.reserveCapacity(plane.count)
      for value in plane {
        guard let number = UInt32(exactly: value.number + offset) else { return nil }
        numbers.append(number)
      }
      return numbers
    }
  }
}
