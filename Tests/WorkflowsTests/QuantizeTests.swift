import Basics
import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting
import Workflows

struct QuantizeTests {
  @Test(arguments: [Architecture.auraNet, .ceNet])
  func `quantised weights are a quarter as large and predict nearly the same`(
    network: Architecture
  ) throws {
    let folder = try TestFolder()
    let whole = try folder.weights(of: network)
    let small = folder.path("small.safetensors")
    try NetworkFile(whole).quantized().write(to: URL(filePath: small))
    let size = try folder.data("small.safetensors").count
    #expect(size < 45_000_000)
    #expect(Double(size) < 0.26 * Double(try Data(contentsOf: URL(filePath: whole)).count))
    let (first, second) = (try NetworkFile(whole), try NetworkFile(small))
    #expect(first.note == second.note)
    #expect(Set(first.weights.paths) == Set(second.weights.paths))
    let side = network.smallest
    let values = (0..<side * side).map { Float($0 * 7919 % 251) }
    let image = Image(width: side, height: side, bitDepth: 8, values: values)
    let expected = try first.predictor(size: side, threads: 2).probabilities(of: image)
    let found = try second.predictor(size: side, threads: 2).probabilities(of: image)
    let gap = zip(expected, found).map { abs($0 - $1) }.max() ?? 1
    #expect(gap > 0 && gap < 0.02, "\(gap)")
  }

  @Test func `transposed filters have a scale for each channel that comes out`() throws {
    #expect(Architecture.auraNet.transposedFilters.isEmpty)
    let paths = Architecture.ceNet.transposedFilters
    #expect(paths.count == 5 && paths.contains("last.0.weight"), "\(paths)")
  }

  @Test func `what cannot be quantised is refused`() throws {
    let folder = try TestFolder()
    func refusal(_ name: String, of network: Architecture? = nil) throws -> WeightsTrouble {
      try #require(
        #expect(throws: WeightsTrouble.self) {
          try NetworkFile(folder.path(name)).quantized(of: network)
        })
    }
    let some = StateDict([
      NamedTensor(path: "conv.weight", shape: Shape(1, 1, 1, 1), values: [.nan])
    ])
    try Safetensors.encode(some).write(to: URL(filePath: folder.path("some.safetensors")))
    #expect("\(try refusal("some.safetensors"))".contains("does not say which network"))
    #expect(
      "\(try refusal("some.safetensors", of: .unet))".contains("missing from the weights"))
    let whole = try NetworkFile(try folder.weights(of: .unet)).weights
    let broken = StateDict(
      whole.tensors.map { tensor in
        let values = tensor.values.enumerated().map { $0.offset == 0 ? .nan : $0.element }
        return NamedTensor(path: tensor.path, shape: tensor.shape, values: values)
      })
    try Safetensors.encode(broken).write(to: URL(filePath: folder.path("broken.safetensors")))
    #expect("\(try refusal("broken.safetensors", of: .unet))".contains("broken.safetensors'"))
  }
}
