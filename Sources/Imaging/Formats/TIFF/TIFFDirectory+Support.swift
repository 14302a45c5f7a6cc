extension TIFFDirectory {
  /// Refuses a page that is sound and of a form that is not read, by what it is.
  func check(in bytes: PictureBytes) throws(ImagingError) {
    func refuse(_ reason: String, _ remedy: RefusedFormat.Remedy) -> ImagingError {
      .unsupported(
        file: bytes.name, reason: reason,
        advice: remedy.advice(on: bytes.name, isTaken: bytes.isTaken))
    }
    if field(.digitalNegative) != nil {
      throw refuse("it is a camera's raw file, a DNG", .darktable)
    }
    guard TIFFCompression.isDecoded(compression) else {
      throw refuse("its pixels are packed as \(TIFFCompression.name(compression))", .tifffile)
    }
    if let colors = refusedColors { throw refuse("its colours are \(colors)", .greyByMagick) }
    if photometric == Photometric.filterArray || photometric == Photometric.linearRaw {
      throw refuse("it is what a camera's sensor saw through its colour filters", .darktable)
    }
    guard let kind = RawPicture.Format(rawValue: format) else {
      throw refuse("its samples are complex numbers", .tifffile)
    }
    let isRead =
      switch kind {
      case .unsigned: (1...16).contains(bits) || bits == 32 || bits == 64
      case .signed: [8, 16, 32, 64].contains(bits)
      case .float: [16, 32, 64].contains(bits)
      }
    guard isRead else { throw refuse("\(bits) bits a sample", .tifffile) }
  }

  /// What the colours of the page are where they are none that is read.
  private var refusedColors: String? {
    switch photometric {
    case Photometric.minIsWhite, Photometric.minIsBlack, Photometric.rgb, Photometric.palette,
      Photometric.transparency, Photometric.filterArray, Photometric.linearRaw:
      nil
    case Photometric.yCbCr where compression == TIFFCompression.jpeg: nil
    case Photometric.cmyk: "CMYK, for printing"
    case Photometric.yCbCr where compression == 6: "YCbCr in JPEG of the old kind"
    case Photometric.yCbCr: "YCbCr without JPEG"
    case 8, 9, 10: "CIE L*a*b*"
    case 32844, 32845: "of a wide range (LogLuv)"
    default: "of an unknown kind (photometric interpretation \(photometric))"
    }
  }
}

extension RefusedFormat.Remedy {
  /// Decodes compressions and numbers that libtiff does not.
  static let tifffile = Self(
    "turn it into a plain TIFF, for example with Python's tifffile and imagecodecs: python3 -c"
      + " 'import sys, tifffile as t; t.imwrite(sys.argv[2], t.imread(sys.argv[1]))' {file} {target}",
    target: ".tif")
  /// Knows what colours are in grey.
  static let greyByMagick = Self(
    "turn it into a plain grey TIFF, for example with ImageMagick: magick {file} -colorspace Gray"
      + " -compress Zip {target} (version 6: convert)", target: ".tif")
  /// Develops what a camera saw.
  static let darktable = Self(
    "develop it with darktable: darktable-cli {file} {target}", target: ".tif")
}
