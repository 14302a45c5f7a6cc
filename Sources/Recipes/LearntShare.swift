/// How much of what it has learnt a run keeps, where it began with the weights of its whole network.
///
/// Its weights then lie on the line between both: `start + share * (learnt - start)`. In JSON `auto` or a number.
public enum LearntShare: Equatable, Sendable {
  /// As much as the images without labels advise; all of it from 11 labels on.
  case auto
  /// A share of 0...1.
  case fixed(Double)

  private static let automatic = "auto"

  /// Reads what `text` writes.
  public init?(_ text: String) {
    if text == Self.automatic {
      self = .auto
    } else if let share = Double(text) {
      self = .fixed(share)
    } else {
      return nil
    }
  }

  /// `auto` or the number.
  public var text: String {
    switch self {
    case .auto: Self.automatic
    case .fixed(let share): "\(share)"
    }
  }

  /// Whether it is `auto`, or a share that there can be.
  var isSound: Bool {
    switch self {
    case .auto: true
    case .fixed(let share): (0...1).contains(share)
    }
  }
}

extension LearntShare: Codable {
  /// Reads the word or a number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let share = try? container.decode(Double.self) {
      self = .fixed(share)
    } else if try container.decode(String.self) == Self.automatic {
      self = .auto
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no share")
    }
  }

  /// Writes the word or the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .auto: try container.encode(text)
    case .fixed(let share): try container.encode(share)
    }
  }
}
