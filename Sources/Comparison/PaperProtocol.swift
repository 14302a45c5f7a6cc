public import Recipes

/// How the paper trained and scored what stands in one of its tables (Cohen & Uhlmann 2021, section 3).
///
/// Adam at 3e-4, 4 images a step, 20 % of the training images validated on, the weights of the lowest
/// validation loss, its code's distortions. There are no ImageNet weights in it: a ResNet-18's start is
/// an argument, and every such row is there once more from random weights.
public struct PaperProtocol: Equatable, Sendable {
  /// The table, 1 to 4.
  public let table: Int

  /// Takes `table1` to `table4`; nil for anything else.
  public init?(_ text: String) {
    guard let table = (1...4).first(where: { text == "table\($0)" }) else { return nil }
    self.table = table
  }

  /// The BU-BIL data set that the table is of.
  public var dataset: Int { table == 4 ? 1 : table }

  /// The side of its images in pixels.
  public var size: Int { dataset == 1 ? 512 : 256 }

  /// Passes over the training images.
  public var epochs: Int { dataset == 1 ? 100 : 200 }

  /// What all rows have in common.
  public var recipe: Recipe {
    var recipe = Recipe()
    (recipe.size, recipe.epochs, recipe.augmentation) = (size, epochs, .paper)
    return recipe
  }

  /// How many images were tested on, of how many in all.
  private var tested: (images: Int, of: Int) {
    switch dataset {
    case 1: (10, 35)
    case 2: (15, 53)
    default: (12, 48)
    }
  }

  /// The images drawn anew, as many to test on as were tested.
  public func division(seed: UInt64) -> Division {
    .drawn(share: Double(tested.images) / Double(tested.of), seed: seed, groups: nil)
  }

  /// The rows, by the catalogue's names, which begins with the eight of table 4.
  private var rows: [String] {
    table == 4
      ? RecipeCatalogue.entries.prefix(8).map(\.name)
      : ["unet", "ce-net", "attention-unet", "aura-net"]
  }

  /// The recipes of the rows.
  ///
  /// A network with a ResNet-18 begins with `start` under the row's name, and with random weights under
  /// the name with `-random` behind it; where `start` is random, only so. Where it is the simulated
  /// encoder, `aura-net-simulated` begins with the whole simulated network. All others begin at random.
  ///
  /// - Returns: The recipes over the settings that all have in common, in the order of the rows.
  /// - Throws: `ComparisonError` for a size that a row's network does not take.
  public func recipes(
    start: StartingWeights, over defaults: Recipe
  ) throws(ComparisonError) -> [NamedRecipe] {
    let reader = RecipeReader(defaults: defaults)
    var recipes: [NamedRecipe] = []
    for row in rows {
      let place = try YAMLPlace(row, file: "table\(table)")
      let named = try reader.named(catalogued: row, at: place)
      guard Self.withResNet18.contains(named.recipe.architecture) else {
        recipes.append(named)
        continue
      }
      if start != .random { recipes.append(named.starting(start, as: row)) }
      recipes.append(named.starting(.random, as: row + "-random"))
    }
    if start == .simulatedEncoder, let whole = recipes.first(where: { $0.name == "aura-net" }) {
      recipes.append(whole.starting(.simulated, as: "aura-net-simulated"))
    }
    return recipes
  }

  private static let withResNet18: Set<Architecture> = [.unetResNet, .auraNet]
}

extension NamedRecipe {
  fileprivate func starting(_ weights: StartingWeights, as name: String) -> NamedRecipe {
    var recipe = recipe
    recipe.weights = weights
    return NamedRecipe(name, recipe)
  }
}
