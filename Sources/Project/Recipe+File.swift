public import Foundation
public import Recipes

extension Recipe {
  /// Reads a `recipe.json`.
  ///
  /// - Throws: `ProjectError` naming the value that cannot be read.
  public init(contentsOf file: URL) throws(ProjectError) {
    self = try ProjectFiles.decode(Recipe.self, from: file)
  }
}
