import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Strokes told apart by the image that they were drawn on.
struct DraftTests {
  private static func image(_ width: Int, _ height: Int, value: Float) -> Image {
    Image(
      width: width, height: height, bitDepth: 8,
      values: Array(repeating: value, count: width * height))
  }

  private let source = ImageSource(
    key: ImageKey("a.png"), file: URL(filePath: "/nowhere/a.png"), page: 0)
  private let first = Self.image(6, 4, value: 1)
  private let edit = Stroke.drawing(0..<5)
  private let other = Stroke.drawing(7..<9)

  @Test func `strokes belong to the image that was named before them`() {
    let small = Self.image(3, 2, value: 1)
    let (a, b) = (ImageFingerprint(of: first), ImageFingerprint(of: small))
    let strokes = [.on(a), edit, .on(b), other, .undo]
    let onFirst = Draft(of: strokes, on: first, from: source)
    #expect(onFirst.ground == a && onFirst.strokes == [edit])
    #expect(onFirst.isChanged && onFirst.former == b && onFirst.setAsideCount == 0)
    #expect(onFirst.lines(after: strokes) == [.on(a)])
    let onSecond = Draft(of: strokes, on: small, from: source)
    #expect(onSecond.ground == b && onSecond.strokes == [other, .undo])
    #expect(!onSecond.isChanged && onSecond.former == a && onSecond.setAsideCount == 1)
    #expect(onSecond.lines(after: strokes).isEmpty && onSecond.formerCells?.mask == nil)
    let onThird = Draft(of: strokes, on: Self.image(6, 4, value: 2), from: source)
    #expect(onThird.isChanged && onThird.strokes.isEmpty && onThird.former == b)
  }

  @Test func `what was drawn before the first word belongs to what it names`() {
    let a = ImageFingerprint(of: first)
    let strokes = [edit, .on(a), other]
    #expect(Draft(of: strokes, on: first, from: source).strokes == [edit, other])
    #expect(Draft(of: strokes, on: Self.image(6, 4, value: 2), from: source).strokes.isEmpty)
  }

  @Test func `where no word is said, what was seen before counts, or what is there`() {
    let now = Self.image(6, 4, value: 2)
    let blind = Draft(of: [edit], on: now, from: source)
    #expect(blind.strokes == [edit] && !blind.isChanged)
    #expect(blind.lines(after: [edit]) == [.on(ImageFingerprint(of: now))])
    for seen in [ImageFingerprint(of: first), .unknown] {
      let draft = Draft(of: [edit], on: now, from: source, seen: seen)
      #expect(draft.strokes.isEmpty && draft.isChanged && draft.setAsideCount == 1)
      let lines = draft.lines(after: [edit])
      #expect(lines == [.on(seen), .on(ImageFingerprint(of: now))])
      // With these lines nothing more has to be known.
      let again = Draft(of: [edit] + lines + [other], on: now, from: source)
      #expect(again.strokes == [other] && !again.isChanged)
      #expect((again.former == seen) && again.setAsideCount == 1)
    }
  }

  @Test func `a draft on other pixels of the same size can be taken over until something is drawn`()
  {
    let now = Self.image(6, 4, value: 2)
    let strokes = [.on(ImageFingerprint(of: first)), edit]
    let draft = Draft(of: strokes, on: now, from: source)
    #expect(draft.formerCells?.mask == .leading(5) && draft.setAsideCount == 1)
    #expect(draft.formerCells?.cells == [1] && draft.formerCells?.mask == .leading(5))
    let old = [strokes[0], .editMask(MaskEdit(added: [0..<2, 4..<5]))]
    #expect(Draft(of: old, on: now, from: source).formerCells?.areas == [1: 2, 2: 1])
    let drawn = strokes + draft.lines(after: strokes)
    #expect(Draft(of: drawn, on: now, from: source).formerCells?.mask == .leading(5))
    #expect(Draft(of: drawn + [other], on: now, from: source).formerCells?.mask == nil)
    #expect(Draft(of: strokes + [.undo], on: now, from: source).formerCells?.mask == nil)
  }

  @Test func `the draft of another channel of the same field is the image's own`() throws {
    let folder = try TestFolder()
    let files = try (0..<2).map { channel in
      let file = folder.url.appending(path: "c\(channel).png")
      let values = (0..<24).map { Float($0 * (channel + 1)) }
      try PNG.encode(Image(width: 6, height: 4, bitDepth: 8, values: values)).write(to: file)
      return file
    }
    let source = ImageSource(
      key: ImageKey("c"), planes: files.map { ImageSource.Plane(file: $0, page: 0) })
    let drawnOn = ImageFingerprint(of: try source.read())
    let view = source.showing(1)
    let image = try view.read()
    #expect(ImageFingerprint(of: image) != drawnOn)
    let strokes = [.on(drawnOn), edit]
    let draft = Draft(of: strokes, on: image, from: view)
    #expect(draft.strokes == [edit] && draft.ground == drawnOn && !draft.isChanged)
    #expect(draft.lines(after: strokes).isEmpty)
  }

  @Test func `a line says what is drawn on, and a damaged one is no line`() throws {
    let line = StrokeLine(image: ImageKey("a.png"), stroke: .on(ImageFingerprint(of: first)))
    let json = try line.json()
    let text = try #require(String(bytes: json, encoding: .utf8))
    #expect(text.contains(#""do":"on","size":[6,4],"pixels":""#))
    #expect(try JSONDecoder().decode(StrokeLine.self, from: Data(json)) == line)
    for (good, bad) in [
      ("[6,4]", "[6]"), ("[6,4]", "[-6,4]"), (#""pixels":""#, #""pixels":"\u0022"#),
    ] {
      let bytes = Data(text.replacing(good, with: bad).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(StrokeLine.self, from: bytes) }
    }
  }
}
