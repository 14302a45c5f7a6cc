import Foundation
@testable import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct SamplesTests {
  /// The set in `Samples/`: 16 pictures of 256x256, 8 with masks.
  private static let shipped = SampleSet(
    count: 16, size: 256, seed: 3, labelled: 8, settings: .plain)
  private let folder = URL(filePath: #filePath).appending(path: "../../../Samples").standardized

  @Test func `the samples are sixteen images of 256x256 with eight masks, under 3 MB`() throws {
    let scan = try ImageScan(of: folder)
    #expect(scan.images.map(\.key.text) == (0..<16).map(path))
    #expect(scan.pairing.matches.map(\.key.text) == (0..<8).map(path))
    #expect(scan.refused.isEmpty && scan.pairing.notes.isEmpty)
    var bytes = 0
    for source in scan.images {
      let header = try ImageFile.header(source.file)
      #expect(header.width == 256 && header.height == 256)
    }
    for name in try FolderListing(of: folder).files {
      bytes += try Data(contentsOf: folder.appending(path: name)).count
    }
    #expect(bytes < 3_000_000)
  }

  @Test(arguments: [0, 1, 15]) func `the samples are what the simulator makes`(index: Int) throws {
    let made = Self.shipped.picture(at: index)
    let file = folder.appending(path: made.path)
    let (new, old) = (
      try ImageFile.decode(made.image, name: made.path), try ImageFile.read(file)
    )
    #expect(new.bitDepth == old.bitDepth)
    // Another C library may round differently here and there.
    let range = Float((1 << old.bitDepth) - 1)
    let gap = zip(new.values, old.values).reduce(Float(0)) { $0 + abs($1.0 - $1.1) }
    #expect(gap / Float(new.values.count) < 0.005 * range)
    if let mask = made.mask {
      #expect(mask == (try Data(contentsOf: folder.appending(path: made.maskPath))))
    }
  }

  @Test func `a set written to a folder opens as a project with its masks`() throws {
    let temporary = try TestFolder()
    let set = SampleSet(count: 3, size: 64, seed: 1, labelled: 1)
    var heard: [Int] = []
    try set.write(to: temporary.url) { done, _ in
      heard.append(done)
      return true
    }
    #expect(heard == [1, 2, 3])
    let store = try ProjectStore.open(images: temporary.url)
    #expect(store.keys.map(\.text) == ["sim-01.png", "sim-02.tif", "sim-03.png"])
    let result = try store.importMasks(store.report.foundMasks, values: .automatic, time: 1)
    #expect(result.imported.map(\.text) == ["sim-01.png"])
  }

  private func path(_ index: Int) -> String { Self.shipped.path(at: index) }
}
