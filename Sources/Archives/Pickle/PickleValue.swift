/// A value of a pickle; one that holds others is a number, its place in `PickleValues`.
///
/// So neither a value that holds itself nor a million in each other recurse, nor does one that is held
/// many times become many. Texts and bytes are ranges of the pickle's own bytes, so that what nobody asks for
/// is never built.
public enum PickleValue: Equatable, Sendable {
  /// Python's `None`.
  case none
  /// Python's `True` or `False`.
  case bool(Bool)
  /// A whole number of 64 bits.
  case integer(Int)
  /// A text, by where its UTF-8 lies.
  case text(Range<Int>)
  /// Bytes, by where they lie.
  case bytes(Range<Int>)
  /// A tuple.
  case tuple(Int)
  /// A list.
  case list(Int)
  /// A dictionary.
  case dictionary(Int)
  /// A name of Python's, by the number that the vocabulary gave it.
  case global(Int)
  /// What the vocabulary made of a call, by the number that it gave it.
  case object(Int)
  /// What was passed over.
  case other
}
