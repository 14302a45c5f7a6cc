import Comparison
import Foundation
import Screen

extension FuzzTarget {
  /// Recipes, plans and themes: what is read is written as a text that reads as the same.
  static func yaml(_ text: String) {
    if let read = try? NamedRecipe(yaml: text, file: "fuzz.yaml", name: "fuzz") {
      let again = try? NamedRecipe(yaml: read.yaml, file: "again.yaml")
      precondition(again == read, "a recipe changed on its way through a file")
    }
    let folder = URL(filePath: "/fuzz", directoryHint: .isDirectory)
    if let plan = try? ComparisonPlan(text, file: "fuzz.yaml", folder: folder) {
      let again = try? ComparisonPlan(plan.yaml, file: "again.yaml", folder: folder)
      precondition(again == plan, "a plan changed on its way through a file")
    }
    _ = try? Theme(yaml: text)
  }
}
