import Comparison
import Networks
import Recipes

extension NetworkRule {
  /// What each network of the catalog asks for.
  static let catalog = Architecture.allCases.map {
    NetworkRule(name: $0.rawValue, multiple: $0.multiple, smallest: $0.smallest)
  }
}
