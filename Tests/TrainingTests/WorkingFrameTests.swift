import Basics
import Imaging
import Recipes
import Testing

@testable import Training

struct WorkingFrameTests {
  @Test(arguments: [
    (1024, 811, 256, 64, 323, 256, 384, 256), (811, 1024, 256, 64, 256, 323, 256, 384),
    (256, 256, 256, 64, 256, 256, 256, 256), (100, 50, 128, 64, 256, 128, 256, 128),
    (30, 30, 100, 64, 100, 100, 128, 128), (5, 500, 16, 16, 16, 1600, 16, 1600),
  ])
  func `the smallest side has the size, and both are padded to the multiple`(
    _ numbers: (Int, Int, Int, Int, Int, Int, Int, Int)
  ) {
    let (width, height, size, multiple, scaledWidth, scaledHeight, paddedWidth, paddedHeight) =
      numbers
    let frame = WorkingFrame(width: width, height: height, size: size, multiple: multiple)
    #expect(frame.scaledWidth == scaledWidth && frame.scaledHeight == scaledHeight)
    #expect(frame.paddedWidth == paddedWidth && frame.paddedHeight == paddedHeight)
  }

  @Test func `what goes in comes out, pixel for pixel, where nothing is scaled`() {
    let (width, height) = (37, 23)
    var generator = SeededGenerator(seed: 8)
    var values = (0..<width * height).map { _ in Float(generator.uniform()) }
    // Both ends of the range well filled, so that the stretch is the identity.
    for index in 0..<20 { values[index * 3] = index.isMultiple(of: 2) ? 0 : 1 }
    let image = Image(width: width, height: height, bitDepth: 32, values: values)
    let frame = WorkingFrame(width: width, height: height, size: height, multiple: 16)

    let input = frame.wholeInput(from: image)
    var output = [Float](repeating: 0, count: width * height)
    frame.add(input, rows: 0..<32, columns: 0..<48, to: &output)

    #expect(frame.paddedWidth == 48 && frame.paddedHeight == 32)
    #expect(zip(output, values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func `the padding mirrors the image without repeating its border`() {
    let values: [Float] = [0, 0.25, 0.5, 1]
    let image = Image(
      width: 4, height: 4, bitDepth: 32, values: Array(repeating: values, count: 4).flatMap { $0 })
    let frame = WorkingFrame(width: 4, height: 4, size: 4, multiple: 8)
    let padded = frame.wholeInput(from: image)
    #expect(Array(padded[0..<8]) == [0.5, 0.25, 0, 0.25, 0.5, 1, 0.5, 0.25])
  }
}

extension WorkingFrame {
  /// All that the network is to see.
  func wholeInput(from image: Image) -> [Float] {
    input(
      rows: 0..<paddedHeight, columns: 0..<paddedWidth, from: image,
      window: ContrastWindow(of: image))
  }
}
