/// The two percentiles of an image's grey values between which its contrast is spread.
///
/// As text and on a command line `0.1,99.9`, in JSON `[0.1, 99.9]`.
public struct Percentiles: Hashable, Sendable, CustomStringConvertible {
  /// The one that becomes black, 0...100.
  public let low: Double
  /// The one that becomes white, above `low` and up to 100.
  public let high: Double

  /// Those of the paper's protocol: one pixel in a thousand is darker, and one brighter.
  public static let usual = Percentiles(uncheckedLow: 0.1, high: 99.9)

  /// A lower and a higher one, both within 0...100; nil for any others.
  public init?(low: Double, high: Double) {
    guard low >= 0, low < high, high <= 100 else { return nil }
    self.init(uncheckedLow: low, high: high)
  }

  /// Reads two numbers with a comma between them.
  public init?(_ text: String) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.filter { $0 != " " })
    }
    guard numbers.count == 2, let low = numbers[0], let high = numbers[1] else { return nil }
    self.init(low: low, high: high)
  }

  private init(uncheckedLow low: Double, high: Double) { (self.low, self.high) = (low, high) }

  /// What `init` reads.
  public var description: String { "\(low),\(high)" }
}

extension Percentiles: Codable {
  /// Reads an array of two numbers.
  ///
  /// - Throws: `DecodingError` for anything else, and for numbers that are no percentiles.
  public init(from decoder: any Decoder) throws {
    let numbers = try [Double](from: decoder)
    guard numbers.count == 2, let read = Percentiles(low: numbers[0], high: numbers[1]) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "\(numbers) are no percentiles"))
    }
    self = read
  }

  /// Writes an array of two numbers.
  public func encode(to encoder: any Encoder) throws { try [low, high].encode(to: encoder) }
}
