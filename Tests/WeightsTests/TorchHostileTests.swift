import Autograd
import Foundation
import Testing

@testable import Weights

struct TorchHostileTests {
  /// The one line that a file is refused with.
  private func refusal(_ data: Data) throws -> String {
    let error = try #require(
      #expect(throws: WeightsError.self) { try TorchCheckpoint.decode(data) })
    #expect(!error.description.contains("\n"))
    return error.description
  }

  private func refusal(pickle: [UInt8]) throws -> String {
    try refusal(TorchWriter.checkpoint(pickle))
  }

  @Test func `what the writer of these tests writes is read`() throws {
    let floats: [Float] = [1, 2, 3, 4]
    let bytes = floats.flatMap { TorchWriter.little(Int($0.bitPattern), 4) }
    let turned = TorchWriter.pickle(extents: [2, 2], strides: [1, 2])
    let state = try TorchCheckpoint.decode(TorchWriter.checkpoint(turned, storage: bytes))
    #expect(state["a"]?.values == [1, 3, 2, 4])
    #expect(state["a"]?.shape == Shape(2, 2))
  }

  @Test(arguments: [
    ("posix", "system", "'posix.system'"), ("builtins", "eval", "'builtins.eval'"),
    ("torch", "load", "'torch.load'"), ("torch", "ComplexFloatStorage", "ComplexFloatStorage"),
    ("collections", "OrderedDict.__reduce__", "OrderedDict.__reduce__"),
    ("evil\u{1B}[2J", "x", "'evil\\u{1b}[2J.x'"),
  ])
  func `a global that a state dict does not need is refused by name`(
    module: String, name: String, says: String
  ) throws {
    let pickle =
      [0x80, 2] + TorchWriter.global(module, name) + TorchWriter.text("id") + [0x85, 0x52, 0x2E]
    #expect(try refusal(pickle: pickle).contains(says))
  }

  @Test(arguments: [
    (0x93, "STACK_GLOBAL"), (0x81, "NEWOBJ"), (0x69, "INST"), (0x6F, "OBJ"), (0x82, "EXT1"),
    (0x32, "DUP"), (0x95, "FRAME"), (0x42, "BINBYTES"), (0x50, "PERSID"), (0xFF, "0xff"),
  ])
  func `an opcode that a state dict does not need is refused by name`(
    opcode: UInt8, name: String
  ) throws {
    #expect(try refusal(pickle: [0x80, 2, 0x7D, opcode, 0x2E]).contains("pickle's \(name) "))
  }

  @Test(arguments: [
    TorchWriter.pickle(offset: 1), TorchWriter.pickle(offset: -1), TorchWriter.pickle(extents: [5]),
    TorchWriter.pickle(extents: [-1]), TorchWriter.pickle(strides: [-1]),
    TorchWriter.pickle(strides: [2]), TorchWriter.pickle(strides: [1, 1]),
    TorchWriter.pickle(offset: .max), TorchWriter.pickle(strides: [.max]),
    TorchWriter.pickle(extents: [.max], strides: [.max]),
    TorchWriter.pickle(extents: [.max, 4, 0], strides: [0, 0, 0]),
    TorchWriter.pickle(offset: 4, extents: [1], strides: [1]),
  ])
  func `a tensor beyond its storage is refused`(pickle: [UInt8]) throws {
    #expect(try refusal(pickle: pickle).contains("'a' reaches beyond its storage"))
  }

  @Test func `sizes that the file does not have are refused, not believed`() throws {
    #expect(try refusal(pickle: TorchWriter.pickle(count: 5)).contains("should have 5 values of 4"))
    #expect(try refusal(pickle: TorchWriter.pickle(count: .max / 2)).contains("should have"))
    #expect(try refusal(pickle: TorchWriter.pickle(count: -1)).contains("not described as torch"))
    // One value shown four thousand million times.
    let wide = TorchWriter.pickle(extents: [1 << 16, 1 << 16], strides: [0, 0])
    #expect(try refusal(pickle: wide).contains("larger than a file of"))
    let odd = TorchWriter.pickle(extents: [1], strides: [.max])
    #expect(try TorchCheckpoint.decode(TorchWriter.checkpoint(odd))["a"]?.values == [0])
    let text = TorchWriter.checkpoint([0x80, 2, 0x58, 0xFF, 0xFF, 0xFF, 0xFF, 0x2E])
    #expect(try refusal(text).contains("a text that does not end"))
    let empty = TorchWriter.pickle(offset: 4, extents: [0, 3], strides: [3, 1])
    #expect(try TorchCheckpoint.decode(TorchWriter.checkpoint(empty))["a"]?.values == [])
  }

