import Basics
import Foundation

/// What a setting may be: how a text of it is read and written, and what it is held to.
public struct Values<Value: Codable & Sendable>: Sendable {
  /// What follows a wrong value: `a number above 0, please`.
  let advice: String
  /// What stands for a value in the help of a command.
  var name: String?
  /// The words that a value may be, where it is one of a few.
  var words: [String] = []
  /// Whether a value has several parts, with commas between them.
  var isList = false
  let parse: @Sendable (String) throws(RecipeError) -> Value?
  var text: @Sendable (Value) -> String = { "\($0)" }
  var holds: @Sendable (Value) -> Bool = { _ in true }

  /// The value that a text says.
  ///
  /// - Throws: `RecipeError` where it is none, or out of the limits.
  public func value(of text: String, name: String) throws(RecipeError) -> Value {
    guard let value = try parse(text), holds(value) else {
      throw .value(name, found: text, advice: advice)
    }
    return value
  }

  /// What is wrong with a value, if anything.
  func refusal(_ value: Value, name: String) -> RecipeError? {
    holds(value) ? nil : .value(name, found: text(value), advice: advice)
  }

  /// The value under a name of a JSON object at a place; nil where there is none.
  ///
  /// - Throws: `RecipeError` where it is another kind of value, or out of the limits.
  func value(
    in container: KeyedDecodingContainer<SettingKey>, name: String, place: String
  ) throws(RecipeError) -> Value? {
    let key = SettingKey(name)
    let value: Value?
    do {
      value = try container.decodeIfPresent(Value.self, forKey: key)
    } catch let error as RecipeError {
      throw error
    } catch {
      throw .value(place, found: container.words(under: key), advice: advice)
    }
    if let value, let refusal = refusal(value, name: place) { throw refusal }
    return value
  }
}

extension KeyedDecodingContainer<SettingKey> {
  /// What stands under a name, for a message.
  fileprivate func words(under key: SettingKey) -> String {
    if let text = try? decode(String.self, forKey: key) { return text }
    if let number = try? decode(Double.self, forKey: key) { return "\(number)" }
    if let flag = try? decode(Bool.self, forKey: key) { return "\(flag)" }
    return "something else"
  }
}

extension Values where Value: FixedWidthInteger {
  /// Whole numbers of a range; `name` stands for one in the help of a command.
  public static func whole(_ range: ClosedRange<Value>, name: String? = nil) -> Self {
    Values(
      advice: "a whole number from \(range.lowerBound) to \(range.upperBound), please", name: name,
      parse: { Value($0) }, holds: range.contains)
  }
}

extension Values<Double> {
  /// Numbers of 0 or more that a network's arithmetic, in single precision, can hold.
  public static let weight = number("a number of 0 or more") { $0 >= 0 && Float($0).isFinite }
  /// Numbers above 0 that are so in single precision too.
  static let positive = number("a number above 0") { Float($0) > 0 && Float($0).isFinite }
  static let portion = number("a share from 0 to 1", name: "share") { (0...1).contains($0) }
  static let share = number("a share from 0 to below 1", name: "0..<1") { (0..<1).contains($0) }
  /// Above 0 and below 1.
  public static let innerShare = number("a share above 0 and below 1") { $0 > 0 && $0 < 1 }
  static let decay = number("a share above 0 and up to 1", name: "share") { $0 > 0 && $0 <= 1 }
  static let rate = number("a share from 0 to 10", name: "share") { (0...10).contains($0) }

  private static func number(
    _ words: String, name: String? = nil, holds: @escaping @Sendable (Double) -> Bool
  ) -> Self {
    Values(advice: "\(words), please", name: name, parse: { Double($0) }, holds: holds)
  }
}

extension Values
where Value: RawRepresentable, Value.RawValue == String, Value: CaseIterable {
  /// The words that a value may be.
  public static var word: Self {
    let words = Value.allCases.map(\.rawValue)
    return Values(
      advice: "it is \(words.joined(separator: ", "))", name: words.joined(separator: "|"),
      words: words, parse: { Value(rawValue: $0) }, text: \.rawValue)
  }
}

extension Values<StartingWeights> {
  /// A word for weights that come with the program, or a file.
  static let weights = Values(
    advice: "none, simulated, simulated-encoder or a file, please",
    name: "none|simulated|name|file",
    parse: { $0.isEmpty ? nil : StartingWeights($0) }, text: \.text,
    holds: { !$0.text.isEmpty })
}

extension Values<LearntShare> {
  /// The word or a share.
  static let learntShare = Values(
    advice: "auto or a share from 0 to 1, please", name: "auto|0..1",
    parse: { LearntShare($0) }, text: \.text, holds: \.isSound)
}

extension Values<Recipe.Augmentation> {
  /// A name, or steps with commas between them.
  static let augmentation = Values(
    advice: "none, standard, strong, paper or a list of changes, please",
    name: "none|standard|strong|paper|list",
    words: ["none", "standard", "strong", "paper"], isList: true,
    parse: { text throws(RecipeError) in try Recipe.Augmentation(text) }, text: \.text)
}

extension Values<Percentiles> {
  /// A lower and a higher percentile.
  static let percentiles = Values(
    advice: "two percentiles from 0 to 100, the lower one first, such as 0.1,99.9, please",
    name: "low,high", isList: true, parse: { Percentiles($0) }, text: \.description)
}

extension Values<[Int]> {
  /// Sides of images in pixels, each once.
  static func sides(_ range: ClosedRange<Int>) -> Self {
    Values(
      advice: "different sides from \(range.lowerBound) to \(range.upperBound) pixels, such as "
        + "128,192,256, please", name: "pixels,...", isList: true,
      parse: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let sides = parts.compactMap { Int($0) }
        return sides.count == parts.count ? sides : nil
      }, text: { $0.map(String.init).joined(separator: ",") },
      holds: { !$0.isEmpty && Set($0).count == $0.count && $0.allSatisfy(range.contains) })
  }
}
