import Archives

/// The Python names that a state dict may call; every other is refused.
enum TorchGlobal: Equatable {
  case orderedDictionary
  /// `torch._utils._rebuild_tensor_v2`, or the one before it, which said nothing of gradients.
  case rebuildTensor(argumentCount: Int)
  case rebuildParameter
  /// The class of a storage: the type of its elements.
  case storage(ElementType)

  private static let storages: [String: ElementType] = [
    "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "DoubleStorage": .float64, "LongStorage": .int64, "IntStorage": .int32,
    "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool,
  ]

  /// Finds a name.
  ///
  /// - Throws: `WeightsError.checkpoint` with the name, where it is not one of these.
  init(module: String, name: String) throws(WeightsError) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor(argumentCount: 6)
    case ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor(argumentCount: 4)
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    default:
      guard module == "torch", let type = Self.storages[name] else {
        throw .checkpoint(
          "it wants Python's \(Shown.text(module + "." + name)), which no state dict of numbers needs"
        )
      }
      self = .storage(type)
    }
  }
}
