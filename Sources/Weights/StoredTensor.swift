import Autograd
import Foundation

/// A tensor as it is written to a file.
struct StoredTensor {
  /// What is written of it.
  enum Content {
    case float32([Float])
    case int8([Int8])
  }

  /// Its name in the header.
  let name: String
  /// Its extents.
  let extents: [Int]
  /// Its values.
  let content: Content

  /// Takes a tensor as it is.
  init(_ tensor: NamedTensor) {
    name = tensor.path.description
    extents = tensor.shape.extents
    content = .float32(tensor.values)
  }

  /// Takes the numbers of a filter.
  init(_ filter: QuantizedFilter, path: Path) {
    name = path.description
    extents = filter.shape.extents
    content = .int8(filter.numbers)
  }

  /// Takes the scales of a filter.
  init(scalesOf filter: QuantizedFilter, of path: Path) {
    name = QuantizedFilter.scales(of: path).description
    extents = filter.scaleShape.extents
    content = .float32(filter.scales)
  }

  /// The type of its elements.
  var type: ElementType {
    switch content {
    case .float32: .float32
    case .int8: .int8
    }
  }

  /// How many bytes it takes.
  var byteCount: Int {
    switch content {
    case .float32(let values): 4 * values.count
    case .int8(let numbers): numbers.count
    }
  }

  /// Its values, the first byte lowest.
  var bytes: Data {
    var data = Data(count: byteCount)
    var bytes = data.mutableBytes
    switch content {
    case .float32(let values):
      for (index, value) in values.enumerated() {
        bytes.storeBytes(
          of: value.bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
      }
    case .int8(let numbers):
      for (index, number) in numbers.enumerated() {
        bytes.storeBytes(of: number, toByteOffset: index, as: Int8.self)
      }
    }
    return data
  }
}
