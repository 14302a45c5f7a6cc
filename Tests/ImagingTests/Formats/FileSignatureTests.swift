import Foundation
import Testing

@testable import Imaging

struct FileSignatureTests {
  /// What is said of a file: its kind and the advice; both empty where it is read.
  static func refusal(
    _ start: [UInt8], _ name: String, isTaken: (String) -> Bool = { _ in false }
  ) -> (kind: String?, advice: String) {
    do {
      _ = try FileSignature(Data(start), file: name, page: 0, isTaken: isTaken)
      return (nil, "")
    } catch {
      guard case .otherFormat(name, let kind, let advice) = error else {
        return ("\(error)", "")
      }
      return (kind, advice)
    }
  }

  static func text(_ words: String, at offset: Int = 0) -> [UInt8] {
    Array(repeating: 1, count: offset) + Array(words.utf8)
  }

  @Test(
    arguments: [
      ([0x49, 0x49, 0x2a, 0], .tiff), ([0x4d, 0x4d, 0, 0x2b], .tiff),
      ([0xff, 0xd8, 0xff, 0xe0], .jpeg), ([0xff, 0xd8, 0xff, 0xdb], .jpeg),
      ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], .png), (text("BM"), .bmp),
      (text("BM") + Array(repeating: 0, count: 12) + [40, 0, 0, 0], .bmp),
    ] as [([UInt8], FileSignature)]) func `what is read is known by its first bytes`(
      start: [UInt8], kind: FileSignature
    ) throws
  {
    #expect(try FileSignature(Data(start), file: "x.dat", page: 0) == kind)
    guard kind != .tiff else { return }
    #expect(throws: ImagingError.noSuchPage(file: "x.dat", page: 1, pages: 1)) {
      try FileSignature(Data(start), file: "x.dat", page: 1)
    }
  }

  @Test(
    arguments: [
      ("a JPEG 2000", [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20], "x.png"),
      ("a JPEG 2000", [0xff, 0x4f, 0xff, 0x51], "x.j2k"),
      ("a Nikon ND2", [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20], "old.nd2"),
      ("a Nikon ND2", [0xda, 0xce, 0xbe, 0x0a], "x.tif"), ("a JPEG XL", [0xff, 0x0a, 1], "x.jpg"),
      ("a JPEG XL", [0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20], "x.jxl"),
      ("a JPEG XR", [0x49, 0x49, 0xbc, 1], "x.tif"),
      ("a JPEG-LS", [0xff, 0xd8, 0xff, 0xf7], "x.jpg"),
      ("a HEIC", text("ftypheic", at: 4), "x.jpg"), ("a HEIC", text("ftypmif1", at: 4), "x.heif"),
      ("an AVIF", text("ftypavif", at: 4), "x.avif"), ("a film", text("ftypisom", at: 4), "x.mp4"),
      ("a film", text("RIFF....AVI LIST"), "x.avi"), ("a WebP", text("RIFF....WEBPVP8 "), "x.png"),
      ("a GIF", text("GIF89a"), "x.png"), ("a PDF", text("%PDF-1.4"), "x.pdf"),
      ("a DICOM", text("DICM", at: 128), "x"), ("a Zeiss CZI", text("ZISRAWFILE"), "x.tif"),
      ("a Leica LIF", [0x70, 0, 0, 0, 1], "x.lif"), ("a Leica LOF", [0x70, 0, 0, 0, 1], "x.lof"),
      ("an Olympus OIB", [0xd0, 0xcf, 0x11, 0xe0], "x.oib"),
      ("a Zeiss ZVI", [0xd0, 0xcf, 0x11, 0xe0], "x.zvi"),
      ("an OLE file, such as an Olympus OIB", [0xd0, 0xcf, 0x11, 0xe0], "x.tif"),
      ("an Olympus OIR", text("OLYMPUSRAWFORMAT"), "x.oir"),
      ("an HDF5 file", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "x.h5"),
      ("an Imaris file", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "x.ims"),
      ("an array of NumPy", [0x93] + text("NUMPY"), "x.npy"),
      ("arrays of NumPy", text("PK\u{3}\u{4}"), "x.npz"),
      ("a ZIP archive", text("PK\u{3}\u{4}"), "x.png"), ("an archive", [0x1f, 0x8b], "x.tif.gz"),
      ("an outline of ImageJ", text("Iout"), "x.roi"),
      ("a note of macOS about another file", [0, 5, 0x16, 7, 0, 2], "._x.tif"),
      (
        "a pointer of Git LFS in place of the file",
        text("version https://git-lfs.github.com/spec/v1"), "x.czi"
      ),
      ("a web page", text("\n <!DOCTYPE html><html>"), "x.tif"),
      ("a web page", text("<HTML>"), "x.dv"),
      ("an SVG drawing", text("<?xml version='1.0'?>\n<svg"), "x.svg"),
      ("an XML text", text("<?xml version='1.0'?>"), "x.tif"),
      ("a JSON text", text("{\"images\": []}"), "x.png"),
      ("a text file", text("404: not found"), "x.czi"),
      ("a text file", text("BMI of all patients, by month"), "x.bmp"),
      ("a text file", Array(text(String(repeating: "\u{e9}", count: 300)).prefix(511)), "x.tif"),
      ("a file that begins with zeros alone", Array(repeating: 0, count: 512), "x.tif"),
      ("an Olympus OIF", [0xff, 0xfe, 0x5b, 0], "x.oif"),
      ("a DeltaVision file", [1, 2, 3], "x.dv"),
    ] as [(String, [UInt8], String)]) func `other formats are called by their names`(
      kind: String, start: [UInt8], name: String
    )
  {
    let found = Self.refusal(start, name)
    #expect(found.kind == kind && !found.advice.isEmpty)
    #expect(!found.advice.contains("{"))
  }

  @Test func `what is only named like a format, or like none, has no kind`() {
    for name in ["x.czi", "x.dat", "x"] {
      let found = Self.refusal([1, 2, 3, 0xfe], name)
      #expect(
        found.kind == nil && found.advice == "if it is an image, save it as TIFF or PNG first")
    }
  }

  @Test(
    arguments: [
      ("an Olympus VSI", "x.vsi", [0x49, 0x49, 0x2a, 0]),
      ("a camera's raw file", "x.NEF", [0x4d, 0x4d, 0, 0x2a]),
      ("a MIRAX slide", "x.mrxs", [0xff, 0xd8, 0xff, 0xe0]),
    ] as [(String, String, [UInt8])]) func `a thumbnail of a format that is read is not the image`(
      kind: String, name: String, start: [UInt8]
    )
  {
    #expect(Self.refusal(start, name).kind == kind)
    #expect(Self.refusal(start, "x.lsm").kind == nil)
  }

  @Test func `a conversion that is advised names the file as a shell takes it`() {
    let gif = Self.text("GIF89a")
    let tail = " (version 6: convert)"
    let lines = [
      "x.gif": "magick x.gif x.tif",
      "my cell's.gif": #"magick 'my cell'\''s.gif' 'my cell'\''s.tif'"#,
      "-x.gif": "magick ./-x.gif ./-x.tif", "a.b.gif": "magick a.b.gif a.b.tif",
      "x": "magick x x.tif",
      ".gif": "magick .gif .gif.tif", "20%.gif": "magick 20%.gif 20_.tif",
    ]
    for (name, command) in lines {
      let advice = Self.refusal(gif, name).advice
      #expect(advice == "convert it, for example with ImageMagick: " + command + tail)
    }
  }

  @Test func `a conversion that is advised never overwrites anything`() {
    let gif = Self.text("GIF89a")
    for (name, target) in [
      ("x.tif", "x-converted.tif"), ("x.TIF", "x-converted.tif"), ("x.png", "x.tif"),
    ] {
      #expect(Self.refusal(gif, name).advice.contains("magick \(name) \(target) "))
    }
    let taken: Set = ["x.tif", "x-converted.tif", "x_0.ome.tif", "x_frames"]
    #expect(
      Self.refusal(gif, "x.gif", isTaken: taken.contains).advice
        .contains("magick x.gif x-converted-2.tif "))
    let slide = Self.refusal(Self.text("ZISRAWFILE"), "x.czi", isTaken: taken.contains)
    #expect(slide.advice.hasSuffix("bfconvert -nooverwrite x.czi x-converted_%s.ome.tif"))
    let film = Self.refusal(Self.text("RIFF....AVI "), "x.avi", isTaken: taken.contains)
    #expect(
      film.advice.hasSuffix(
        "mkdir x-converted_frames && ffmpeg -i x.avi x-converted_frames/%04d.png"))
    // Every kind, whatever its file is called: no command writes to the name that it reads.
    for format in RefusedFormat.all {
      for name in ["x.tif", "x.png", "x.ome.tif", "x_0.ome.tif", "x_frames", "x_pictures"] {
        let words = format.remedy.advice(on: name) { _ in false }
          .split(whereSeparator: { " /".contains($0) })
        #expect(words.filter { $0 == name }.count <= 1, "\(format.kind), \(name)")
      }
    }
  }

  @Test func `a listing knows pictures that are refused by their endings`() {
    let kinds = FileSignature.refusedExtensions
    #expect(
      kinds["czi"] == "a Zeiss CZI" && kinds["jp2"] == "a JPEG 2000" && kinds["avi"] == "a film")
    for ending in ImageFile.extensions.union([
      "jpg", "jpeg", "bmp", "lsm", "txt", "json", "zip", "npy", "roi",
    ]) {
      #expect(kinds[ending] == nil, "\(ending)")
    }
    #expect(
      FileSignature.refusal(ofFile: "day 1/x.lif")
        == "a Leica LIF: open it in Fiji (File > Import > Bio-Formats) and save it as TIFF, or with"
        + " Bio-Formats' tools: bfconvert -nooverwrite 'day 1/x.lif' 'day 1/x_%s.ome.tif'")
    #expect(FileSignature.refusal(ofFile: "notes.txt") == nil)
    let beside = FileSignature.refusal(ofFile: "x.jp2") { $0 == "x.tif" }
    #expect(beside?.contains("magick x.jp2 x-converted.tif ") == true)
  }

  @Test func `a folder that is an image as a whole is known by its name and by what it holds`() {
    let advice = ": open it in Fiji (File > Import > HDF5/N5/Zarr/OME-NGFF) and save it as TIFF"
    let zarr = "a Zarr folder" + advice
    #expect(FileSignature.refusal(ofFolder: "x.zarr", holding: ["0"]) == zarr)
    #expect(FileSignature.refusal(ofFolder: "x.ome.ZARR", holding: []) == zarr)
    #expect(FileSignature.refusal(ofFolder: "x", holding: ["0", ".zattrs"]) == zarr)
    #expect(FileSignature.refusal(ofFolder: "x", holding: ["zarr.json"]) == zarr)
    #expect(FileSignature.refusal(ofFolder: "x.n5", holding: []) == "an N5 folder" + advice)
    #expect(FileSignature.refusal(ofFolder: "images", holding: ["a.tif", "b.json"]) == nil)
  }
}
