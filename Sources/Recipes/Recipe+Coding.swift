extension Recipe {
  /// What recipes of before had.
  private enum OlderKeys: String, CodingKey {
    case augments
  }

  /// Reads a recipe; what is missing has its default, so recipes of older versions stay readable.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read<Field: Decodable>(_ key: CodingKeys, into field: inout Field) throws {
      if let value = try container.decodeIfPresent(Field.self, forKey: key) { field = value }
    }
    try read(.architecture, into: &architecture)
    try read(.weights, into: &weights)
    try read(.size, into: &size)
    try read(.epochs, into: &epochs)
    steps = try container.decodeIfPresent(Int.self, forKey: .steps)
    try read(.batch, into: &batch)
    try read(.learningRate, into: &learningRate)
    try read(.seed, into: &seed)
    try read(.validation, into: &validation)
    try read(.keep, into: &keep)
    let older = try decoder.container(keyedBy: OlderKeys.self)
    if let augments = try older.decodeIfPresent(Bool.self, forKey: .augments) {
      augmentation = augments ? .standard : .none
    }
    try read(.augmentation, into: &augmentation)
    try read(.alpha, into: &alpha)
    try read(.beta, into: &beta)
    try read(.gamma, into: &gamma)
    try read(.lambda, into: &lambda)
    try read(.epsilon, into: &epsilon)
    try read(.reduction, into: &reduction)
    try read(.fineTuning, into: &fineTuning)
  }
}
