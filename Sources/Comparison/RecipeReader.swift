import Recipes

/// Reads recipes from YAML.
struct RecipeReader {
  /// What a recipe has that says nothing.
  var defaults = Recipe()

  /// The recipe at a place: settings over a base, with a name.
  func named(_ place: YAMLPlace, name fallback: String? = nil) throws(ComparisonError)
    -> NamedRecipe
  {
    let fields = try place.fields(of: "a recipe")
    var recipe = defaults
    var name = fallback
    if let base = fields.first(where: { $0.name == "base" })?.value {
      recipe = try self.recipe(catalogued: try base.text("base"), at: base)
    }
    if let given = fields.first(where: { $0.name == "name" })?.value {
      name = try given.text("name")
      guard let name, NamedRecipe.isName(name) else {
        throw given.failure("'\(name ?? "")' as a name; letters, digits and + - _ . please")
      }
    }
    guard let name, NamedRecipe.isName(name) else {
      throw place.failure("this recipe has no name; say `name: ...`")
    }
    try apply(fields.filter { !["name", "base"].contains($0.name) }, to: &recipe)
    let size = fields.first { $0.name == "size" }?.value ?? place
    try size.holding(try recipe.checkSize())
    return NamedRecipe(name, recipe)
  }

  /// A recipe of the catalogue over the defaults.
  func named(catalogued name: String, at place: YAMLPlace) throws(ComparisonError) -> NamedRecipe {
    let recipe = try recipe(catalogued: name, at: place)
    try place.holding(try recipe.checkSize())
    return NamedRecipe(name, recipe)
  }

  /// Puts settings into a recipe.
  func apply(_ fields: [YAMLField], to recipe: inout Recipe) throws(ComparisonError) {
    var given: [PartialKeyPath<Recipe>] = []
    for field in fields {
      if Recipe.settings.contains(where: { $0.groups == [field.name] }) {
        for inner in try field.value.fields(of: field.name) {
          given.append(try set(inner, in: [field.name], of: &recipe))
        }
      } else {
        given.append(try set(field, in: [], of: &recipe))
      }
    }
    do throws(RecipeError) {
      try recipe.settle(given.contains)
    } catch {
      throw (fields.first { $0.name == "epochs" } ?? fields[0]).place.failure(error.description)
    }
  }

  /// Puts a setting into a recipe; tells where it stands.
  private func set(
    _ field: YAMLField, in groups: [String], of recipe: inout Recipe
  ) throws(ComparisonError) -> PartialKeyPath<Recipe> {
    let known = Recipe.settings.filter { $0.groups == groups }
    guard let setting = known.first(where: { $0.name == field.name }) else {
      throw field.unknown(
        groups.last ?? "a recipe", known: known.filter(\.isShared).map(\.name))
    }
    guard setting.isShared else {
      throw field.place.failure(
        "a recipe has no seed; a plan has `seeds: [0, 1]` beside `recipes`, aura train --seed")
    }
    var texts: [String] = []
    for item in field.value.items { texts.append(try item.text(setting.name)) }
    return try field.value.holding(try recipe.take(setting, texts.joined(separator: ",")))
  }

  private func recipe(
    catalogued name: String, at place: YAMLPlace
  ) throws(ComparisonError) -> Recipe {
    guard let entry = RecipeCatalogue.entries.first(where: { $0.name == name }) else {
      throw place.failure(
        "'\(name)' is no recipe of the catalogue ("
          + RecipeCatalogue.entries.map(\.name).joined(separator: ", ")
          + ") and no file ending in .yaml")
    }
    return entry.recipe(over: defaults)
  }
}
