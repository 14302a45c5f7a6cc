import Basics
import Autograd
import Foundation
import Networks
@testable import Project
import Recipes
import TestSupport
import Testing
@testable import Weights
import WorkflowTesting

@testable import Workflows

@Suite(.serialized)
struct WeightsLibraryTests {
  private let folder: TestFolder
  private let library: WeightsLibrary

  init() throws {
    folder = try TestFolder()
    library = WeightsLibrary(environment: ["XDG_DATA_HOME": folder.path("data")])
  }

  /// An encoder's state dict as torchvision has it, values of a pattern.
  private static func torchvision(_ encoder: ResNetEncoder) -> StateDict {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, 64, 64))
    _ = encoder(image, at: "", in: &graph)
    let parameters = ParameterStore(declaring: graph)
    var state = StateDict()
    for path in parameters.paths {
      let shape = parameters.shape(of: path)
      let values = (0..<shape.count).map { Float($0 % 251) }
      state.append(NamedTensor(path: path, shape: shape, values: values))
    }
    state.append(
      NamedTensor(path: "fc.bias", shape: Shape(4), values: [Float](repeating: 0, count: 4)))
    return state
  }

  private func refusal(_ body: () throws -> Void) throws -> String {
    let error = try #require(#expect(throws: (any Error).self) { try body() })
    let text = WorkflowError.text(of: error)
    #expect(!text.contains("\n"))
    return text
  }

  private func keep(_ name: String, as kept: String? = nil, replaces: Bool = false) throws
    -> WeightsLibrary.Entry
  {
    try library.keep(folder.url.appending(path: name), name: kept, replaces: replaces) { _ in }
  }

  @Test func `an imported encoder is found by its name where a network has it`() throws {
    let state = Self.torchvision(.resNet18)
    try Safetensors.encode(state).write(to: folder.url.appending(path: "some.safetensors"))
    let entry = try keep("some.safetensors")
    #expect(entry.name == "resnet18" && entry.networks == "aura-net, unet-resnet")
    #expect(entry.path == folder.path("data/aura/weights/resnet18.safetensors"))
    #expect(entry.source == "some.safetensors")
    #expect(library.entries == [entry])
    let source = try WeightsSource(.file("resnet18"), library: library)
    #expect(source.name == .file("resnet18") && source.encoder == .resnet18)
    #expect(Architecture.allCases.filter { source.suits($0) } == [.auraNet, .unetResNet])
    let start = try #require(try source.start(of: .auraNet))
    #expect(start["conv1.weight"] == state["conv1.weight"] && start["fc.bias"] == nil)
    #expect(start.paths.count == state.paths.count - 1)
    #expect(
      try refusal { _ = try source.start(of: .ceNet) }
        == "resnet18 does not suit ce-net; it is the encoder of aura-net, unet-resnet")
    let file = try NetworkFile("resnet18", library: library)
    #expect(
      try refusal { _ = try file.predictor(threads: 1) }
        .contains("is an encoder, not a whole network; train one"))
    #expect(try refusal { _ = try keep("some.safetensors") }.contains("is kept already"))
    #expect(try keep("some.safetensors", replaces: true).name == "resnet18")
    #expect(try refusal { _ = try keep("some.safetensors", as: "none") }.contains("is no name"))
    #expect(
      try refusal { _ = try keep("some.safetensors", as: "resnet34") }
        .contains("is the name of torchvision's encoder"))
    // The file by itself, not imported: known once it is read.
    let direct = try WeightsSource(.file(folder.path("some.safetensors")), library: library)
    #expect(try refusal { _ = try direct.start(of: .unet) }.contains("which unet has not"))
  }

  @Test func `everything that does not fit is listed, and nothing is kept`() throws {
    var state = StateDict([
      NamedTensor(path: "conv1.weight", shape: Shape(2), values: [1, 2]),
      NamedTensor(path: "layer9.weight", shape: Shape(1), values: [1]),
    ])
    for tensor in Self.torchvision(.resNet34).tensors
    where tensor.path != "conv1.weight" && tensor.path != "bn1.bias" {
      state.append(tensor)
    }
    try Safetensors.encode(state).write(to: folder.url.appending(path: "near.safetensors"))
    var lines: [String] = []
    let text = try refusal {
      _ = try library.keep(folder.url.appending(path: "near.safetensors")) { lines.append($0) }
    }
    #expect(
      lines == [
        "  missing: bn1.bias", "  left over: layer9.weight",
        "  misshapen: conv1.weight is [2], the network needs [64, 3, 7, 7]",
      ])
    #expect(
      text.contains("is not torchvision's resnet34") && text.contains("'bn1.bias' is missing"))
    #expect(library.entries.isEmpty)
  }

  @Test func `what is no encoder and no network is refused in one line`() throws {
    try folder.write(Data("PK\u{3}\u{4}".utf8), to: "x.pth")
    #expect(try refusal { _ = try keep("x.pth") }.contains("a ZIP file without its end"))
    #expect(try refusal { _ = try keep("absent.pth") }.contains("is not there"))
    try folder.write(Data("cut".utf8), to: "resnet18-f37072fd.pth")
    #expect(
      try refusal { _ = try keep("resnet18-f37072fd.pth") }
        .contains("its SHA-256 begins with"))
    let some = StateDict([NamedTensor(path: "a", shape: Shape(1), values: [1])])
    try Safetensors.encode(some).write(to: folder.url.appending(path: "a.safetensors"))
    #expect(try refusal { _ = try keep("a.safetensors") }.contains("holds neither a network"))
  }

  @Test(arguments: [(Float.nan, "no finite number"), (-1, "a variance below zero")])
  func `weights that no network can compute with are refused with their tensor's name`(
    value: Float, text: String
  ) throws {
    var state = StateDict()
    for tensor in Self.torchvision(.resNet18).tensors {
      let isSpoilt = tensor.path == "layer2.0.bn1.running_var"
      state.append(
        isSpoilt
          ? NamedTensor(
            path: tensor.path, shape: tensor.shape,
            values: [value] + tensor.values.dropFirst())
          : tensor)
    }
    try Safetensors.encode(state).write(to: folder.url.appending(path: "bad.safetensors"))
    let refusal = try refusal { _ = try keep("bad.safetensors") }
    #expect(refusal.contains("'layer2.0.bn1.running_var' has") && refusal.contains(text))
    #expect(library.entries.isEmpty)
  }

  @Test func `a run's network is kept under a name of one's own`() throws {
    let path = try folder.weights(of: .unet)
    let entry = try library.keep(URL(filePath: path), name: "yeast") { _ in }
    #expect(entry.networks == "unet")
    #expect(try NetworkFile("yeast", library: library).checkedArchitecture() == .unet)
    #expect(library.entries.map(\.name) == ["yeast"])
  }

  @Test func `a name that is not kept says what to do`() throws {
    #expect(
      try refusal { _ = try library.path(of: "resnet18") }
        == "'resnet18' is not there yet")
    #expect(try refusal { _ = try library.path(of: "x/y") } == "'x/y' is not there")
    for name in [
      "", ".x", "-x", "a/b", "none", "simulated", "ä", String(repeating: "a", count: 65),
    ] {
      #expect(!WeightsLibrary.isName(name), "\(name)")
    }
    #expect(WeightsLibrary.isName("Yeast_2.b-c"))
  }

  @Test func `a fetched file is checked by its name, kept, and asked for only once`() throws {
    let served = try TestFolder()
    let data = Safetensors.encode(Self.torchvision(.resNet18))
    var hash = SHA256()
    hash.update(data)
    let name = "resnet18-\(hash.digits().prefix(8)).pth"
    try served.write(data, to: name)
    try served.write(Data("another file".utf8), to: "resnet18-f37072fd.pth")
    let server = try FileServer(served)
    func fetch(_ way: String, _ name: String? = nil) throws -> WeightsLibrary.Entry {
      try library.fetch(.resnet18, from: server.address(way), fileName: name) { _ in }
    }
    let wrong = try refusal { _ = try fetch("whole") }
    #expect(wrong.contains("not f37072fd") && wrong.contains("is removed"), "\(wrong)")
    let cut = try refusal { _ = try fetch("cut", name) }
    #expect(cut.contains("came only in part"), "\(cut)")
    let entry = try fetch("whole", name)
    #expect(entry.name == "resnet18" && entry.source == name)
    #expect(try server.ranges().last == "bytes=\(data.count / 2)-")
    let asked = try server.ranges().count
    #expect(try fetch("whole", name) == entry)
    #expect(try server.ranges().count == asked)
    let files = try FileManager.default.contentsOfDirectory(atPath: library.folder.path)
    #expect(files == ["resnet18.safetensors"])
  }

  @Test func `a server that does not answer is named, and an address that is none`() throws {
    let text = try refusal {
      _ = try library.fetch(.resnet34, from: "http://127.0.0.1:1") { _ in }
    }
    #expect(text.contains("127.0.0.1 cannot be reached"), "\(text)")
    #expect(
      try refusal {
        _ = try library.fetch(.resnet34, from: "nowhere") { _ in }
      }.contains("is no address of a server"))
  }
}
