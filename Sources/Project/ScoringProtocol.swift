/// At which size masks are compared.
public enum ScoringProtocol: String, CaseIterable, Codable, Sendable {
  /// The whole image at its own size: what a user gets.
  case own
  /// The scaled and cropped square of the working size, as the paper scores.
  case paper
}
