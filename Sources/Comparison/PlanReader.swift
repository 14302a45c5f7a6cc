import Foundation
import Imaging
import Project
import Recipes

/// Reads a comparison's plan from YAML.
struct PlanReader {
  /// Where paths are seen from.
  let folder: URL

  private static let names = [
    "data", "seeds", "protocol", "paper", "defaults", "recipes", "search",
  ]

  /// The plan at a place.
  func plan(_ place: YAMLPlace) throws(ComparisonError) -> ComparisonPlan {
    let fields = try place.fields(of: "a comparison")
    for field in fields where !Self.names.contains(field.name) {
      throw field.unknown("a comparison", known: Self.names)
    }
    func value(_ name: String) -> YAMLPlace? { fields.first { $0.name == name }?.value }
    guard let dataPlace = value("data") else {
      throw place.failure("there is no `data:` with images, masks and split")
    }
    guard let recipesPlace = value("recipes") else {
      throw place.failure("there are no `recipes:`; aura recipes lists those that come with it")
    }
    let (data, division) = try data(dataPlace)
    var reader = RecipeReader()
    if let defaults = value("defaults") {
      try reader.apply(try defaults.fields(of: "the defaults"), to: &reader.defaults)
    }
    var plan = ComparisonPlan(
      data: data, division: division, recipes: try recipes(recipesPlace, reader))
    if let seeds = value("seeds") { plan.seeds = try self.seeds(seeds) }
    if let scoring = value("protocol") { plan.scoring = try scoring.value("protocol", .word) }
    if let paper = value("paper") { plan.paperTable = try table(paper) }
    try checkSizes(plan, at: recipesPlace)
    if let searchPlace = value("search") {
      let search = try search(searchPlace, among: plan.recipes)
      if let refusal = search.refusal(in: plan) { throw searchPlace.failure(refusal) }
      plan.search = search
    }
    return plan
  }

  private func data(_ place: YAMLPlace) throws(ComparisonError) -> (LabelledFolders, Division) {
    var data = LabelledFolders(images: "")
    var division: Division?
    for field in try place.fields(of: "the data") {
      switch field.name {
      case "images": data.images = path(try field.value.text("images"))
      case "masks": data.masks = path(try field.value.text("masks"))
      case "maskValues", "maskPolarity":
        data.values = try field.value.maskValues(field.name)
      case "split": division = try self.division(field.value)
      default:
        throw field.unknown("the data", known: ["images", "masks", "maskValues", "split"])
      }
    }
    guard !data.images.isEmpty else { throw place.failure("the data have no `images:`") }
    guard let division else {
      throw place.failure(
        "the data have no `split:`; a CSV of image,split, {test: 0.3, seed: 1} or {folds: 5}")
    }
    return (data, division)
  }

  private func division(_ place: YAMLPlace) throws(ComparisonError) -> Division {
    if place.isScalar { return .file(path(try place.text("split"))) }
    var (share, folds): (Double?, Int?)
    var (seed, groups): (UInt64, String?) = (0, nil)
    for field in try place.fields(of: "a split") {
      switch field.name {
      case "test": share = try field.value.value("test", .innerShare)
      case "folds": folds = try field.value.value("folds", .whole(2...100))
      case "seed": seed = try field.value.value("seed", .whole(0...UInt64.max))
      case "groups": groups = try self.groups(field.value)
      default: throw field.unknown("a split", known: ["test", "folds", "seed", "groups"])
      }
    }
    switch (share, folds) {
    case (let share?, nil): return .drawn(share: share, seed: seed, groups: groups)
    case (nil, let folds?): return .folds(folds, seed: seed, groups: groups)
    default: throw place.failure("a split has either `test:` (a share) or `folds:`")
    }
  }

  /// A CSV of image,group by its path, or a pattern as it is.
  private func groups(_ place: YAMLPlace) throws(ComparisonError) -> String {
    let text = try place.text("groups")
    return text.lowercased().hasSuffix(".csv") ? path(text) : text
  }

