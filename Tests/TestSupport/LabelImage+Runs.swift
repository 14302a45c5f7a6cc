public import Imaging

extension LabelImage {
  /// The picture of a golden: numbers and lengths of runs by turns, row by row.
  public init(width: Int, height: Int, runs: [Int]) {
    let labels = stride(from: 0, to: runs.count, by: 2).flatMap {
      Array(repeating: Label(runs[$0]), count: runs[$0 + 1])
    }
    self.init(width: width, height: height, labels: labels)
  }
}
