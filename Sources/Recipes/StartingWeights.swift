/// Where a run's weights come from before its first step; in `recipe.json` a word or a path.
public enum StartingWeights: Equatable, Sendable {
  /// Drawn at random, as in the paper.
  case random
  /// Those that come with aura, learnt from simulated images.
  case simulated
  /// The encoder alone of those that come with aura; all behind it is drawn at random.
  case simulatedEncoder
  /// Those of a file, as it was named.
  case file(String)

  /// Reads what `text` writes.
  public init(_ text: String) {
    switch text {
    case "none": self = .random
    case "simulated": self = .simulated
    case "simulated-encoder": self = .simulatedEncoder
    default: self = .file(text)
    }
  }

  /// `none`, `simulated`, `simulated-encoder` or the file.
  public var text: String {
    switch self {
    case .random: "none"
    case .simulated: "simulated"
    case .simulatedEncoder: "simulated-encoder"
    case .file(let path): path
    }
  }
}

extension StartingWeights: Codable {
  /// Reads a word or a path.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes a word or a path.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
