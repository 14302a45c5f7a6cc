/// What can be wrong with settings; the text says what, and what to try.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An augmentation cannot be read; why.
  case augmentation(String)

  /// One line for the user.
  public var description: String {
    switch self {
    case .augmentation(let reason): reason
    }
  }
}
