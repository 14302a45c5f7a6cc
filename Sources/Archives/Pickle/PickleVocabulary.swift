/// What a pickle may name and call, and what comes of it: all that Python would run lies here, in Swift.
public protocol PickleVocabulary {
  /// What is thrown.
  associatedtype Failure: Error

  /// The opcodes that are taken; every other is refused by name.
  static var opcodes: Set<PickleOpcode> { get }
  /// The versions that are taken.
  static var protocols: ClosedRange<UInt8> { get }
  /// Whether values that nothing is known of are passed over rather than refused.
  static var passesOver: Bool { get }

  /// The words for what is wrong.
  func failure(_ fault: PickleFault) -> Failure

  /// What a name stands for.
  mutating func global(module: String, name: String) throws(Failure) -> PickleValue

  /// What a call of a value gives.
  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue, in values: inout PickleValues
  ) throws(Failure) -> PickleValue

  /// Gives a value its state; false where it has none.
  mutating func build(
    _ value: PickleValue, state: PickleValue, in values: PickleValues
  ) throws(Failure) -> Bool

  /// What a value outside of the pickle stands for.
  mutating func persistent(
    _ id: PickleValue, in values: PickleValues
  ) throws(Failure) -> PickleValue
}
