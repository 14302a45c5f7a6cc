/// A value of a pickle; one that holds others is a number, its place in `PickleObjects`.
///
/// So neither a value that holds itself nor a million in each other recurse, nor does one that is held
/// many times become many.
enum PickleValue: Equatable {
  case none
  case bool(Bool)
  case integer(Int)
  case text(String)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(TorchGlobal)
  case storage(Int)
  case tensor(Int)
}
