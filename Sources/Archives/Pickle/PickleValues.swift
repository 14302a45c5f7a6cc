/// What the values of a pickle hold, by their numbers.
public struct PickleValues: Sendable {
  /// A key and what it stands for.
  public typealias Item = (key: PickleValue, value: PickleValue)

  /// The pickle.
  public let bytes: [UInt8]
  /// The values of each tuple.
  public private(set) var tuples: [[PickleValue]] = []
  /// The values of each list.
  public internal(set) var lists: [[PickleValue]] = []
  /// The items of each dictionary, in their order.
  public internal(set) var dictionaries: [[Item]] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The string of a text; nil where the value is none, or not UTF-8.
  public func text(_ value: PickleValue) -> String? {
    guard case .text(let range) = value else { return nil }
    return String(validating: bytes[range], as: UTF8.self)
  }

  /// The whole numbers of a tuple of so many at most; nil where it is something else.
  public func integers(_ value: PickleValue, most: Int) -> [Int]? {
    guard case .tuple(let place) = value, tuples[place].count <= most else { return nil }
    var result: [Int] = []
    for case .integer(let number) in tuples[place] { result.append(number) }
    return result.count == tuples[place].count ? result : nil
  }

  /// Makes a dictionary without items.
  public mutating func dictionary() -> PickleValue {
    dictionaries.append([])
    return .dictionary(dictionaries.count - 1)
  }

  mutating func tuple(_ values: some Sequence<PickleValue>) -> PickleValue {
    tuples.append(Array(values))
    return .tuple(tuples.count - 1)
  }

  mutating func list() -> PickleValue {
    lists.append([])
    return .list(lists.count - 1)
  }
}
