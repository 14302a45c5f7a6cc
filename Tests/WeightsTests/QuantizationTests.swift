import Autograd
import Foundation
import Testing

@testable import Weights

/// A file of a filter of eight bits and what stands beside it.
private func file(_ scale: String, bytes: [UInt8]) -> Data {
  let header =
    #"{"w":{"dtype":"I8","shape":[2,1,1,2],"data_offsets":[0,4]}"# + scale + "}"
  let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
  return Data(length + Array(header.utf8) + [1, 2, 3, 4] + bytes)
}

private func scale(_ shape: String, type: String = "F32", bytes: Int) -> String {
  #","w.scale":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[4,\#(4 + bytes)]}"#
}

struct QuantizationTests {
  /// Filters of both layouts, one with a channel of zeros, one of a single output, and what is no filter.
  private static func sample(seed: UInt64) -> StateDict {
    var state = seed &+ 1
    func draw() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / 0x1p23 - 1
    }
    func tensor(_ path: Path, _ extents: Int...) -> NamedTensor {
      let shape = Shape(extents)
      let spread = pow(10, 4 * draw())
      return NamedTensor(
        path: path, shape: shape, values: (0..<shape.count).map { _ in spread * draw() })
    }
    let silent = tensor("silent.weight", 3, 2, 3, 3)
    return StateDict(
      [
        tensor("conv.weight", 5, 3, 3, 2), tensor("conv.bias", 5), tensor("up.weight", 3, 5, 2, 2),
        tensor("head.weight", 1, 4, 1, 1), tensor("bn.running_var", 7),
        tensor("none.weight", 0, 2, 1, 1),
        NamedTensor(
          path: silent.path, shape: silent.shape,
          values: silent.values.enumerated().map { (18..<36).contains($0) ? 0 : $1 }),
      ], metadata: ["architecture": "aura-net", "size": "256"])
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `no value moves by more than half the scale of its output channel`(seed: UInt64) throws {
    let state = Self.sample(seed: seed)
    let data = try Safetensors.encodeQuantized(state, transposed: ["up.weight"])
    let read = try Safetensors.decode(data)
    #expect(read.metadata == state.metadata)
    #expect(Set(read.paths) == Set(state.paths))
    for tensor in state.tensors {
      let found = try #require(read[tensor.path])
      #expect(found.shape == tensor.shape)
      guard tensor.shape.extents.count == 4 else {
        #expect(found == tensor)
        continue
      }
      let extents = tensor.shape.extents
      let isUp = tensor.path == "up.weight"
      let channels = extents[isUp ? 1 : 0]
      func channel(_ index: Int) -> Int {
        isUp
          ? index / (extents[2] * extents[3]) % channels : index / (tensor.values.count / channels)
      }
      var largest = [Float](repeating: 0, count: channels)
      for (index, value) in tensor.values.enumerated() {
        largest[channel(index)] = max(largest[channel(index)], abs(value))
      }
      for (index, (was, now)) in zip(tensor.values, found.values).enumerated() {
        let scale = largest[channel(index)] / 127
        #expect(abs(was - now) <= scale * 0.50001, "\(tensor.path) \(index): \(was) \(now)")
        if was == 0 { #expect(now == 0) }
      }
    }
  }

  @Test func `what was rounded once is rounded to the same again`() throws {
    let state = Self.sample(seed: 3)
    let once = try Safetensors.decode(Safetensors.encodeQuantized(state, transposed: ["up.weight"]))
    let twice = try Safetensors.decode(Safetensors.encodeQuantized(once, transposed: ["up.weight"]))
    for tensor in once.tensors {
      let other = try #require(twice[tensor.path])
      for (one, two) in zip(tensor.values, other.values) {
        #expect(abs(one - two) <= abs(one) * 1e-6)
      }
    }
  }

  @Test func `values too small for a normal scale keep to the bound`() throws {
    let least = Float.leastNonzeroMagnitude
    let values = [7 * least, -213 * least, 1e-38, 0]
    let state = StateDict([NamedTensor(path: "w", shape: Shape(4, 1, 1, 1), values: values)])
    let read = try #require(try Safetensors.decode(Safetensors.encodeQuantized(state))["w"])
    for (was, now) in zip(values, read.values) {
      #expect(abs(was - now) <= Float.leastNormalMagnitude / 2)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `a filter that holds what is no number is refused by name`(value: Float) {
    let state = StateDict([
      NamedTensor(path: "up.0.weight", shape: Shape(2, 1, 1, 1), values: [1, value])
    ])
    let error = #expect(throws: WeightsError.self) { try Safetensors.encodeQuantized(state) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("'up.0.weight' as 8-bit weights: it holds \(value)"), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func `a tensor of the name that the scales would have is refused`() {
    let filter = NamedTensor(path: "w", shape: Shape(1, 1, 1, 1), values: [1])
    let other = NamedTensor(path: "w.scale", shape: Shape(1), values: [1])
    #expect(throws: WeightsError.self) {
      try Safetensors.encodeQuantized(StateDict([filter, other]))
    }
  }

  @Test func `a file that PyTorch quantised reads as PyTorch multiplies it`() throws {
    let state = try Safetensors.read(from: goldens.appending(path: "quantized.safetensors"))
    #expect(state.tensors.count == 6)
    for name in ["conv", "up", "head"] {
      let filter = try #require(state[Path("\(name).weight")])
      let expected = try #require(state[Path("expected.\(name)")])
      #expect(filter.shape.extents.count == 4)
      #expect(filter.values.map(\.bitPattern) == expected.values.map(\.bitPattern))
    }
  }

  @Test(arguments: [
    (file("", bytes: []), "its scales 'w.scale' are missing"),
    (file(scale("[2]", bytes: 8), bytes: [UInt8](repeating: 0, count: 8)), "are [2], which is no"),
    (
      file(scale("[1,1,1,1]", type: "I32", bytes: 4), bytes: [0, 0, 0, 0]),
      "scales must be F32, these are I32"
    ),
    (file(scale("[2,1,1,1]", type: "I8", bytes: 2), bytes: [1, 1]), "scales must be F32"),
    (
      file(scale("[3,1,1,1]", bytes: 12), bytes: [UInt8](repeating: 0, count: 12)),
      "are [3, 1, 1, 1], which is no channel of [2, 1, 1, 2]"
    ),
    (
      file(scale("[2,1,1,2]", bytes: 16), bytes: [UInt8](repeating: 0, count: 16)),
      "which is no channel"
    ),
    (file(scale("[0,1,1,1]", bytes: 0), bytes: []), "which is no channel"),
    (
      file(scale("[2,1,1,1]", bytes: 8), bytes: [0, 0, 0x80, 0x7F, 0, 0, 0, 0]),
      "below 0 or no number"
    ),
    (
      file(scale("[2,1,1,1]", bytes: 8), bytes: [0, 0, 0x80, 0xBF, 0, 0, 0, 0]),
      "below 0 or no number"
    ),
  ])
  func `scales that do not fit are refused in one line`(bytes: Data, reason: String) {
    let error = #expect(throws: WeightsError.self) { try Safetensors.decode(bytes) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("'w") && text.contains(reason), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func `one scale for a whole filter is one of a channel`() throws {
    let bytes: [UInt8] = [0, 0, 0, 0x3F]
    let state = try Safetensors.decode(file(scale("[1,1,1,1]", bytes: 4), bytes: bytes))
    #expect(state["w"]?.values == [0.5, 1, 1.5, 2])
    #expect(state["w.scale"] == nil)
  }

  @Test func `no cut and no flipped bit of a quantised file makes the reader trap`() throws {
    let whole = try Safetensors.encodeQuantized(Self.sample(seed: 5), transposed: ["up.weight"])
    for length in stride(from: 0, to: whole.count, by: 3) {
      #expect(throws: WeightsError.self) { try Safetensors.decode(whole.prefix(length)) }
    }
    var refused = 0
    for index in 0..<min(whole.count, 900) {
      for bit in 0..<8 {
        var damaged = whole
        damaged[index] ^= 1 << bit
        do { _ = try Safetensors.decode(damaged) } catch { refused += 1 }
      }
    }
    #expect(refused > 1000)
  }
}
