/// A run of elements that tensors look into.
struct TorchStorage: Equatable {
  /// The type of the elements.
  let type: ElementType
  /// What the file calls it.
  let key: String
  /// How many elements it says it has.
  let count: Int
}
