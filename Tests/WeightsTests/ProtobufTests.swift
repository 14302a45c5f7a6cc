import Foundation
import Testing

@testable import Weights

struct ProtobufTests {
  private func bytes(_ fill: (inout ProtobufMessage) -> Void) -> [UInt8] {
    var message = ProtobufMessage()
    fill(&message)
    let bytes = message.pieces.flatMap { [UInt8]($0) }
    #expect(bytes.count == message.count)
    return bytes
  }

  @Test("a message is written as in the examples of Protocol Buffers' documentation")
  func examples() {
    #expect(bytes { $0.add(1, 150) } == [0x08, 0x96, 0x01])
    #expect(bytes { $0.add(2, "testing") } == [0x12, 0x07] + Array("testing".utf8))
    var inner = ProtobufMessage()
    inner.add(1, 150)
    #expect(bytes { $0.add(3, inner) } == [0x1a, 0x03, 0x08, 0x96, 0x01])
  }

  @Test("a number with a fraction takes four bytes, a field above 15 two for its key")
  func otherKinds() {
    #expect(bytes { $0.add(2, Float(1.5)) } == [0x15, 0, 0, 0xc0, 0x3f])
    #expect(bytes { $0.add(20, 7) } == [0xa0, 0x01, 0x07])
    #expect(bytes { $0.add(1, -2) } == [0x08, 0xfe] + Array(repeating: 0xff, count: 8) + [0x01])
    #expect(bytes { $0.add(1, 0) } == [0x08, 0])
  }

  @Test("a large value lies in a message within a message as it is")
  func largeValues() {
    let large = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
    var inner = ProtobufMessage()
    inner.add(8, "w")
    inner.add(9, large)
    inner.add(1, 3)
    let outer = bytes { $0.add(5, inner) }
    // 3 of the name, 4 of the key and the length, 2 behind.
    #expect(inner.count == 100_009)
    #expect(outer.prefix(4) == [0x2a, 0xa9, 0x8d, 0x06])
    #expect(outer[4...].prefix(3) == [0x42, 0x01, 0x77])
    #expect(Array(outer[11..<100_011]) == Array(large))
    #expect(outer.suffix(2) == [0x08, 0x03])
  }

  @Test("a node of ONNX has its inputs, its output as a name too, and its settings by their names")
  func node() {
    let node = ONNXNode(
      operation: "Conv", inputs: ["x", "w"], output: "y",
      attributes: ["strides": .wholeNumbers([2, 2]), "group": .wholeNumber(1)])
    let group: [UInt8] = [0x0a, 5] + Array("group".utf8) + [0x18, 1, 0xa0, 1, 2]
    let strides: [UInt8] = [0x0a, 7] + Array("strides".utf8) + [0x40, 2, 0x40, 2, 0xa0, 1, 7]
    let expected: [UInt8] =
      [0x0a, 1, 0x78, 0x0a, 1, 0x77, 0x12, 1, 0x79, 0x1a, 1, 0x79, 0x22, 4] + Array("Conv".utf8)
      + [0x2a, UInt8(group.count)] + group + [0x2a, UInt8(strides.count)] + strides
    #expect(node.message.pieces.flatMap { [UInt8]($0) } == expected)
  }

  @Test("a tensor of ONNX keeps its values in little-endian order")
  func tensor() {
    let floats = ONNXTensor(name: "b", extents: [2], content: .numbers([1.5, 0]))
    #expect(
      floats.message.pieces.flatMap { [UInt8]($0) }
        == [0x08, 2, 0x10, 1, 0x42, 1, 0x62, 0x4a, 8, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0])
    let whole = ONNXTensor(name: "n", extents: [1], content: .wholeNumbers([258]))
    #expect(
      whole.message.pieces.flatMap { [UInt8]($0) }
        == [0x08, 1, 0x10, 7, 0x42, 1, 0x6e, 0x4a, 8, 2, 1, 0, 0, 0, 0, 0, 0])
  }
}
