import Basics
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Objects

/// What other programs make of exported files; Tests/Goldens/check_exports.py asks them.
@Suite("Exported cells in the programs that they are for")
struct ExportReaderTests {
  /// A Python with all that the script imports; none is needed for the digests.
  private static let python = ProcessInfo.processInfo.environment["AURA_PYTHON"]

  private struct Checked: Decodable { let sha256: [String: String] }

  private static func images() throws -> [(name: String, cells: LabelImage)] {
    let odd = try ExportGolden.load().cases.map { ($0.name, $0.image) }
    let random = (0..<4).map { ("seed \($0)", LabelImage.random(40 - $0, 31, seed: $0)) }
    return odd + random + [("a large crowd", .crowd(of: 300, side: 400))]
  }

  /// Each image as all formats write it, by the names that the script knows.
  private static func files() throws -> [(name: String, data: Data)] {
    var files: [(name: String, data: Data)] = []
    var manifest: [[String: String]] = []
    var (runs, polygons) = (COCOWriter(), COCOWriter(.polygons))
    var together = [Data(), Data()]
    for (place, (name, cells)) in try images().enumerated() {
      let values = cells.labels.indices.map { Float(($0 * 7) % 4096) }
      let exported = ExportedCells(
        of: name, cells, pixelSize: ImageContents.PixelSize(x: 0.5, y: 0.5),
        picture: Image(width: cells.width, height: cells.height, bitDepth: 16, values: values))
      for format in CellFormat.all {
        guard case .each(let encode) = format.writer else { continue }
        files.append(("\(place)\(format.fileName)", try encode(exported)))
      }
      together[0] += runs.add(exported)
      together[1] += polygons.add(exported)
      let bytes = cells.labels.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
      files.append(("\(place).cells", Data(bytes)))
      manifest.append([
        "name": name, "width": "\(cells.width)", "height": "\(cells.height)",
      ])
    }
    files.append(("instances.json", together[0] + runs.end()))
    files.append(("polygons.json", together[1] + polygons.end()))
    files.append(("manifest.json", try JSONEncoder().encode(manifest)))
    return files
  }

  private func digest(of data: Data) -> String {
    var hash = SHA256()
    hash.update(data)
    return hash.digits()
  }

  @Test("Files are those that the other programs were seen to read as the same pixels")
  func digests() throws {
    let checked = try JSONDecoder().decode(
      Checked.self,
      from: Data(contentsOf: ExportGolden.folder.appending(path: "exports-checked.json")))
    var found: [String: String] = [:]
    for (name, data) in try Self.files() where checked.sha256[name] != nil {
      found[name] = digest(of: data)
    }
    for (place, (_, cells)) in try Self.images().enumerated() {
      let rois = cells.outlines.flatMap { ImageJROI.bytes(of: $0) }
      found["\(place)-rois"] = digest(of: Data(rois))
    }
    #expect(found.count == 2 + 2 * 21)
    #expect(found == checked.sha256)
  }

  @Test(
    "tifffile, scikit-image, Pillow, pycocotools, roifile, Shapely and ImageJ see the same pixels",
    .enabled(if: python != nil, "AURA_PYTHON names no Python that has them"))
  func readers() throws {
    let folder = try TestFolder()
    for (name, data) in try Self.files() { try folder.write(data, to: name) }
    let process = Process()
    process.executableURL = URL(filePath: Self.python ?? "")
    let script = ExportGolden.folder.appending(path: "check_exports.py")
    let environment = ProcessInfo.processInfo.environment
    let records = environment["RECORD"] == "1" ? ["--golden"] : []
    process.arguments = [script.path, folder.url.path] + records
    let said = Pipe()
    process.standardError = said
    process.standardOutput = said
    try process.run()
    let text = said.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: text, as: UTF8.self))")
  }
}
