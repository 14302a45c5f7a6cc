import Foundation
import Project
import TestSupport
import Testing
import Workflows

/// `FolderCheck` on inputs on which the program went wrong.
@Suite(.enabled(if: FieldCases.arePresent))
struct FieldCheckTests {
  @Test(arguments: [
    ("ij_2ch_phase_first.tif", 0, "c0"), ("ij_2ch_phase_second.tif", 1, "c1"),
    ("spp2_contig_phase_second.tif", 1, nil), ("spp2_planar_phase_second.tif", 1, nil),
    ("ome_c2.ome.tif", 0, "c0"),
  ])
  func `the channel that is looked at is told`(name: String, channel: Int, axes: String?) throws {
    let record = try #require(
      Checked(FieldCases.path("c11_channels/images/\(name)")).records[name])
    #expect(record.channels == 2 && record.channel == channel)
    if let axes { #expect(record.axes == axes) }
    #expect(record.bits == 16 && record.float == false)
    #expect(record.width == 192 && record.height == 192 && record.pages == 2)
    #expect(record.channelName == (name.hasPrefix("ome") ? "Phase" : nil))
  }

  @Test func `the frames of a stack are images with their place, of one file's pages`() throws {
    let file = FieldCases.path("c11_channels/images/ij_t3_c2.tif")
    let records = try Checked(file).summary.records
    #expect(records.map(\.image) == ["#1", "#3", "#5"].map { "ij_t3_c2.tif\($0)" })
    #expect(records.allSatisfy { $0.pages == 6 && $0.channels == 2 && $0.width == 96 })
    #expect(records.map { $0.axes?.prefix(2) } == ["t0", "t1", "t2"])
  }

  @Test func `a pyramid, a thumbnail and a transparency are one image each, with its mask`() throws
  {
    let checked = try Checked(case: "c13_pyramid")
    #expect(checked.summary.records.count == 4 && checked.summary.failures == 0)
    for record in checked.summary.records {
      #expect(record.width == 384 && record.height == 384 && record.pages == 1)
      let mask = try #require(record.mask)
      #expect(mask.form == .picture && mask.page == 1)
      #expect(abs((mask.share ?? 0) - 0.34848) < 1e-4)
      #expect(mask.objects == 16 && mask.labelled == false)
    }
  }

  @Test func `one mask for two channels is that of the field, and its numbers are its cells`()
    throws
  {
    let checked = try Checked(case: "c22_pages_one_mask")
    #expect(checked.check.troubles.isEmpty)
    let expected = [("pos0.tif", 0.44623, 5), ("pos1.tif", 0.04889, 2), ("pos2.tif", 0.54138, 6)]
    for (name, share, cells) in expected {
      let record = try #require(checked.records[name])
      let mask = try #require(record.mask)
      #expect(record.channels == 2)
      #expect(mask.file == name.replacing(".tif", with: "_cp_masks.png"))
      #expect(abs((mask.share ?? 0) - share) < 1e-4)
      #expect(mask.objects == cells && mask.labelled == true)
    }
  }

  @Test func `of a time-lapse with masks for three frames the rest is told`() throws {
    let checked = try Checked(case: "c23_timelapse")
    #expect(checked.summary.records.map { $0.mask?.page } == [1, 2, 3, nil, nil])
    #expect(checked.text.contains("5 images and its mask 'movie.tif' 3 pages"))
  }

  @Test func `what is not annotated is told, and is no part of the share of cell`() throws {
    let checked = try Checked(case: "c02_negative/int32_minus1_ignore_strip")
    let record = try #require(checked.records["f0.tif"])
    #expect(record.mask?.unknown == 0.15625)
    #expect(abs((record.mask?.share ?? 0) - 0.39415 / (1 - 0.15625)) < 1e-4)
    #expect(record.mask?.objects == 8 && record.mask?.labelled == true)
    #expect(record.odd.contains("16 % is not annotated"))
  }

  @Test func `images given as their own masks are a trouble, and no image has a mask`() throws {
    let checked = try Checked(case: "c26_self/parent", masks: "images")
    guard case .ownMasks? = checked.check.troubles.first as? ProjectError else {
      Issue.record("\(checked.check.troubles)")
      return
    }
    #expect(checked.summary.records.count == 3)
    #expect(checked.summary.records.allSatisfy { $0.mask == nil })
    let right = try Checked(case: "c26_self/parent", masks: "truth")
    #expect(right.check.troubles.isEmpty)
    #expect(right.summary.records.map { $0.mask?.objects } == [7, 3, 4])
  }

  @Test func `a scale bar is told, and the contrast is that without it`() throws {
    let checked = try Checked(case: "c29_scalebar")
    let plain = try #require(checked.records["plain.tif"])
    #expect(plain.odd.isEmpty)
    let white = try #require(plain.contrast?.last)
    #expect(abs(white - 3993) < 0.1 * 3993)
    for name in ["bar_0.2pc.tif", "bar_0.5pc.tif"] {
      let record = try #require(checked.records[name])
      #expect(
        record.odd.contains { $0.hasPrefix("65535 in ") && $0.contains("(burnt in)") }, "\(record)")
      #expect(abs((record.contrast?.last ?? 0) - white) < 0.1 * white, "\(name)")
    }
  }

  @Test func `values that mean no data are told`() throws {
    let checked = try Checked(FieldCases.path("c10_nonfinite"))
    let record = try #require(checked.records["nodata_-9999.tif"])
    #expect(record.float == true && record.bits == 32)
    #expect(record.odd.contains { $0.hasPrefix("-9999 in 21 % of the pixels (no data)") })
    #expect(checked.records["all_nan.tif"]?.failure?.contains("holds no number") == true)
  }

  @Test func `masks without a cell are a trouble that says so`() throws {
    let checked = try Checked(case: "c30_training/all_empty")
    #expect(checked.check.troubles.map { "\($0)" }.joined().contains("no pixel is cell"))
    #expect(checked.summary.records.allSatisfy { $0.mask?.file != nil && $0.mask?.share == nil })
  }

  @Test func `a file of COCO's kind beside images of another extension gives them cells`() throws {
    let folder = try TestFolder()
    let file = "c31_coco/jpg_names.json"
    try folder.write(try Data(contentsOf: FieldCases.root.appending(path: file)), to: "cells.json")
    let checked = try Checked(
      FieldCases.path("c31_coco/images"), masks: folder.url.path)
    #expect(checked.check.troubles.isEmpty)
    for record in checked.summary.records {
      #expect(record.mask?.form == .coco && record.mask?.file == "cells.json")
      #expect(record.mask?.labelled == true)
    }
    #expect(checked.records["p0.png"]?.mask?.objects == 2)
  }

  @Test func `what is refused is told by its file, and what cannot be read has its reason`() throws
  {
    let checked = try Checked(FieldCases.path("c14_formats"))
    #expect(checked.records["incucyte.jpg"]?.odd.contains("JPEG is lossy") == true)
    #expect(checked.text.contains("cut_half.tif is damaged or cut short"))
    #expect(checked.text.contains("cmyk.tif: cannot be read: "))
  }
}
