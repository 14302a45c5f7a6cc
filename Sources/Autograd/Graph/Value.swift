/// The handle of one value of a graph: an input, a parameter, a statistic or an op's output.
public struct Value: Hashable, Sendable {
  let index: Int
}
