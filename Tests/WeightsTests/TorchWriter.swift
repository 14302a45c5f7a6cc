import Archives
import Foundation

@testable import Weights

/// Writes small checkpoints by hand, whole ones and hostile ones.
enum TorchWriter {
  /// A ZIP file of stored entries, each with the right checksum.
  static func zip(_ entries: [(name: String, bytes: [UInt8])], method: Int = 0) -> Data {
    var body = Data()
    var list = Data()
    for (name, bytes) in entries {
      let start = body.count
      let common =
        little(0, 2) + little(method, 2) + little(0, 4)
        + little(Int(CRC32.checksum(bytes.span)), 4) + little(bytes.count, 4)
        + little(bytes.count, 4) + little(name.utf8.count, 2) + little(0, 2)
      body += Data(ZipArchive.magic + little(20, 2) + common) + Data(name.utf8) + Data(bytes)
      list += Data([0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + common)
      list += Data(little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(start, 4))
      list += Data(name.utf8)
    }
    let counts = little(entries.count, 2) + little(entries.count, 2)
    let end = [0x50, 0x4B, 5, 6] + little(0, 4) + counts + little(list.count, 4)
    return body + list + Data(end + little(body.count, 4) + little(0, 2))
  }

  /// A checkpoint of a pickle and one storage of bytes, called 0.
  static func checkpoint(_ pickle: [UInt8], storage: [UInt8] = [UInt8](repeating: 0, count: 16))
    -> Data
  {
    zip([("x/data.pkl", pickle), ("x/data/0", storage)])
  }

  /// The pickle of a state dict of one tensor.
  static func pickle(
    key: String = "a", type: String = "FloatStorage", count: Int = 4, offset: Int = 0,
    extents: [Int] = [4], strides: [Int] = [1]
  ) -> [UInt8] {
    [0x80, 2] + global("collections", "OrderedDict") + [0x29, 0x52, 0x28] + text(key)
      + global("torch._utils", "_rebuild_tensor_v2") + [0x28, 0x28] + text("storage")
      + global("torch", type) + text("0") + text("cpu") + number(count) + [0x74, 0x51]
      + number(offset) + [0x28] + extents.flatMap(number) + [0x74, 0x28]
      + strides.flatMap(number) + [0x74, 0x89] + global("collections", "OrderedDict")
      + [0x29, 0x52, 0x74, 0x52, 0x75, 0x2E]
  }

  /// The opcode of a global name.
  static func global(_ module: String, _ name: String) -> [UInt8] {
    [0x63] + Array("\(module)\n\(name)\n".utf8)
  }

  /// The opcode of a text.
  static func text(_ text: String) -> [UInt8] {
    [0x58] + little(text.utf8.count, 4) + Array(text.utf8)
  }

  /// The opcode of a whole number.
  static func number(_ value: Int) -> [UInt8] {
    [0x8A, 8] + little(value, 8)
  }

  /// The lowest bytes of a number, the lowest first.
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
