/// Where a run of some kind stands, apart from its tensors.
protocol CheckpointState: Codable, Equatable, Sendable {
  /// What tells its files from those of other kinds of runs.
  static var format: String { get }
}
