import Project
public import Recipes

/// A recipe with the name that it goes by in a comparison.
public struct NamedRecipe: Equatable, Sendable {
  /// The name: letters, digits and `+-_.`, as it stands in folder names.
  public let name: String
  /// The settings; the seed is the comparison's.
  public var recipe: Recipe

  /// Joins both.
  ///
  /// - Precondition: `isName(name)`.
  public init(_ name: String, _ recipe: Recipe) {
    precondition(Self.isName(name), "'\(name)' as a recipe's name")
    self.name = name
    self.recipe = recipe
  }

  /// Whether a text can be a name: it can be a part of a file's.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || ["+", "-", "_", "."].contains($0)
    }
    return isPlain && first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
  }
}
