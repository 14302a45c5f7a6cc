import Foundation
import Testing

@testable import Imaging

struct OMETests {
  /// A file of two pages of 4x3 whose description holds one image with these attributes and elements.
  static func file(
    _ attributes: String, _ elements: String, root: String = "", before: String = ""
  ) -> HandMadeTIFF {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>\(before)<!-- <Pixels> --><ome:OME \(root)>
      <ome:Image ID="Image:0"><ome:Pixels DimensionOrder="XYZCT" SizeX="4" SizeY="3" \(attributes)>
      \(elements)</ome:Pixels></ome:Image><ome:StructuredAnnotations><Pixels a=b></ome:OME>
      """
    return HandMadeTIFF(.grey(4, 3, [270: .text(text)]), .grey(4, 3, from: 12))
  }

  static let twoChannels = #"SizeT="1" SizeZ="1" SizeC="2""#

  @Test func `pages are mapped to their planes one by one`() throws {
    let file = Self.file(
      #"SizeT="1" SizeZ="1" SizeC="2" PhysicalSizeX='0.5' PhysicalSizeXUnit="&#181;m""#,
      #"""
      <ome:Channel Name="&lt;GFP&gt;"/><ome:Channel Name="Ph &#x26; 2"><LightPath/></ome:Channel>
      <ome:TiffData IFD="1" FirstC="0"/><ome:TiffData IFD="0" FirstC="1"></ome:TiffData>
      """#)
    let contents = try file.contents()
    #expect(contents.planes.map(\.text) == ["c1", "c0"])
    #expect(contents.channelNames == ["<GFP>", "Ph & 2"])
    #expect(contents.pixelSize == ImageContents.PixelSize(x: 0.5, y: 0.5))
    #expect(contents.remarks == [])
  }

  @Test func `of a set of files only what lies in this one is used`() throws {
    let elements = #"""
      <TiffData FirstT="0" IFD="0"><UUID FileName="a.ome.tif">urn:uuid:1</UUID></TiffData>
      <TiffData FirstT="1" IFD="1"><UUID FileName="a.ome.tif">urn:uuid:1</UUID></TiffData>
      <TiffData FirstT="2" IFD="0" PlaneCount="2"><UUID FileName="b.ome.tif">urn:uuid:2</UUID></TiffData>
      """#
    let axes = #"SizeT="4" SizeZ="1" SizeC="1""#
    for (root, name, places) in [
      (#"UUID="urn:uuid:1""#, "renamed.tif", ["t0", "t1"]),
      (#"UUID="urn:uuid:2""#, "a.ome.tif", ["t2", "t3"]), ("", "b.ome.tif", ["t2", "t3"]),
      ("", "a.ome.tif", ["t0", "t1"]),
    ] {
      let contents = try Self.file(axes, elements, root: root).contents(name: name)
      #expect(contents.planes.map(\.text) == places)
      #expect(contents.remarks == ["2 of its 4 pages lie in other files that OME names"])
    }
    let stranger = try Self.file(axes, elements).contents(name: "c.ome.tif")
    #expect(stranger.planes == [ImageContents.Plane(), ImageContents.Plane()])
    #expect(
      stranger.remarks == [
        "its OME description does not fit: the pages that it names lie in other files; its pages"
          + " have no axes"
      ])
  }

  @Test func `a file whose name alone has changed is its own`() throws {
    let elements =
      #"<TiffData PlaneCount="2" IFD="0"><UUID FileName="was.ome.tif">urn:uuid:1</UUID></TiffData>"#
    let contents = try Self.file(Self.twoChannels, elements).contents(name: "is.ome.tif")
    #expect(contents.planes.map(\.text) == ["c0", "c1"] && contents.remarks == [])
  }

  @Test(arguments: [
    // Sizes that multiply to more or fewer pages, or to none that can be.
    (#"SizeT="3" SizeZ="1" SizeC="1""#, "<TiffData/>"),
    (#"SizeT="1" SizeZ="1" SizeC="1""#, "<TiffData/>"),
    (#"SizeT="1099511627776" SizeZ="2" SizeC="2""#, "<TiffData/>"),
    (#"SizeT="1000000" SizeZ="1000000" SizeC="1000000""#, "<TiffData/>"),
    (#"SizeT="0" SizeZ="2" SizeC="1""#, "<TiffData/>"), (#"SizeT="2" SizeC="1""#, "<TiffData/>"),
    (#"SizeT="-2" SizeZ="-1" SizeC="1""#, "<TiffData/>"),
    // Pages that are not there, are named twice, or not at all.
    (twoChannels, #"<TiffData IFD="0"/><TiffData IFD="2" FirstC="1"/>"#),
    (twoChannels, #"<TiffData IFD="0"/><TiffData IFD="0" FirstC="1"/>"#),
    (twoChannels, #"<TiffData IFD="1" PlaneCount="1000000"/>"#),
    (twoChannels, #"<TiffData IFD="0" FirstC="2" PlaneCount="2"/>"#),
    (twoChannels, #"<TiffData IFD="-1"/>"#), (twoChannels, #"<TiffData IFD="x"/>"#),
    (twoChannels, #"<TiffData IFD="99999999999999999999"/>"#),
    // Texts that are none.
    (twoChannels, #"<TiffData IFD="0" PlaneCount="2""#), (twoChannels, #"<TiffData IFD=0/>"#),
    (twoChannels, #"<Channel Name="&bomb;"/><TiffData/>"#), (twoChannels, "<!-- <TiffData/>"),
    (twoChannels, #"<Channel SamplesPerPixel="-1"/><TiffData/>"#),
  ]) func `what does not fit leaves plain pages and one word`(
    attributes: String, elements: String
  ) throws {
    let file = Self.file(attributes, elements)
    let contents = try file.contents()
    #expect(contents.planes == [ImageContents.Plane(), ImageContents.Plane()])
    #expect(contents.remarks.count == 1 && contents.remarks[0].hasPrefix("its OME description "))
    #expect(try file.values(1) == TIFFStackTests.counting(from: 12))
  }

  @Test func `a text that defines entities is not read`() throws {
    let bomb = #"<!DOCTYPE lol [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>"#
    let file = Self.file(Self.twoChannels, "<TiffData/>", before: bomb)
    let contents = try file.contents()
    #expect(contents.planes == [ImageContents.Plane(), ImageContents.Plane()])
    #expect(contents.remarks == ["its OME description cannot be read; its pages have no axes"])
  }

  @Test func `a size of another image is no description of this one`() throws {
    var file = Self.file(Self.twoChannels, "<TiffData/>")
    for index in 0..<2 { (file.pages[index].width, file.pages[index].height) = (3, 4) }
    #expect(try file.contents().planes.map(\.text) == ["", ""])
    #expect(
      try file.contents().remarks == [
        "its OME description does not fit: it says that they are of another size or form; its"
          + " pages have no axes"
      ])
  }

  @Test func `a page of another size that is not named is left out`() throws {
    var file = Self.file(Self.twoChannels, #"<TiffData IFD="0" PlaneCount="2"/>"#)
    file.pages.append(.grey(2, 2))
    #expect(try file.contents().planes.map(\.text) == ["c0", "c1"])
    #expect(try file.contents().remarks == ["1 page left out that OME does not name"])
  }

  @Test(arguments: ["pixel", "reference frame", "Mm", "parsec"])
  func `a size in no known unit is none`(unit: String) throws {
    let file = Self.file(
      #"\#(Self.twoChannels) PhysicalSizeX="1" PhysicalSizeY="1" PhysicalSizeXUnit="\#(unit)""#,
      "<TiffData/>")
    #expect(try file.contents().pixelSize == nil)
    #expect(try file.contents().planes.map(\.text) == ["c0", "c1"])
  }
}
