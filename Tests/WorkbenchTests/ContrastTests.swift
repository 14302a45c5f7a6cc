import Imaging
import Testing

@testable import Workbench

/// Which grey values are black and white on the screen.
@Suite struct ContrastTests {
  @Test func `ends move by twentieths of the range, and never past each other`() {
    var contrast = Contrast()
    let (own, full) = (Float(100)...300, Float(0)...1000)
    #expect(contrast.range(stretched: own, full: full) == own && !contrast.isMoved)
    contrast.move(.black, by: -2)
    contrast.move(.white, by: 3)
    #expect(contrast.range(stretched: own, full: full) == 80...330 && contrast.isMoved)
    contrast.isStretched = false
    #expect(contrast.range(stretched: own, full: full) == -100...1150)
    for count in [-1000, 1000] {
      for end in [Contrast.End.black, .white] {
        contrast.move(end, by: count)
        let range = contrast.range(stretched: own, full: full)
        #expect(range.upperBound - range.lowerBound > 49)
      }
    }
  }

  @Test func `a scale bar leaves the picture its contrast, and the panel says so`() {
    var image = Session.image(Session.key(0))
    var (width, height) = (image.width, image.height)
    // Three times as wide and high, so that a bar is few of its pixels.
    var values: [Float] = []
    for y in 0..<3 * height {
      for x in 0..<3 * width { values.append(image.values[y / 3 * width + x / 3]) }
    }
    (width, height) = (3 * width, 3 * height)
    for y in 60..<64 { for x in 76..<92 { values[y * width + x] = 65535 } }
    image = Image(width: width, height: height, bitDepth: 16, values: values)
    let shown = ShownImage(image)
    #expect(shown.windowText(with: Contrast()) == "window 1000...1620")
    #expect(shown.window.setAside.map(\.value) == [65535] && shown.window.noData == nil)
  }
}
