import Project
import Recipes

/// Reads recipes from YAML.
struct RecipeReader {
  /// What a recipe has that says nothing.
  var defaults = Recipe()
  /// Which networks there are; none to accept any.
  var networks: [NetworkRule] = []
  /// Recipes that others may begin with, by name.
  var catalogue: [RecipeCatalogue.Entry] = RecipeCatalogue.entries

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
    try check(recipe, at: fields.first { $0.name == "size" }?.value ?? place)
    return NamedRecipe(name, recipe)
  }

  /// A recipe of the catalogue over the defaults.
  func named(catalogued name: String, at place: YAMLPlace) throws(ComparisonError) -> NamedRecipe {
    let recipe = try recipe(catalogued: name, at: place)
    try check(recipe, at: place)
    return NamedRecipe(name, recipe)
  }

  /// Puts settings into a recipe.
  func apply(_ fields: [YAMLField], to recipe: inout Recipe) throws(ComparisonError) {
    let names = fields.map(\.name)
    if names.contains("steps"), let epochs = fields.first(where: { $0.name == "epochs" }) {
      throw epochs.place.failure("give either steps or epochs")
    }
    for field in fields {
      if field.name == RecipeField.fineTuningName {
        let inner = try field.value.fields(of: RecipeField.fineTuningName)
        for field in inner {
          try set(field, of: RecipeField.fineTuningName, RecipeField.fineTuning, in: &recipe)
        }
      } else if field.name == "seed" {
        throw field.place.failure(
          "a recipe has no seed; a plan has `seeds: [0, 1]` beside `recipes`, aura train --seed")
      } else {
        try set(field, of: "a recipe", RecipeField.all, in: &recipe)
      }
    }
    if let architecture = fields.first(where: { $0.name == "architecture" })?.value {
      try checkNetwork(recipe.architecture, at: architecture)
    }
  }

  private func set(
    _ field: YAMLField, of what: String, _ known: [RecipeField], in recipe: inout Recipe
  ) throws(ComparisonError) {
    guard let setting = known.first(where: { $0.name == field.name }) else {
      throw field.unknown(
        what,
        known: known.map(\.name)
          + (known.count == RecipeField.all.count ? [RecipeField.fineTuningName] : []))
    }
    try setting.read(field.value, &recipe)
  }

  private func recipe(catalogued name: String, at place: YAMLPlace) throws(ComparisonError)
    -> Recipe
  {
    guard let entry = catalogue.first(where: { $0.name == name }) else {
      throw place.failure(
        "'\(name)' is no recipe of the catalogue ("
          + catalogue.map(\.name).joined(separator: ", ") + ") and no file ending in .yaml")
    }
    var recipe = defaults
    let fields = try YAMLPlace(entry.yaml, file: "catalogue").fields(of: "a recipe")
    try apply(fields.filter { !["name", "about"].contains($0.name) }, to: &recipe)
    return recipe
  }

  private func checkNetwork(_ name: String, at place: YAMLPlace) throws(ComparisonError) {
    guard !networks.isEmpty, !networks.contains(where: { $0.name == name }) else { return }
    throw place.failure(
      "no network is called '\(name)'; it is \(networks.map(\.name).joined(separator: ", "))")
  }

  private func check(_ recipe: Recipe, at place: YAMLPlace) throws(ComparisonError) {
    guard let rule = networks.first(where: { $0.name == recipe.architecture }) else { return }
    guard rule.allows(recipe.size) else { throw place.failure(rule.refusal(recipe.size)) }
  }
}
