extension Recipe {
  /// How far training images are changed before each step: by name, or change by change.
  ///
  /// In `recipe.json` a name, or a list of `AugmentationStep`s as text.
  public enum Augmentation: Equatable, Sendable {
    /// Not at all.
    case none
    /// Flipped, turned, moved, scaled and sheared a little.
    case standard
    /// Turned to any side, scaled much, and put into another light.
    case strong
    /// What the paper's released code does: `paperSteps`.
    case paper
    /// One after the other.
    case steps([AugmentationStep])

    /// Upside down or not, any quarter turn, then mostly one of three distortions.
    public static let paperSteps = [
      AugmentationStep(.verticalFlip, probability: 0.5),
      AugmentationStep(.quarterTurn, probability: 0.5),
      AugmentationStep(
        oneOf: [AugmentationStep.Kind.elastic, .grid, .optical].map { AugmentationStep.Change($0) },
        probability: 0.8),
    ]

    /// Reads a name, or steps with commas between them.
    ///
    /// - Throws: `RecipeError.augmentation`.
    public init(_ text: String) throws(RecipeError) {
      if let (_, named) = Self.named.first(where: { $0.name == text }) {
        self = named
      } else {
        try self.init(
          steps: text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
      }
    }

    private init(steps texts: [String]) throws(RecipeError) {
      self = .steps(
        try texts.map { text throws(RecipeError) in try AugmentationStep(text) })
    }

    /// What `init` reads.
    public var text: String {
      if case .steps(let steps) = self { return steps.map(\.text).joined(separator: ",") }
      return Self.named.first { $0.augmentation == self }?.name ?? ""
    }

    private static var named: [(name: String, augmentation: Augmentation)] {
      [("none", .none), ("standard", .standard), ("strong", .strong), ("paper", .paper)]
    }
  }
}

extension Recipe.Augmentation: Codable {
  /// Reads a name or a list of steps.
  ///
  /// - Throws: `RecipeError.augmentation` for a text that is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      try self.init(text)
    } else {
      try self.init(steps: try container.decode([String].self))
    }
  }

  /// Writes a name or a list of steps.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .steps(let steps) = self {
      try container.encode(steps.map(\.text))
    } else {
      try container.encode(text)
    }
  }
}
