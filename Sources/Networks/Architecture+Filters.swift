public import Autograd
public import Recipes

extension Architecture {
  /// The filters of transposed convolutions, whose second extent counts the output channels.
  public var transposedFilters: Set<Path> {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, smallest, smallest))
    _ = logits(of: image, in: &graph)
    return graph.transposedFilters
  }
}
