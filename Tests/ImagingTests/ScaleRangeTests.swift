import Basics
import Foundation
import Testing

@testable import Imaging

struct ScaleRangeTests {
  @Test("grey values are spread between percentiles with linear interpolation, and clipped")
  func spread() throws {
    let image = Image(width: 5, height: 1, bitDepth: 8, values: [40, 10, 0, 30, 20])
    // The values' places are 0, 25, 50, 75 and 100 %: 12.5 % is 5 and 87.5 % is 35.
    let percentiles = try #require(Percentiles(low: 12.5, high: 87.5))
    let expected: [Float] = [1, 5 / 30.0, 0, 25 / 30.0, 15 / 30.0]
    for (found, value) in zip(image.scaledToRange(percentiles), expected) {
      #expect(abs(found - value) < 1e-6)
    }
  }

  @Test("where nothing is set aside it is what networks see")
  func asNetworksSee() {
    let image = Simulator(.plain).image(seed: 3, size: 96).image
    #expect(ContrastWindow(of: image).setAside.isEmpty)
    for (mine, other) in zip(image.stretched().values, image.scaledToRange(.usual)) {
      #expect(abs(mine - other) < 1e-6)
    }
  }

  @Test("an image of one value becomes zeros")
  func flat() {
    let image = Image(width: 2, height: 2, bitDepth: 16, values: [7, 7, 7, 7])
    #expect(image.scaledToRange(.usual) == [0, 0, 0, 0])
    #expect(Image(width: 0, height: 0, bitDepth: 8, values: []).scaledToRange(.usual).isEmpty)
  }
}

struct NPYEncodingTests {
  @Test(
    "an array's file begins as NumPy writes it and is read again", arguments: [[2, 3], [1, 2, 3]])
  func roundTrip(shape: [Int]) throws {
    let values: [Float] = [0, 1.5, -2, .pi, 1e-30, 4]
    let data = NPYFile.encode(values, shape: shape)
    let bytes = [UInt8](data)
    let header = try NPYHeader(bytes, file: "a.npy")
    #expect(header.start % 64 == 0 && header.start + 24 == bytes.count)
    #expect(bytes[header.start - 1] == UInt8(ascii: "\n"))
    #expect(header.type == "<f4" && header.shape == shape && !header.isFortran)
    let found = (0..<6).map { place in
      Float(
        bitPattern: (0..<4).reduce(0) {
          $0 | UInt32(bytes[header.start + 4 * place + $1]) << (8 * $1)
        })
    }
    #expect(found == values)
  }

  @Test("a single extent is a tuple, and a batch of feature maps has four")
  func shapes() {
    let one = String(decoding: NPYFile.encode([1], shape: [1]).dropFirst(10), as: UTF8.self)
    #expect(one.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"))
    let four = String(
      decoding: NPYFile.encode([1, 2], shape: [1, 2, 1, 1]).dropFirst(10), as: UTF8.self)
    #expect(four.contains("'shape': (1, 2, 1, 1,), }"))
  }
}
