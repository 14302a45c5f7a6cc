import Basics
public import Recipes

/// The recipes that come with the program: the five networks and the paper's eight ablations.
///
/// Each says what sets it apart; all else is the reader's default. The paper's U-net with and without its
/// parts is table 4; AC is the active contour loss of equation (1), which weighs nothing in the recipes
/// without it. CE-Net is trained by the same loss as its neighbours in table 1.
public enum RecipeCatalogue {
  /// One of them.
  public struct Entry: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// What it is, in a line.
    public let about: String
    /// Its network.
    let architecture: Architecture
    /// The weight of the active contour loss.
    let gamma: Double

    init(_ name: String, _ about: String, _ architecture: Architecture, gamma: Double = 0) {
      (self.name, self.about) = (name, about)
      (self.architecture, self.gamma) = (architecture, gamma)
    }

    /// Some settings with those in place that set the recipe apart.
    public func recipe(over defaults: Recipe = Recipe()) -> Recipe {
      var recipe = defaults
      recipe.architecture = architecture
      recipe.loss.gamma = gamma
      return recipe
    }
  }

  /// A line for each.
  public static var lines: String { TextColumns.text(entries.map { [$0.name, $0.about] }) }

  /// All, in the order of the paper's table 4 and then the networks that are not in it.
  public static let entries = [
    Entry("unet", "U-net, as in tables 1 to 4", .unet),
    Entry("unet+resnet", "with a ResNet-18 encoder", .unetResNet),
    Entry("unet+attention", "with attention gates", .attentionUNet),
    Entry("unet+ac", "with the active contour loss", .unet, gamma: 0.25),
    Entry(
      "unet+resnet+ac", "with a ResNet-18 encoder and the active contour loss", .unetResNet,
      gamma: 0.25),
    Entry(
      "unet+attention+ac", "with attention gates and the active contour loss", .attentionUNet,
      gamma: 0.25),
    Entry("unet+resnet+attention", "AURA-net without the active contour loss", .auraNet),
    Entry(
      "aura-net", "AURA-net: ResNet-18, attention gates, active contour loss", .auraNet,
      gamma: 0.25),
    Entry(
      "attention-unet", "Attention U-net, as in tables 1 to 3: unet+attention", .attentionUNet),
    Entry("unet-resnet", "U-net with a ResNet-18 encoder: unet+resnet", .unetResNet),
    Entry("ce-net", "CE-Net, as in tables 1 to 3", .ceNet),
  ]
}
