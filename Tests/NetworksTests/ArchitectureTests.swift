@testable import Autograd
import Basics
import Networks
import Recipes
import Testing
import Weights

struct ArchitectureTests {
  /// The paper's networks in figures.
  static let counts: [(Architecture, Int)] = [
    (.auraNet, 41_667_792), (.unet, 34_527_041), (.attentionUNet, 34_878_573),
    (.unetResNet, 41_311_937), (.ceNet, 29_003_093),
  ]

  private func graph(_ architecture: Architecture, mode: Graph.Mode = .training) -> Graph {
    var graph = Graph(mode: mode)
    let size = max(64, architecture.smallest)
    let image = graph.input("image", Shape(2, 3, size, size))
    let logits = architecture.logits(of: image, in: &graph)
    #expect(graph.shape(of: logits) == Shape(2, 1, size, size))
    return graph
  }

  @Test(arguments: counts)
  func `a network has as many parameters as the paper's`(architecture: Architecture, count: Int) {
    let trained = graph(architecture).declarations.filter(\.isTrained)
    #expect(trained.map(\.shape.count).reduce(0, +) == count)
  }

  @Test(arguments: Architecture.allCases)
  func `an encoder has five stages, the first of which reads the image`(
    architecture: Architecture
  ) throws {
    let paths = graph(architecture).declarations.map(\.path)
    let depths = paths.map { architecture.encoderDepth(of: $0) }
    #expect(Set(depths) == [nil, 0, 1, 2, 3, 4])
    let prefix = architecture.encoderPath.map { "\($0)." } ?? "down."
    for (path, depth) in zip(paths, depths) {
      #expect((depth != nil) == path.description.hasPrefix(prefix), "\(path)")
    }
    // In the order in which the image passes them.
    let order = depths.compactMap(\.self)
    #expect(order == order.sorted(by: >))
    #expect(architecture.encoderDepth(of: "head.weight") == nil)
  }

  @Test(arguments: Architecture.allCases)
  func `the encoder alone has its own parameters and ends at the deepest map`(
    architecture: Architecture
  ) {
    var alone = Graph(mode: .evaluation)
    let side = 6 * architecture.multiple
    let image = alone.input("image", Shape(1, 3, side, side))
    let deepest = architecture.deepestFeatures(of: image, in: &alone)
    let (channels, factor) = architecture.encoder == nil ? (1024, 16) : (512, 32)
    #expect(alone.shape(of: deepest) == Shape(1, channels, side / factor, side / factor))
    let paths = graph(architecture).declarations.map(\.path)
    #expect(
      alone.declarations.map(\.path) == paths.filter { architecture.encoderDepth(of: $0) != nil })
  }

  @Test(arguments: Architecture.allCases)
  func `parameters and statistics have PyTorch's names`(architecture: Architecture) throws {
    let golden = try Golden("evaluation-\(architecture.rawValue)")
    let declarations = graph(architecture).declarations
    let names = try #require(golden.state.metadata["parameters"]).split(separator: "\n")
    #expect(
      Set(declarations.filter(\.isTrained).map(\.path.description)) == Set(names.map(String.init)))
    let statistics = golden.state.tensors.filter { $0.path.description.contains("running_") }
    #expect(Set(declarations.filter { !$0.isTrained }.map(\.path)) == Set(statistics.map(\.path)))
    for tensor in statistics {
      #expect(declarations.first { $0.path == tensor.path }?.shape == tensor.shape)
    }
  }

  @Test(arguments: Architecture.allCases)
  func `training and evaluation declare the same in the same order`(architecture: Architecture) {
    #expect(
      graph(architecture).declarations == graph(architecture, mode: .evaluation).declarations)
  }

  @Test(arguments: Architecture.allCases)
  func `parameters start as PyTorch starts them`(architecture: Architecture) {
    let declarations = graph(architecture).declarations
    let shapes = Dictionary(uniqueKeysWithValues: declarations.map { ($0.path, $0.shape) })
    for declaration in declarations {
      let name = declaration.path.description
      let weight = shapes[Path(name.replacing(/\.bias$/, with: ".weight"))]
      if let extents = weight?.extents, extents.count == 4 {
        let fanIn = Float(extents[1] * extents[2] * extents[3])
        #expect(declaration.initializer == .uniform(bound: 1 / fanIn.squareRoot()), "\(name)")
      } else {
        let start: Float = name.hasSuffix("weight") || name.hasSuffix("running_var") ? 1 : 0
        #expect(declaration.initializer == .constant(start), "\(name)")
      }
    }
  }

  @Test func `an encoder's path leads to torchvision's names`() {
    for architecture in Architecture.allCases {
      let paths = graph(architecture).declarations.map(\.path.description)
      #expect(
        paths.contains("encoder.layer4.1.bn2.running_var") == (architecture.encoderPath != nil))
    }
  }

  @Test func `torchvision's ResNet-34 goes into CE-Net's encoder and a ResNet-18 does not`() throws
  {
    let parameters = store(graph(.ceNet))
    let prefix = try #require(Architecture.ceNet.encoderPath)
    func torchvision(_ encoder: ResNetEncoder) -> StateDict {
      var graph = Graph(mode: .evaluation)
      let image = graph.input("image", Shape(1, 3, 64, 64))
      _ = encoder(image, at: "", in: &graph)
      var state = store(graph).stateDict
      state.append(
        NamedTensor(path: "fc.bias", shape: Shape(1000), values: .init(repeating: 0, count: 1000)))
      return state
    }
    let deep = torchvision(.resNet34)
    try parameters.loadEncoder(deep)
    let name: Path = "layer3.5.conv2.weight"
    #expect(parameters[prefix / name.description] == deep[name]?.values)
    #expect(throws: WeightsError.self) {
      try parameters.loadEncoder(torchvision(.resNet18))
    }
  }

  private func store(_ graph: Graph) -> ParameterStore {
    var generator = SeededGenerator(seed: 1)
    return ParameterStore(for: graph, using: &generator)
  }

  @Test func `pictures too small for the widest pool are a mistake of the program`() async {
    await #expect(processExitsWith: .failure) {
      var graph = Graph(mode: .training)
      let image = graph.input("image", Shape(2, 3, 160, 192))
      _ = Architecture.ceNet.logits(of: image, in: &graph)
    }
  }

  @Test func `a size that the network cannot halve is a mistake of the program`() async {
    await #expect(processExitsWith: .failure) {
      var graph = Graph(mode: .training)
      let image = graph.input("image", Shape(2, 3, 96, 96))
      _ = Architecture.auraNet.logits(of: image, in: &graph)
    }
  }
}
