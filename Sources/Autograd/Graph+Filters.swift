extension Graph {
  /// The filters of transposed convolutions, whose second extent counts the output channels.
  public var transposedFilters: Set<Path> {
    Set(
      nodes.compactMap { node in
        guard node.op is TransposedConvolution, node.inputs.count > 1,
          case .declared(let index) = sources[node.inputs[1].index]
        else { return nil }
        return declarations[index].path
      })
  }
}
