extension RefusedFormat {
  /// All that are known; of several that begin alike the first is taken where no ending decides.
  static let all = pictures + photographs + microscopes + volumes + others

  private static let pictures: [RefusedFormat] = [
    RefusedFormat(
      "a JPEG 2000", ["jp2", "j2k", "j2c", "jpc", "jpf", "jpx"],
      starts: [jpeg2000, Start(0xff, 0x4f, 0xff, 0x51)], .magick),
    RefusedFormat(
      "a JPEG XL", ["jxl"],
      starts: [Start(0xff, 0x0a), Start(0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20)],
      Remedy(
        "convert it with djxl, of the package libjxl-tools: djxl {file} {target}", target: ".png")),
    RefusedFormat(
      "a JPEG XR", ["jxr", "wdp", "hdp"], starts: [Start(0x49, 0x49, 0xbc)],
      Remedy(
        "convert it with JxrDecApp, of the package libjxr-tools: JxrDecApp -i {file} -o {target}",
        target: ".tif")),
    RefusedFormat(
      "a JPEG-LS", ["jls"], starts: [Start(0xff, 0xd8, 0xff, 0xf7)],
      Remedy("save it as TIFF with the program that wrote it")),
    RefusedFormat(
      "an AVIF", ["avif"], starts: [Start("ftypavif", at: 4), Start("ftypavis", at: 4)], .magick),
    RefusedFormat(
      "a HEIC", ["heic", "heif", "hif"],
      starts: ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].map {
        Start("ftyp" + $0, at: 4)
      }, .magick),
    RefusedFormat("a GIF", ["gif"], starts: ["GIF8"], .magick),
    RefusedFormat("a WebP", ["webp"], starts: [Start("WEBP", at: 8)], .magick),
    RefusedFormat(
      "a Netpbm picture", ["pgm", "ppm", "pbm", "pnm", "pam", "pfm"],
      starts: [
        "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P7\n", "Pf\n", "PF\n", "P5 ", "P6 ",
      ],
      .magick),
    RefusedFormat("an OpenEXR picture", ["exr"], starts: [Start(0x76, 0x2f, 0x31, 0x01)], .magick),
    RefusedFormat("a TGA", ["tga"], .magick),
    RefusedFormat("a Photoshop file", ["psd", "psb"], starts: ["8BPS"], .gimp),
    RefusedFormat("a GIMP file", ["xcf"], starts: ["gimp xcf"], .gimp),
  ]

  /// Cameras' raw files begin as TIFFs, in which a thumbnail lies.
  private static let photographs = [
    RefusedFormat(
      "a camera's raw file",
      ["nef", "nrw", "cr2", "cr3", "dng", "arw", "sr2", "orf", "rw2", "raf", "pef"],
      Remedy("develop it with darktable: darktable-cli {file} {target}", target: ".tif"),
      isDisguised: true)
  ]

  private static let microscopes = [
    RefusedFormat(
      "a Nikon ND2", ["nd2"], starts: [Start(0xda, 0xce, 0xbe, 0x0a), jpeg2000], .bioFormats),
    RefusedFormat("a Zeiss CZI", ["czi"], starts: ["ZISRAWFILE"], .bioFormats),
    RefusedFormat("a Leica LIF", ["lif"], starts: [leica], .bioFormats),
    RefusedFormat("a Leica LOF", ["lof"], starts: [leica], .bioFormats),
    RefusedFormat("a Leica XLEF", ["xlef", "xlif"], .bioFormats),
    RefusedFormat(
      "an OLE file, such as an Olympus OIB", [], starts: [ole], .bioFormats, isPicture: false),
    RefusedFormat("an Olympus OIB", ["oib"], starts: [ole], .bioFormats),
    RefusedFormat("a Zeiss ZVI", ["zvi"], starts: [ole], .bioFormats),
    RefusedFormat("an Olympus OIF", ["oif"], .bioFormats),
    RefusedFormat("an Olympus OIR", ["oir"], starts: ["OLYMPUSRAWFORMAT"], .bioFormats),
    RefusedFormat("an Olympus VSI", ["vsi"], .bioFormats, isDisguised: true),
    RefusedFormat(
      "the pixels of an Olympus VSI", ["ets"], starts: ["SIS\0"],
      Remedy("open the VSI file that it belongs to in Fiji and save it as TIFF"), isPicture: false),
    RefusedFormat("an Imaris file", ["ims"], starts: [hdf5], .bioFormats),
    RefusedFormat("a DeltaVision file", ["dv", "r3d"], .bioFormats),
    RefusedFormat("a Cellomics C01", ["c01"], .bioFormats),
    RefusedFormat("a Gatan file", ["dm3", "dm4"], .bioFormats),
    RefusedFormat("a MIRAX slide", ["mrxs"], .slide, isDisguised: true),
  ]

  private static let volumes = [
    RefusedFormat("an HDF5 file", ["h5", "hdf5"], starts: [hdf5], .containers),
    RefusedFormat("a DICOM", ["dcm", "dicom"], starts: [Start("DICM", at: 128)], .bioFormats),
    RefusedFormat("an MRC", ["mrc", "mrcs"], starts: [Start("MAP ", at: 208)], .bioFormats),
    RefusedFormat("an NRRD", ["nrrd", "nhdr"], starts: ["NRRD0"], .bioFormats),
    RefusedFormat("a NIfTI", ["nii"], .bioFormats),
    RefusedFormat("a MetaImage", ["mha", "mhd"], .bioFormats),
    RefusedFormat("a FITS", ["fits", "fit"], starts: ["SIMPLE  ="], .bioFormats),
    RefusedFormat("an ICS", ["ics"], starts: ["ics_version", "\tics_version"], .bioFormats),
  ]

  private static let others = [
    RefusedFormat(
      "a film", ["avi", "mp4", "m4v", "mov", "mkv", "webm", "wmv", "mpg", "mpeg"],
      starts: [Start("AVI ", at: 8), Start(0x1a, 0x45, 0xdf, 0xa3), Start(0x30, 0x26, 0xb2, 0x75)]
        + [Start(0, 0, 1, 0xba), Start("ftyp", at: 4)],
      Remedy(
        "take out its frames with ffmpeg: mkdir {target} && ffmpeg -i {file} {target}/%04d.png",
        target: "_frames")),
    RefusedFormat(
      "a PDF", ["pdf"], starts: ["%PDF"],
      Remedy(
        "take out its pictures: mkdir {target} && pdfimages -tiff {file} {target}/picture",
        target: "_pictures"),
      isPicture: false),
    RefusedFormat(
      "an outline of ImageJ", ["roi"], starts: ["Iout"],
      Remedy("it says where a cell is: give it as a mask"), isPicture: false),
    RefusedFormat(
      "an array of NumPy", ["npy"], starts: [Start(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)],
      Remedy("write it as TIFF with tifffile.imwrite in Python; Cellpose's _seg.npy is a mask"),
      isPicture: false),
    RefusedFormat(
      "a ZIP archive", ["zip"], starts: ["PK\u{3}\u{4}"],
      Remedy("unpack it and give what is in it; outlines of ImageJ are masks"), isPicture: false),
    RefusedFormat(
      "arrays of NumPy", ["npz"], starts: ["PK\u{3}\u{4}"],
      Remedy("write them as TIFF with tifffile.imwrite in Python, or masks with numpy.save")),
    RefusedFormat(
      "a file of MATLAB", ["mat"], starts: ["MATLAB "],
      Remedy("write its images as TIFF with imwrite in Octave or MATLAB"), isPicture: false),
    RefusedFormat(
      "an archive", ["gz", "tgz", "7z", "rar", "tar", "bz2", "xz", "zst"],
      starts: [
        Start(0x1f, 0x8b), Start(0x37, 0x7a, 0xbc, 0xaf), "Rar!", Start("ustar", at: 257), "BZh",
        Start(0xfd, 0x37, 0x7a, 0x58), Start(0x28, 0xb5, 0x2f, 0xfd),
      ], Remedy("unpack it and give what is in it"), isPicture: false),
    RefusedFormat(
      "a note of macOS about another file", [], starts: [Start(0, 5, 0x16, 7)],
      Remedy("take the file whose name is the same without ._ in front"), isPicture: false),
    RefusedFormat(
      "a PostScript drawing", ["eps", "ps"], starts: ["%!PS"], .inkscape, isPicture: false),
    drawing,
  ]

  // MARK: What texts are

  static let largeFile = RefusedFormat(
    "a pointer of Git LFS in place of the file", [],
    Remedy("fetch the file itself with: git lfs pull"),
    isPicture: false)
  static let webPage = RefusedFormat(
    "a web page", [], Remedy("it was saved in place of a file: download the file itself again"),
    isPicture: false)
  static let zeros = RefusedFormat(
    "a file that begins with zeros alone", [], Remedy("copy it again from where it came from"),
    isPicture: false)
  static let drawing = RefusedFormat("an SVG drawing", ["svg"], .inkscape, isPicture: false)
  static let xml = RefusedFormat(
    "an XML text", [], Remedy("give the images that it speaks of"), isPicture: false)
  static let json = RefusedFormat(
    "a JSON text", [], Remedy("annotations of COCO are masks, not images"), isPicture: false)
  static let plainText = RefusedFormat(
    "a text file", [], Remedy("look into it, a download that failed leaves its reason there"),
    isPicture: false)

  // MARK: How files begin that share a container

  private static let jpeg2000 = Start(0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20)
  private static let ole = Start(0xd0, 0xcf, 0x11, 0xe0)
  private static let hdf5 = Start(0x89, 0x48, 0x44, 0x46)
  private static let leica = Start(0x70, 0, 0, 0)
}

extension RefusedFormat.Remedy {
  static let magick = Self(
    "convert it, for example with ImageMagick: magick {file} {target} (version 6: convert)",
    target: ".tif")
  static let bioFormats = Self(
    "open it in Fiji (File > Import > Bio-Formats) and save it as TIFF, or with Bio-Formats' tools:"
      + " bfconvert -nooverwrite {file} {target}", target: "_%s.ome.tif")
  static let containers = Self(
    "open it in Fiji (File > Import > HDF5/N5/Zarr/OME-NGFF) and save it as TIFF")
  static let slide = Self("open it in QuPath and export a region as TIFF")
  static let gimp = Self("export it as TIFF from GIMP")
  static let inkscape = Self("export it from Inkscape as PNG, as large as its image")
}
