import Autograd
import Foundation

/// Turns what a checkpoint's pickle describes into tensors.
struct TorchStateDict {
  private let data: Data
  private let objects: PickleObjects
  /// How many values may come out: views may show the same storage again and again, or one value a
  /// thousand million times.
  private let mostValues: Int

  /// Takes a file's bytes and what its pickle holds.
  init(_ data: Data, _ objects: PickleObjects) {
    self.data = data
    self.objects = objects
    mostValues = max(1 << 20, data.count)
  }

  /// The tensors of a state dict.
  ///
  /// - Parameters:
  ///   - top: the value of the pickle.
  ///   - range: where a storage's bytes lie.
  /// - Returns: them, in their order.
  /// - Throws: `WeightsError.checkpoint` or `.type`.
  func tensors(
    of top: PickleValue, range: (TorchStorage) throws(WeightsError) -> Range<Int>
  ) throws(WeightsError) -> StateDict {
    guard case .dictionary(let place) = top else {
      throw .checkpoint("it holds no state dict; save model.state_dict()")
    }
    var result = StateDict()
    var total = 0
    for (key, value) in objects.dictionaries[place] {
      guard case .text(let name) = key, Shown.isSafe(name) else {
        throw .checkpoint("a name in its state dict is no readable text")
      }
      guard case .tensor(let tensor) = value else {
        throw .checkpoint("its \(Shown.text(name)) is no tensor; save model.state_dict() alone")
      }
      if name.hasSuffix("num_batches_tracked") { continue }
      guard result[Path(name)] == nil else { throw .checkpoint("\(Shown.text(name)) comes twice") }
      let description = objects.tensors[tensor]
      let count = try description.checkedCount(name)
      guard count <= mostValues - total else {
        throw .checkpoint("its tensors are larger than a file of \(data.count) bytes can tell")
      }
      total += count
      let range = try range(description.storage)
      guard sized(description.storage, range.count) else {
        throw .checkpoint(
          "the storage of \(Shown.text(name)) has \(range.count) bytes and should have "
            + "\(description.storage.count) values of \(description.storage.type.size)")
      }
      guard let values = description.values(count, of: data.span.extracting(range)) else {
        throw .type(key: Path(name), found: description.storage.type.rawValue)
      }
      result.append(
        NamedTensor(path: Path(name), shape: Shape(description.extents), values: values))
    }
    return result
  }

  private func sized(_ storage: TorchStorage, _ bytes: Int) -> Bool {
    let size = storage.count.multipliedReportingOverflow(by: storage.type.size)
    return !size.overflow && size.partialValue == bytes
  }
}
