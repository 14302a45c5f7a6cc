import Imaging
import Recipes
import Testing

@testable import Training

struct BatchTests {
  @Test func `grey is laid out three times a pixel and normalised as ImageNet`() {
    let first = Crop(side: 2, image: [0, 0.25, 0.5, 1], mask: [0, 1, 1, 0])
    let second = Crop(side: 2, image: [1, 1, 1, 0], mask: [1, 0, 0, 0])
    let batch = Batch([first, second])

    #expect(batch.count == 2 && batch.side == 2)
    #expect(batch.targets == [0, 1, 1, 0, 1, 0, 0, 0])
    #expect(batch.images.count == 24)
    #expect(batch.images[0] == Float(-0.485) / 0.229)
    #expect(batch.images[4] == (Float(0.25) - 0.456) / 0.224)
    #expect(batch.images[12 + 2] == (Float(1) - 0.406) / 0.225)
  }

  @Test func `a crop is the stretched middle of the image with its smallest side to size`() {
    // Twice as wide as high: the middle half is kept, each pixel the mean of 2x2.
    let width = 16
    let height = 8
    var values: [Float] = []
    var mask = Mask(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        values.append(Float(x))
        mask[x, y] = x >= 8
      }
    }
    let image = Image(width: width, height: height, bitDepth: 16, values: values)
    let crop = Crop(of: image, mask: mask, side: 4)

    for row in 0..<4 {
      for column in 0..<4 {
        let expected = (Float(4 + 2 * column) + 0.5) / 15
        #expect(abs(crop.image[row * 4 + column] - expected) < 1e-5)
        #expect(crop.mask[row * 4 + column] == (column >= 2 ? 1 : 0))
      }
    }
  }
}
