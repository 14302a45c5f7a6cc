import Project
import Recipes

/// Two recipes that one part of AURA-net sets apart.
public struct Ablation: Equatable, Sendable {
  /// A part that the paper puts in and takes out.
  public enum Part: String, CaseIterable, Sendable {
    /// A ResNet-18 encoder.
    case resnet = "ResNet"
    /// Attention gates.
    case attention = "Attention"
    /// The active contour term of the loss.
    case activeContour = "AC loss"

    /// Whether the second recipe is the first with this part put in.
    fileprivate func isAll(between first: Recipe, _ second: Recipe) -> Bool {
      var expected = first
      switch self {
      case .activeContour:
        guard !first.hasActiveContour, second.hasActiveContour else { return false }
        expected.loss.gamma = second.loss.gamma
      case .resnet:
        // Weights of the whole network bring more than an encoder.
        guard let name = Self.withResNet[first.architecture], second.weights != .simulated
        else { return false }
        expected.architecture = name
        expected.weights = second.weights
      case .attention:
        guard let name = Self.withAttention[first.architecture] else { return false }
        expected.architecture = name
      }
      return expected == second
    }

    private static let withResNet = [
      Architecture.unet: Architecture.unetResNet, .attentionUNet: .auraNet,
    ]
    private static let withAttention = [
      Architecture.unet: Architecture.attentionUNet, .unetResNet: .auraNet,
    ]
  }

  /// What sets them apart.
  public let part: Part
  /// The recipe without it.
  public let without: NamedRecipe
  /// The recipe with it.
  public let with: NamedRecipe

  /// All pairs among some recipes, part by part.
  ///
  /// Those with and without a ResNet may start from other weights, since there is none for the plain
  /// encoder; all else is the same.
  public static func pairs(among recipes: [NamedRecipe]) -> [Ablation] {
    Part.allCases.flatMap { part in
      recipes.flatMap { without in
        recipes.compactMap { with in
          part.isAll(between: without.recipe, with.recipe)
            ? Ablation(part: part, without: without, with: with) : nil
        }
      }
    }
  }
}
