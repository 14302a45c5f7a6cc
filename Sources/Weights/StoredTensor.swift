import Autograd
import Foundation

/// A tensor as it is written to a file.
struct StoredTensor {
  /// What is written of it.
  enum Content {
    case float32([Float])
    case int8([Int8])
  }

  let path: Path
  let shape: Shape
  let content: Content

  var type: ElementType {
    switch content {
    case .float32: .float32
    case .int8: .int8
    }
  }

  /// How many bytes it takes.
  var byteCount: Int { shape.count * type.size }

  /// Its values, the first byte lowest.
  var bytes: Data {
    switch content {
    case .int8(let numbers): return Data(numbers.map(UInt8.init(bitPattern:)))
    case .float32(let values):
      var data = Data(count: byteCount)
      var bytes = data.mutableBytes
      for (index, value) in values.enumerated() {
        bytes.storeBytes(
          of: value.bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
      }
      return data
    }
  }
}

extension StoredTensor {
  /// Takes a tensor as it is.
  init(_ tensor: NamedTensor) {
    self.init(path: tensor.path, shape: tensor.shape, content: .float32(tensor.values))
  }
}