  private func recipes(
    _ place: YAMLPlace, _ reader: RecipeReader
  ) throws(ComparisonError) -> [NamedRecipe] {
    var recipes: [NamedRecipe] = []
    for item in place.items {
      let named = try recipe(item, reader)
      guard !recipes.contains(where: { $0.name == named.name }) else {
        throw item.failure("two recipes are called '\(named.name)'; give one another `name:`")
      }
      recipes.append(named)
    }
    guard !recipes.isEmpty else { throw place.failure("there are no recipes in the list") }
    return recipes
  }

  private func recipe(
    _ item: YAMLPlace, _ reader: RecipeReader
  ) throws(ComparisonError) -> NamedRecipe {
    var named: NamedRecipe
    if item.isScalar {
      let text = try item.text("a recipe")
      if [".yaml", ".yml"].contains(where: text.hasSuffix) {
        named = try NamedRecipe(
          contentsOf: URL(filePath: path(text)), defaults: reader.defaults)
      } else {
        named = try reader.named(catalogued: text, at: item)
      }
    } else {
      named = try reader.named(item)
    }
    if case .file(let text) = named.recipe.weights, text.contains("/") || text.contains(".") {
      named.recipe.weights = .file(path(text))
    }
    return named
  }

  private func seeds(_ place: YAMLPlace) throws(ComparisonError) -> [UInt64] {
    var seeds: [UInt64] = []
    for item in place.items {
      let seed: UInt64 = try item.value("a seed", .whole(0...UInt64.max))
      guard !seeds.contains(seed) else { throw item.failure("seed \(seed) stands there twice") }
      seeds.append(seed)
    }
    guard !seeds.isEmpty else { throw place.failure("there are no seeds in the list") }
    return seeds
  }

  private func table(_ place: YAMLPlace) throws(ComparisonError) -> Int {
    let text = try place.text("paper")
    guard let paper = PaperProtocol(text) else {
      throw place.failure("paper is '\(text)'; it is table1, table2, table3 or table4")
    }
    return paper.table
  }

  private func search(
    _ place: YAMLPlace, among recipes: [NamedRecipe]
  ) throws(ComparisonError) -> LineSearch {
    var (recipe, lines): (String?, [LineSearch.Line]) = (nil, [])
    for field in try place.fields(of: "a search") {
      if field.name == "recipe" {
        recipe = try field.value.text("recipe")
        continue
      }
      guard let parameter = SearchParameter(rawValue: field.name) else {
        throw field.unknown(
          "a search", known: ["recipe"] + SearchParameter.allCases.map(\.rawValue))
      }
      var values: [Double] = []
      for item in field.value.items { values.append(try item.value(field.name, .weight)) }
      guard !values.isEmpty else { throw field.place.failure("there are no values to try") }
      lines.append(LineSearch.Line(parameter: parameter, values: values))
    }
    guard !lines.isEmpty else {
      throw place.failure("a search tries values of lambda, beta or gamma: lambda: [0, 5, 10]")
    }
    guard let start = recipe ?? LineSearch.start(among: recipes) else {
      throw place.failure(LineSearch.noStart)
    }
    return LineSearch(recipe: start, lines: lines)
  }

  /// The test pictures are kept once, so that in the paper's protocol all recipes see one size.
  private func checkSizes(_ plan: ComparisonPlan, at place: YAMLPlace) throws(ComparisonError) {
    guard plan.scoring == .paper, let first = plan.recipes.first,
      let other = plan.recipes.first(where: { $0.recipe.size != first.recipe.size })
    else { return }
    throw place.failure(
      "protocol paper scores at the recipe's size, and '\(first.name)' has "
        + "\(first.recipe.size), '\(other.name)' \(other.recipe.size); compare them apart, or by "
        + "protocol own")
  }

  /// A path seen from the plan's folder.
  private func path(_ text: String) -> String {
    URL(filePath: text, relativeTo: folder.absoluteURL).standardizedFileURL.path
  }
}
