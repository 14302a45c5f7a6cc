import Archives
import Foundation

@testable import Weights

extension FuzzTarget {
  /// What is read is written as a file that reads as the same; NaN counts as itself.
  static func safetensors(_ data: Data) {
    guard let state = try? Safetensors.decode(data) else { return }
    let written = Safetensors.encode(state)
    guard let again = try? Safetensors.decode(written) else {
      preconditionFailure("what was written cannot be read")
    }
    precondition(Safetensors.encode(again) == written, "a state dict changed in a file")
  }

  /// A file of `torch.save` in either format, and the machine for pickles alone, behind no checksum.
  static func pickle(_ bytes: [UInt8]) {
    _ = try? TorchCheckpoint.decode(Data(bytes))
    _ = try? TorchCheckpoint.decode(Data(TorchCheckpoint.legacyMagic + bytes))
    var unpickler = Unpickler(bytes, TorchObjects())
    _ = try? unpickler.value()
  }
}
