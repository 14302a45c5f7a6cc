import Imaging

/// A channel of a microscope's images.
public enum Channel: Equatable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The one that shows cells best where nothing is stained, as their contrast tells.
  case automatic
  /// The channel of a number, from 0.
  case number(Int)
  /// The channel that files call so, small and large letters alike.
  case name(String)

  /// Takes `auto`, a number from 0, or a name; nil for nothing.
  public init?(_ text: String) {
    let text = text.trimmingPrefix(while: \.isWhitespace)
    if text.isEmpty { return nil }
    if text.lowercased() == "auto" {
      self = .automatic
    } else if text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) {
      self = .number(number)
    } else {
      self = .name(String(text))
    }
  }

  /// What is read as the same channel.
  public var description: String {
    switch self {
    case .automatic: "auto"
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }

  /// Reads its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let channel = Channel(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no channel")
    }
    self = channel
  }

  /// Writes its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// One of red, green and blue, by its name.
  var color: ImageFile.Color? {
    guard case .name(let name) = self else { return nil }
    return switch name.lowercased() {
    case "red": .red
    case "green": .green
    case "blue": .blue
    default: nil
    }
  }

  /// The place of this channel among those of an image, nil where it is none of them or not said which.
  func place(in image: ImageSource) -> Int? {
    switch self {
    case .automatic: return nil
    case .number(let number): return image.planes.indices.contains(number) ? number : nil
    case .name(let name):
      let wanted = name.lowercased()
      if let place = image.planes.firstIndex(where: { $0.channelName?.lowercased() == wanted }) {
        return place
      }
      // `c1`, as the axes have it.
      guard wanted.first == "c", let number = Int(wanted.dropFirst()) else { return nil }
      return image.planes.indices.contains(number) ? number : nil
    }
  }
}

/// Which channel is looked at, as the user says it.
public struct ChannelChoice: Equatable, Sendable {
  /// Nil where the project is to say it, and without one it is found out.
  let channel: Channel?
  /// How the user asks for it, for messages.
  let option: String

  /// Without arguments as the project has it.
  public init(_ channel: Channel? = nil, by option: String = "") {
    (self.channel, self.option) = (channel, option)
  }
}
