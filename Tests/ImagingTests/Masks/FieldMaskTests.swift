import Foundation
import Testing

@testable import Imaging

/// Masks as people bring them, and those of published sets.
@Suite(.enabled(if: SharedData.isPresent))
struct FieldMaskTests {
  private func files(_ path: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: SharedData.url(path), includingPropertiesForKeys: nil
    ).filter { ["png", "tif"].contains($0.pathExtension) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  private func decide(_ files: [URL]) throws(MaskTrouble) -> MaskRule.Decision {
    try MaskFile.decide(for: files.map { ($0, 0) })
  }

  /// The right mask of a field case's image.
  private func truth(of file: URL) throws -> Mask {
    let name = file.deletingPathExtension().lastPathComponent
    return try MaskFile.read(
      SharedData.url("field-cases/truth/\(name).png"), rule: .project
    ).mask
  }

  @Test(arguments: [
    ("c01_ilastik/bg1_cell2", "1 is ground", 1.0),
    ("c01_ilastik/headless_255_254", "254 is ground", 1),
    ("c03_soft/antialiased", "above half of the range (127.5)", 0.97),
    ("c04_colour/alpha_only_white", "by opacity", 1),
    ("c05_imagej_lut/inverting_normal", "as stored, not as the look-up table shows it", 1),
  ])
  func `masks as people bring them are read as they were meant`(
    path: String, words: String, least: Double
  ) throws {
    let files = try files("field-cases/\(path)/masks")
    let decision = try decide(files)
    #expect(files.count == 4 && decision.dissenters == [])
    #expect(
      decision.line.contains(words) && decision.line.hasSuffix("31.3 % of the pixels are cell"))
    for file in files {
      let found = try MaskFile.read(file, rule: decision.rule)
      #expect(found.mask.overlap(with: try truth(of: file)) >= least, "\(file.lastPathComponent)")
      #expect(found.unknown == nil)
    }
  }

  @Test func `what is stored as 255 is cell in dense masks with an inverting table too`() throws {
    let files = try files("field-cases/c05_imagej_lut/inverting_dense/masks")
    let rule = try decide(files).rule
    for file in files {
      let picture = try ImageFile.picture(file, page: 0)
      let mask = try MaskFile.read(file, rule: rule).mask
      #expect(mask.pixels == picture.samples.map { $0 == 255 ? 1 : 0 })
    }
  }

  @Test func `a strip of negative labels is neither cell nor ground`() throws {
    let files = try files("field-cases/c02_negative/int32_minus1_ignore_strip/masks")
    let decision = try decide(files)
    #expect(decision.line.contains("15.6 % are not annotated"))
    for file in files {
      let found = try MaskFile.read(file, rule: decision.rule)
      let unknown = try #require(found.unknown)
      #expect(unknown.pixels == (0..<192 * 192).map { $0 % 192 < 30 ? 1 : 0 })
      #expect(found.mask.overlap(with: try truth(of: file), unknown: unknown) == 1)
      #expect(zip(found.mask.pixels, unknown.pixels).allSatisfy { $0 & $1 == 0 })
      #expect(Set(found.cells?.labels ?? []).count > 2)
    }
  }

  @Test(arguments: [
    ("field-cases/c04_colour/overlay/masks", MaskFault.colors),
    ("field-cases/c26_self/parent/images", .image), ("yeast/images", .image),
    ("cho-dic/images", .image), ("usiigaci-crops16/images", .image),
    ("usiigaci-samples/images", .image), ("bubil2-rabbitsmc-crops/images", .image),
    ("BU-BIL/BU-BIL_Dataset1/RawImages", .image),
  ])
  func `images and overlays are refused as no masks`(path: String, fault: MaskFault) throws {
    let files = try files(path)
    let error = #expect(throws: MaskTrouble.self) { try decide(files) }
    guard case .noMasks(fault, file: _, count: files.count, looked: files.count, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `masks without a cell are asked about`() throws {
    let files = try files("field-cases/c30_training/all_empty/masks")
    #expect(throws: MaskTrouble.noCell(looked: 4, total: 4)) { try decide(files) }
  }

  @Test(arguments: [
    ("BU-BIL/BU-BIL_Dataset1/GoldStandard", true), ("BU-BIL/BU-BIL_Dataset2/GoldStandard", true),
    ("bubil2-rabbitsmc-crops/masks", false), ("usiigaci-crops16/masks", false),
    ("usiigaci-crops16/labels", false), ("usiigaci-samples/masks", false),
    ("usiigaci-samples/labels", false), ("yeast/masks", false), ("yeast/labels", false),
    ("cho-dic/masks", false), ("cho-dic/labels", false),
  ])
  func `masks of published sets are read as ever, pixel for pixel`(
    path: String, isBlack: Bool
  ) throws {
    let files = try files(path)
    #expect(files.count >= 7)
    let decision = try decide(files)
    #expect(decision.dissenters == [] && decision.rule.takesZero == isBlack)
    #expect(decision.rule.keepsNumbers == path.hasSuffix("labels"))
    for file in files {
      let found = try MaskFile.read(file, rule: decision.rule)
      let values = try ImageFile.read(file).values
      #expect(found.mask.pixels == values.map { ($0 == 0) == isBlack ? 1 : 0 }, "\(file.path)")
      #expect(found.unknown == nil)
    }
  }

  @Test(arguments: [
    ("bubil_gray16_mask_1bit_inverted.png", true, 0.0...0.2),
    ("bubil_palette8_mask_1bit_inverted.png", true, 0.005...0.007),
    ("pfcpn_mask_1bit.png", false, 0.074...0.0741),
    ("usiigaci_palette_labels.png", false, 0.1846...0.1847),
    ("usiigaci_instance_ids_8bit.png", false, 0.1846...0.1847),
    ("set45_labels.png", false, 0.135...0.136),
    ("set45_mask.png", false, 0.135...0.136),
  ])
  func `a published mask alone is read the right way round`(
    name: String, isBlack: Bool, area: ClosedRange<Double>
  ) throws {
    let url = SharedData.url("loader-cases/original/" + name)
    let decision = try decide([url])
    #expect(decision.rule.takesZero == isBlack)
    let mask = try MaskFile.read(url, rule: decision.rule).mask
    #expect(area.contains(Double(mask.area) / Double(mask.pixels.count)))
    #expect(abs(decision.share - Double(mask.area) / Double(mask.pixels.count)) < 1e-12)
  }

  @Test func `palette and numbered masks of one image are one mask`() throws {
    let masks = try ["usiigaci_palette_labels.png", "usiigaci_instance_ids_8bit.png"].map { name in
      let url = SharedData.url("loader-cases/original/" + name)
      return try MaskFile.read(url, rule: decide([url]).rule).mask
    }
    #expect(masks[0] == masks[1])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a megapixel is looked at once, not once a value`() throws {
    let picture = try ImageFile.picture(
      SharedData.url("loader-cases/original/set45_labels.png"), page: 0)
    _ = MaskEvidence(picture)
  }
}
