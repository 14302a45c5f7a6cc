import Autograd
import Foundation

// The messages of an ONNX file as far as a network needs them. Field numbers are those of onnx.proto
// (https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto), in which each struct's message is named.

/// `TensorProto`: constant values with a name.
struct ONNXTensor: Equatable {
  /// What it holds.
  enum Content: Equatable {
    case numbers([Float])
    case wholeNumbers([Int])
  }

  let name: String
  let extents: [Int]
  let content: Content

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    for extent in extents { message.add(1, extent) }
    switch content {
    case .numbers: message.add(2, ONNXType.float)
    case .wholeNumbers: message.add(2, ONNXType.int64)
    }
    message.add(8, name)
    message.add(9, bytes)
    return message
  }

  private var bytes: Data {
    switch content {
    case .numbers(let values):
      StoredTensor(path: Path(name), shape: Shape(extents), content: .float32(values)).bytes
    case .wholeNumbers(let values): Data(values.flatMap(\.littleEndianBytes))
    }
  }
}

/// `TensorProto.DataType`.
enum ONNXType {
  static let float = 1
  static let int64 = 7
}

/// `AttributeProto`: a setting of a node, whose name is the key that it stands under.
enum ONNXAttribute: Equatable {
  case wholeNumber(Int)
  case wholeNumbers([Int])
  case number(Float)
  case text(String)

  func message(named name: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, name)
    switch self {
    case .number(let value):
      message.add(2, value)
      message.add(20, 1)
    case .wholeNumber(let value):
      message.add(3, value)
      message.add(20, 2)
    case .text(let value):
      message.add(4, value)
      message.add(20, 3)
    case .wholeNumbers(let values):
      for value in values { message.add(8, value) }
      message.add(20, 7)
    }
    return message
  }
}

/// `NodeProto`: an operation with one output, after which it is named.
struct ONNXNode: Equatable {
  /// One of ONNX's own operators: `Conv`.
  let operation: String
  /// What it reads; an empty name where an input is left out.
  let inputs: [String]
  let output: String
  var attributes: [String: ONNXAttribute] = [:]

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    for input in inputs { message.add(1, input) }
    message.add(2, output)
    message.add(3, output)
    message.add(4, operation)
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      message.add(5, value.message(named: name))
    }
    return message
  }
}

/// `ValueInfoProto`: feature maps `[batch, channels, height, width]` of any size, with `TypeProto` and
/// `TensorShapeProto` in it.
struct ONNXFeatureMaps: Equatable {
  let name: String
  let channels: Int

  var message: ProtobufMessage {
    var shape = ProtobufMessage()
    shape.add(1, open("batch"))
    var extent = ProtobufMessage()
    extent.add(1, channels)
    shape.add(1, extent)
    for name in ["height", "width"] { shape.add(1, open(name)) }
    var tensor = ProtobufMessage()
    tensor.add(1, ONNXType.float)
    tensor.add(2, shape)
    var type = ProtobufMessage()
    type.add(1, tensor)
    var message = ProtobufMessage()
    message.add(1, name)
    message.add(2, type)
    return message
  }

  /// An extent that is the same wherever its name stands.
  private func open(_ name: String) -> ProtobufMessage {
    var extent = ProtobufMessage()
    extent.add(2, name)
    return extent
  }
}
