/// Which numbers a setting may be; never infinite ones.
struct NumberLimits: Sendable {
  /// What they are, for messages.
  let text: String
  private let holds: @Sendable (Double) -> Bool

  /// Whether a number may be.
  func contain(_ number: Double) -> Bool { number.isFinite && holds(number) }

  static let any = NumberLimits(text: "a number") { _ in true }
  static let notNegative = NumberLimits(text: "a number of 0 or more") { $0 >= 0 }
  static let positive = NumberLimits(text: "a number above 0") { $0 > 0 }
  static let share = NumberLimits(text: "a share from 0 to below 1") { $0 >= 0 && $0 < 1 }
  static let innerShare = NumberLimits(text: "a share above 0 and below 1") { $0 > 0 && $0 < 1 }
  static let decay = NumberLimits(text: "a share above 0 and up to 1") { $0 > 0 && $0 <= 1 }
  static let rate = NumberLimits(text: "a share from 0 to 10") { $0 >= 0 && $0 <= 10 }
}
