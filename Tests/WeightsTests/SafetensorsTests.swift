import Autograd
import Foundation
import Testing

@testable import Weights

/// A file of a header and so many bytes of tensors.
private func file(_ header: String, body: Int) -> Data {
  var length = UInt64(header.utf8.count)
  var bytes: [UInt8] = []
  for _ in 0..<8 {
    bytes.append(UInt8(truncatingIfNeeded: length))
    length >>= 8
  }
  return Data(bytes + Array(header.utf8) + [UInt8](repeating: 0, count: body))
}

private func entry(_ shape: String, _ start: Int, _ end: Int, type: String = "F32") -> String {
  "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
}

private func sample(seed: UInt64) -> StateDict {
  var state = seed
  func draw(_ bound: UInt64) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % bound)
  }
  let names = ["down.0.0.weight", "a \"quoted\" \\ name", "Zelle ä 細胞 🔬", "tab\tend", "e"]
  var result = StateDict(metadata: ["architecture": "aura-net", "note\n": "\"x\" \\ \u{1}"])
  for name in names {
    let shape = Shape((0..<draw(5)).map { _ in draw(4) })
    let special: [Float] = [.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let values = (0..<shape.count).map { _ in
      draw(5) == 0 ? special[draw(4)] : Float(draw(1 << 20)) / 777 - 500
    }
    result.append(NamedTensor(path: Path(name), shape: shape, values: values))
  }
  return result
}

struct SafetensorsTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a state dict written and read is the same, in the same order`(seed: UInt64) throws {
    let state = sample(seed: seed)
    let read = try Safetensors.decode(Safetensors.encode(state))
    #expect(read == state)
    #expect(
      Safetensors.pieces(of: state).map(\.count).dropFirst()
        == state.tensors.map { 4 * $0.shape.count }[...])
    #expect(
      read.tensors.filter { $0.shape.count > 0 } == state.tensors.filter { $0.shape.count > 0 })
    for (one, other) in zip(read.tensors, state.tensors) where one.path == other.path {
      #expect(one.values.map(\.bitPattern) == other.values.map(\.bitPattern))
    }
  }

  @Test(arguments: 0..<8) func `the tensors' bytes begin at a multiple of eight`(length: Int) {
    let name = Path(String(repeating: "n", count: length + 1))
    let state = StateDict([NamedTensor(path: name, shape: Shape(2), values: [1, 2])])
    #expect(Safetensors.encode(state).count % 8 == 0)
  }

  @Test func `a file that PyTorch wrote reads as float32, whatever its number type`() throws {
    let state = try Safetensors.read(from: goldens.appending(path: "weights.safetensors"))
    let expected: [Float] = [0, 1, -2, 0.5, 65504, -0.000061035156]
    for name in ["f32", "f16", "f64"] {
      let tensor = try #require(state[Path("net.\(name)")])
      #expect(tensor.shape == Shape(2, 3))
      #expect(tensor.values == expected)
    }
    #expect(state["net.bf16"]?.values == [0, 1, -2, 0.5, 65536, -0.000061035156])
    #expect(state["net.scalar"] == NamedTensor(path: "net.scalar", shape: Shape(), values: [7]))
    #expect(state["bn.num_batches_tracked"] == nil)
    #expect(state.metadata["torch"]?.isEmpty == false)
  }

  @Test(arguments: [
    (Data([1, 2, 3]), "only 3 bytes"),
    (Data([UInt8](repeating: 255, count: 9)), "a header of 18446744073709551615 bytes"),
    (file("{}", body: 0).dropLast(), "the file ends before"),
    (file("[]", body: 0), "'{' was expected"),
    (file("{} x", body: 0), "text after the header's end"),
    (file("{\"a\":{}}", body: 0), "'a' lacks its type, shape or two offsets"),
    (file("{\"a\":\(entry("[2]", 0, 8)),\"a\":\(entry("[2]", 8, 16))}", body: 16), "comes twice"),
    (file("{\"a\":\(entry("[2]", 0, 8))}", body: 7), "the file has 7 bytes of tensors"),
    (file("{\"a\":\(entry("[2]", 0, 8))}", body: 9), "1 bytes belong to no tensor"),
    (file("{\"a\":\(entry("[3]", 0, 8))}", body: 8), "is [3] of F32 but has 8 bytes"),
    (
      file("{\"a\":\(entry("[2]", 0, 8)),\"b\":\(entry("[2]", 4, 12))}", body: 12),
      "'b' starts at 4, the tensor before ends at 8"
    ),
    (
      file("{\"a\":\(entry("[2]", 0, 8)),\"b\":\(entry("[2]", 12, 20))}", body: 20),
      "'b' starts at 12, the tensor before ends at 8"
    ),
    (file("{\"a\":\(entry("[2]", 8, 0))}", body: 8), "'a' starts at 8"),
    (file("{\"a\":\(entry("[2]", -8, 0))}", body: 8), "a whole number was expected"),
    (file("{\"a\":\(entry("[2.0]", 0, 8))}", body: 8), "']' was expected"),
    (file("{\"a\":\(entry("[4611686018427387904,4]", 0, 8))}", body: 8), "'a' is too large"),
    (file("{\"a\":\(entry("[99999999999999999999]", 0, 8))}", body: 8), "a whole number"),
    (file("{\"a\":\(entry("[2]", 0, 8, type: "Q4"))}", body: 8), "unknown type 'Q4'"),
    (file("{\"\\ud800\":1}", body: 0), "half a surrogate pair"),
    (file("{\"a", body: 0), "a name that does not end"),
  ])
  func `a damaged file is refused and the reason named`(bytes: Data, reason: String) {
    let error = #expect(throws: WeightsError.self) { try Safetensors.decode(bytes) }
    let text = error?.description ?? ""
    #expect(text.contains(reason), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func `a tensor of whole numbers is refused by name`() {
    let bytes = file("{\"ids\":\(entry("[2]", 0, 16, type: "I64"))}", body: 16)
    #expect(throws: WeightsError.type(key: "ids", found: "I64")) { try Safetensors.decode(bytes) }
  }

  @Test func `no cut and no flipped bit makes the reader trap`() {
    let whole = Safetensors.encode(sample(seed: 3))
    for length in 0..<whole.count {
      #expect(throws: WeightsError.self, "\(length) bytes") {
        try Safetensors.decode(whole.prefix(length))
      }
    }
    var refused = 0
    for index in 0..<min(whole.count, 600) {
      for bit in 0..<8 {
        var damaged = whole
        damaged[index] ^= 1 << bit
        do { _ = try Safetensors.decode(damaged) } catch { refused += 1 }
      }
    }
    #expect(refused > 1000)
  }

  @Test func `a file that is not there is named`() {
    let error = #expect(throws: WeightsError.self) {
      try Safetensors.read(from: URL(filePath: "/nonexistent/w.safetensors"))
    }
    #expect(error?.description.hasPrefix("/nonexistent/w.safetensors: cannot be read") == true)
  }
}
