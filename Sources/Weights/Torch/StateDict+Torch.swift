import Archives
import Autograd
import Foundation

extension StateDict {
  /// Turns what a checkpoint's pickle describes into tensors, in their order.
  ///
  /// - Parameters:
  ///   - top: the value of the pickle.
  ///   - unpickler: what its values hold, and which storages and tensors they are.
  ///   - data: the file's bytes.
  ///   - range: where a storage's bytes lie.
  /// - Throws: `WeightsError.checkpoint` or `.type`.
  init(
    _ top: PickleValue, _ unpickler: Unpickler<TorchObjects>, in data: Data,
    range: (TorchStorage) throws(WeightsError) -> Range<Int>
  ) throws(WeightsError) {
    guard case .dictionary(let place) = top else {
      throw .checkpoint("it holds no state dict; save model.state_dict()")
    }
    self.init()
    // Views may show the same storage again and again, or one value a thousand million times.
    var left = max(1 << 20, data.count)
    for (key, value) in unpickler.values.dictionaries[place] {
      guard let name = unpickler.values.text(key), Shown.isSafe(name) else {
        throw .checkpoint("a name in its state dict is no readable text")
      }
      guard let description = unpickler.vocabulary.tensor(value) else {
        throw .checkpoint("its \(Shown.text(name)) is no tensor; save model.state_dict() alone")
      }
      if name.hasSuffix("num_batches_tracked") { continue }
      guard self[Path(name)] == nil else { throw .checkpoint("\(Shown.text(name)) comes twice") }
      let count = try description.checkedCount(name)
      guard count <= left else {
        throw .checkpoint("its tensors are larger than a file of \(data.count) bytes can tell")
      }
      left -= count
      let storage = description.storage
      let range = try range(storage)
      let size = storage.type.size
      guard range.count.quotientAndRemainder(dividingBy: size) == (storage.count, 0) else {
        throw .checkpoint(
          "the storage of \(Shown.text(name)) has \(range.count) bytes and should have "
            + "\(storage.count) values of \(size)")
      }
      guard let values = description.values(count, of: data.span.extracting(range)) else {
        throw .type(key: Path(name), found: storage.type.rawValue)
      }
      append(NamedTensor(path: Path(name), shape: Shape(description.extents), values: values))
    }
  }
}
