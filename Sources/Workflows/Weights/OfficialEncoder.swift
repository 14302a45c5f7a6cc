import Autograd
import Networks
import Recipes
import Weights

/// The encoders whose ImageNet weights torchvision publishes, by its names.
public enum OfficialEncoder: String, CaseIterable, Sendable {
  case resnet18
  case resnet34

  /// What a file of such an encoder notes its name under.
  static let note = "encoder"
  /// Where PyTorch keeps its files, as torchvision's source names it.
  public static let address = "https://download.pytorch.org/models/"

  /// The official file's name, which ends in the first eight digits of its SHA-256.
  public var fileName: String { "\(rawValue)-\(digits).pth" }

  private var digits: String {
    switch self {
    case .resnet18: "f37072fd"
    case .resnet34: "b627a593"
    }
  }

  private var layers: ResNetEncoder {
    switch self {
    case .resnet18: .resNet18
    case .resnet34: .resNet34
    }
  }

  /// Whether a network begins with this encoder.
  func suits(_ architecture: Architecture) -> Bool {
    architecture.encoder?.depths == layers.depths
  }

  /// The networks that begin with this encoder.
  public var networks: String {
    Architecture.allCases.filter(suits).map(\.rawValue).joined(separator: ", ")
  }

  /// The encoder's own tensors among those of a file, by torchvision's names.
  ///
  /// - Throws: `WeightsError.misfit` with everything that is missing, left over or misshapen.
  func tensors(of state: StateDict) throws(WeightsError) -> StateDict {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, 64, 64))
    _ = layers(image, at: "encoder", in: &graph)
    let parameters = ParameterStore(declaring: graph)
    try parameters.loadEncoder(state)
    return parameters.stateDict.part(below: "encoder")
  }

  /// The eight digits of SHA-256 that end a file's name, as PyTorch names its files.
  static func digits(in fileName: String) -> String? {
    fileName.prefixMatch(of: /[^.]*-([0-9a-f]{8})(?:\.|$)/).map { String($0.1) }
  }
}
