import Basics
import Autograd
import Foundation
import Testing

@testable import Weights

/// Reads a file that torch wrote.
func golden(_ name: String) throws -> Data { try Data(contentsOf: goldens.appending(path: name)) }

struct TorchGoldenTests {
  @Test func `the files are those that torch wrote`() throws {
    let lines = try #require(String(data: golden("torch.sha256"), encoding: .utf8))
      .split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      #expect(try SHA256.hash(of: goldens.appending(path: parts[1])) == parts[0], "\(parts[1])")
    }
  }

  @Test(arguments: ["torch-zip.pth", "torch-legacy.pth"])
  func `both formats give every element as torch has it, in its order`(name: String) throws {
    let found = try WeightsFile.read(from: goldens.appending(path: name))
    let expected = try WeightsFile.read(from: goldens.appending(path: "torch-expected.safetensors"))
    #expect(Set(found.paths) == Set(expected.paths))
    #expect(found.paths.first == "0.weight" && found.paths.last == "special")
    for tensor in found.tensors {
      let wanted = try #require(expected[tensor.path])
      #expect(tensor.shape == wanted.shape, "\(tensor.path)")
      // Bits, so that -0 is not 0.
      #expect(
        tensor.values.map(\.bitPattern) == wanted.values.map(\.bitPattern), "\(tensor.path)")
    }
    #expect(found["tied"]?.values == found["0.weight"]?.values)
    #expect(found["1.num_batches_tracked"] == nil)
  }

  /// `torch_files.py check` opened the file with torch's safetensors and compared every element.
  @Test func `our safetensors of a checkpoint is the file that torch's safetensors read`() throws {
    let state = try TorchCheckpoint.decode(golden("torch-zip.pth"))
    if let folder = ProcessInfo.processInfo.environment["AURA_DUMP"] {
      try Safetensors.encode(state).write(
        to: URL(filePath: folder).appending(path: "torch-aura.safetensors"))
    }
    #expect(try Safetensors.encode(state) == golden("torch-aura.safetensors"))
  }

  @Test func `a file's format is told by its bytes, and a folder is none`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let named = folder.appending(path: "wrong.safetensors")
    try golden("torch-legacy.pth").write(to: named)
    #expect(try WeightsFile.read(from: named)["scalar"]?.values == [1.5])
    for file in [folder, folder.appending(path: "absent"), URL(filePath: "/dev/zero")] {
      let error = #expect(throws: WeightsError.self) { try WeightsFile.read(from: file) }
      #expect(error?.description.hasPrefix(file.path) == true)
    }
  }
}
