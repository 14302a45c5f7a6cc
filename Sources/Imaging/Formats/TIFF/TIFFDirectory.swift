/// What a directory of a TIFF says of its page, as far as it decides which pictures the file holds.
struct TIFFDirectory {
  /// The tags that are looked at.
  enum Tag: Int {
    case newSubfileType = 254
    case subfileType = 255
    case width = 256
    case height = 257
    case bits = 258
    case compression = 259
    case photometric = 262
    case fillOrder = 266
    case description = 270
    case offsets = 273
    case samples = 277
    case rowsPerStrip = 278
    case across = 282
    case down = 283
    case planar = 284
    case unit = 296
    case palette = 320
    case tileWidth = 322
    case extraSamples = 338
    case format = 339
    case metaMorphPlanes = 33629
    case zeiss = 34412
    case imageJCounts = 50838
    case imageJMetadata = 50839
    case digitalNegative = 50706

    /// Whether its value is kept of every page.
    fileprivate var isKept: Bool {
      switch self {
      case .newSubfileType, .subfileType, .width, .height, .bits, .compression, .photometric,
        .samples, .planar, .extraSamples, .format:
        true
      default: false
      }
    }
  }

  /// How a page says that its samples are to be seen.
  enum Photometric {
    static let minIsWhite = 0
    static let minIsBlack = 1
    static let rgb = 2
    static let palette = 3
    static let transparency = 4
    static let cmyk = 5
    static let yCbCr = 6
    static let filterArray = 32803
    static let linearRaw = 34892
  }

  /// Where it is in the file.
  let offset: Int
  let width: Int
  let height: Int
  var bits = 1
  /// 1 unsigned, 2 signed, 3 floating point.
  var format = 1
  var samples = 1
  var photometric = Photometric.minIsBlack
  var compression = 1
  /// Whether the samples of a kind lie together, not those of a pixel.
  var isPlanar = false
  /// How many of the last samples are alpha.
  var alphas = 0
  /// Whether it says it is a smaller copy of another page.
  var isReduced = false
  /// Whether it only says where another page is transparent.
  var isTransparency = false
  private let fields: [TIFFStructure.Field]

  /// Sorts the fields of a directory; nil where the size of its page is none.
  init?(
    _ fields: [TIFFStructure.Field], at offset: Int, in file: TIFFStructure
  ) throws(ImagingError) {
    self.offset = offset
    self.fields = fields
    var (width, height, kind): (Int, Int, Int?) = (0, 0, nil)
    // Of two under a tag the first counts, as for libtiff.
    for field in fields.reversed() {
      guard let tag = Tag(rawValue: field.tag), tag.isKept, let value = try file.integer(field)
      else { continue }
      switch tag {
      case .width: width = value
      case .height: height = value
      case .bits: bits = value
      case .compression: compression = value
      case .photometric: photometric = value
      case .samples: samples = value
      case .planar: isPlanar = value == 2
      // Undefined data count as whole numbers.
      case .format: format = value == 4 ? 1 : value
      case .newSubfileType: kind = value
      // The older tag counts its kinds: 2 is a reduced page.
      case .subfileType: kind = kind ?? (value == 2 ? 1 : 0)
      case .extraSamples:
        alphas = try file.integers(field, limit: 64).count { $0 == 1 || $0 == 2 }
      default: break
      }
    }
    let sides = 1...0x7fff_ffff
    guard sides.contains(width), sides.contains(height), (1...0xffff).contains(samples) else {
      return nil
    }
    (self.width, self.height) = (width, height)
    isReduced = (kind ?? 0) & 1 != 0
    isTransparency = (kind ?? 0) & 4 != 0 || photometric == Photometric.transparency
    isPlanar = isPlanar && samples > 1
  }

  /// The field under a tag.
  func field(_ tag: Tag) -> TIFFStructure.Field? { fields.first { $0.tag == tag.rawValue } }

  /// Where what the directory holds first begins behind a place; nil where all of it lies before.
  func start(after place: Int) -> Int? {
    ([offset] + fields.map(\.offset)).filter { $0 > place }.min()
  }

  /// Whether the page is a picture in colour: red, green and blue, and nothing else but alpha or one
  /// sample that is taken for it.
  var isColor: Bool {
    let hasColors =
      photometric == Photometric.rgb
      || photometric == Photometric.yCbCr && compression == TIFFCompression.jpeg
    return hasColors && samples >= 3 && (samples - alphas == 3 || samples == 4)
  }

  /// The samples that are pictures of their own; none where the page as a whole is one.
  var channels: Range<Int> {
    let count = samples - min(alphas, samples - 1)
    let isWhole = isColor || photometric == Photometric.palette || count < 2
    return isWhole ? 0..<0 : 0..<count
  }

  /// Whether a page is built as another: then both can belong to one stack.
  func isLike(_ other: TIFFDirectory) -> Bool {
    width == other.width && height == other.height && bits == other.bits
      && format == other.format && samples == other.samples
  }
}