  @Test func `values that hold themselves and deep nests end in a line`() throws {
    let own: [UInt8] = [0x80, 2, 0x7D, 0x71, 0] + TorchWriter.text("a") + [0x68, 0, 0x73, 0x2E]
    #expect(try refusal(pickle: own).contains("'a' is no tensor"))
    let list: [UInt8] = [0x80, 2, 0x5D, 0x71, 0, 0x68, 0, 0x61, 0x2E]
    #expect(try refusal(pickle: list).contains("no state dict"))
    let deep = [0x80, 2, 0x4E] + [UInt8](repeating: 0x85, count: 900_000) + [0x2E]
    #expect(try refusal(pickle: deep).contains("no state dict"))
    // Twice itself, forty times over: a billion laughs.
    let laughs = (0..<40).flatMap { _ -> [UInt8] in [0x71, 0, 0x68, 0, 0x86] }
    #expect(try refusal(pickle: [0x80, 2, 0x4E] + laughs + [0x2E]).contains("no state dict"))
    let long = [0x80, 2] + [UInt8](repeating: 0x4E, count: 1_100_000) + [0x2E]
    #expect(try refusal(pickle: long).contains("too long"))
  }

  @Test(
    arguments: [
      [0x80, 2, 0x2E], [0x80, 2, 0x74, 0x2E], [0x80, 2, 0x68, 7, 0x2E], [0x80, 4, 0x7D, 0x2E],
      [0x80, 2, 0x7D, 0x7D, 0x2E], [0x80, 2, 0x7D], [0x80, 2, 0x28, 0x30],
      [0x80, 2, 0x7D, 0x28, 0x2E],
      [0x80, 2, 0x4E, 0x28, 0x86, 0x2E], [0x80, 2, 0x4E, 0x4E, 0x52, 0x2E],
      [0x80, 2, 0x4E, 0x51, 0x2E],
      [0x80, 2, 0x4E, 0x4E, 0x62, 0x2E], [0x80, 2, 0x8A, 9, 0x2E], [], [0x80], [0x80, 2, 0x71, 0],
      [0x80, 2, 0x7D, 0x2E, 0x2E], [0x80, 2, 0x4E, 0x4E, 0x4E, 0x73, 0x2E], [0x80, 2, 0x63, 0x63],
    ] as [[UInt8]])
  func `a pickle that makes no sense is refused`(pickle: [UInt8]) throws {
    _ = try refusal(pickle: pickle)
  }

  @Test func `a broken or foreign ZIP file is refused with what is wrong`() throws {
    let pickle = TorchWriter.pickle()
    let storage = [UInt8](repeating: 7, count: 16)
    let good = [("x/data.pkl", pickle), ("x/data/0", storage)]
    let whole = TorchWriter.zip(good)
    #expect(try refusal(TorchWriter.zip(good, method: 8)).contains("is compressed"))
    #expect(try refusal(TorchWriter.zip([good[0]])).contains("lacks the entry 'x/data/0'"))
    #expect(try refusal(TorchWriter.zip([good[1]])).contains("without torch's data.pkl"))
    #expect(try refusal(TorchWriter.zip(good + [good[1]])).contains("comes twice"))
    #expect(try refusal(whole.dropLast(1)).contains("without its end"))
    let big = [("x/byteorder", Array("big".utf8))]
    #expect(try refusal(TorchWriter.zip(good + big)).contains("big-endian"))
    var damaged = whole
    let place = try #require(damaged.firstRange(of: Data(storage))).lowerBound
    damaged[place] ^= 1
    #expect(try refusal(damaged).contains("'x/data/0' is damaged"))
    var longer = whole
    let list = try #require(longer.firstRange(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    longer.replaceSubrange(list + 20..<list + 28, with: [UInt8](repeating: 0x7F, count: 8))
    #expect(try refusal(longer).contains("goes beyond the file's entries"))
    #expect(try refusal(Data("neither".utf8)).contains("begins like neither format"))
    #expect(try refusal(Data(TorchCheckpoint.legacyMagic)).contains("the file ends within"))
  }

  @Test func `values that are no floating point numbers are refused by key`() throws {
    let pickle = TorchWriter.pickle(type: "IntStorage")
    #expect(throws: WeightsError.type(key: "a", found: "I32")) {
      try TorchCheckpoint.decode(TorchWriter.checkpoint(pickle))
    }
    let hidden = TorchWriter.pickle(key: "a\u{1B}[31m")
    #expect(try refusal(pickle: hidden).contains("no readable text"))
  }
}
