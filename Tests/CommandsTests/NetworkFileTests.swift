import Basics
import ArgumentParser
import Autograd
import Foundation
import Imaging
import Networks
import Recipes
import Testing
import Training
import Weights

@testable import aura

struct NetworkFileTests {
  @Test func `weights without a note need the network's name, and then they predict`() throws {
    let folder = try TestFolder()
    let file = folder.path("torch.safetensors")
    try Safetensors.write(Self.weights(of: .unet), to: URL(filePath: file))
    let network = try NetworkFile(file)
    #expect(network.note == nil)
    let failure = #expect(throws: Failure.self) { try network.predictor(threads: 1) }
    #expect(failure?.text.contains("--network: aura-net, unet") == true)
    let other = #expect(throws: Failure.self) {
      try network.predictor(network: .auraNet, threads: 1)
    }
    #expect(other?.text.contains("another --network") == true)
    #expect(try network.predictor(network: .unet, threads: 1).size == 256)
    try folder.image("images/one.png")
    var command = try Aura.parseAsRoot([
      "predict", folder.path("images"), "--weights", file, "--network", "unet", "--size", "64",
      "--threads", "1", "-o", folder.path("out"),
    ])
    try command.run()
    let mask = try MaskFile.read(folder.url.appending(path: "out/one.png"), polarity: .cellWhite)
    #expect(mask.mask.width == 6 && mask.mask.height == 4)
  }

  private static func weights(of network: Architecture) -> StateDict {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, network.multiple, network.multiple))
    _ = network.logits(of: image, in: &graph)
    var generator = SeededGenerator(seed: 1)
    return ParameterStore(for: graph, using: &generator).stateDict
  }
}
