import Foundation

/// One step of an augmentation: with some probability one of its changes, each as likely.
///
/// As text `rotation=30:0.5` (up to 30 degrees in half of the images) or `elastic|grid|optical:0.8`. Without a
/// number after `=` a change goes as far as `Kind.limit`; without a probability it is always made.
public struct AugmentationStep: Equatable, Sendable {
  /// What is done to an image, and how far at most.
  public struct Change: Equatable, Sendable {
    /// What is done.
    public let kind: Kind
    /// How far at most, in the unit of the kind; nothing for flips and quarter turns.
    public let limit: Double?
    /// Standard deviation in pixels that an elastic displacement is smoothed by.
    public let sigma: Double?

    fileprivate static let usualSigma = 6.0
  }

  /// The changes of which one is made.
  public let choices: [Change]
  /// In which share of the images, 0...1.
  public let probability: Double

  /// A change as far as it usually goes.
  public init(_ kind: Kind, probability: Double = 1) {
    self.init(oneOf: [Change(kind)], probability: probability)
  }

  /// One of some changes.
  ///
  /// - Precondition: there is at least one, and the probability is 0...1.
  public init(oneOf choices: [Change], probability: Double) {
    precondition(
      !choices.isEmpty && (0...1).contains(probability), "\(choices) with \(probability)")
    self.choices = choices
    self.probability = probability
  }

  /// Reads a step.
  ///
  /// - Throws: `RecipeError.augmentation` naming what is wrong with it.
  public init(_ text: String) throws(RecipeError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let probability = parts.count == 1 ? 1 : Double(parts[1]) ?? .nan
    guard parts.count <= 2, (0...1).contains(probability) else {
      throw .augmentation(text, .probability)
    }
    let choices = parts[0].split(separator: "|", omittingEmptySubsequences: false)
    self.init(
      oneOf: try choices.map { choice throws(RecipeError) in
        try Change(String(choice).trimmingCharacters(in: .whitespaces))
      }, probability: probability)
  }

  /// What `init` reads.
  public var text: String {
    choices.map(\.text).joined(separator: "|") + (probability == 1 ? "" : ":\(probability)")
  }
}

extension AugmentationStep.Change {
  /// As far as the kind usually goes.
  init(_ kind: AugmentationStep.Kind) {
    self.init(
      kind: kind, limit: kind.limit, sigma: kind == .elastic ? Self.usualSigma : nil)
  }

  /// Reads `kind`, `kind=limit` or `elastic=alpha/sigma`.
  fileprivate init(_ text: String) throws(RecipeError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let kind = AugmentationStep.Kind(rawValue: String(name)) else {
      throw .augmentation(text, .unknown)
    }
    guard parts.count == 2 else {
      self.init(kind)
      return
    }
    guard let range = kind.limits else { throw .augmentation(text, .number(kind)) }
    let numbers = parts[1].split(separator: "/", omittingEmptySubsequences: false).map {
      Double($0) ?? .nan
    }
    guard numbers.count == 1 || (kind == .elastic && numbers.count == 2),
      range.contains(numbers[0])
    else {
      throw .augmentation(text, .limit(kind))
    }
    let sigma = numbers.count == 2 ? numbers[1] : Self.usualSigma
    guard (0.5...100).contains(sigma) else { throw .augmentation(text, .sigma) }
    self.init(kind: kind, limit: numbers[0], sigma: kind == .elastic ? sigma : nil)
  }

  fileprivate var text: String {
    guard let limit, self != Self(kind) else { return kind.rawValue }
    return "\(kind.rawValue)=\(limit)" + (sigma.map { "/\($0)" } ?? "")
  }
}
