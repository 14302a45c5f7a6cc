import Archives
import Autograd
public import Foundation

/// A checksum over a whole file, kept in it as the first of its notes: what is read is what was written.
extension Safetensors {
  /// The name of the note; its value has eight hexadecimal digits.
  public static let checksumNote = "aura.crc32"
  /// How a file with a checksum goes on behind the length of its header.
  private static let opening = Array("{\"__metadata__\":{\"\(checksumNote)\":\"".utf8)
  private static let digits = 8 + opening.count..<16 + opening.count
  /// The digits while the sum is taken.
  private static let blank = "00000000"

  /// The bytes of a file as of `pieces`, with a checksum over all of them.
  public static func sealedPieces(of state: StateDict) -> some Sequence<Data> {
    let tensors = state.tensors.map { StoredTensor($0) }
    var header = header(of: tensors, state.metadata, checksum: blank)
    let sum = tensors.reduce(CRC32.checksum(header.span)) { sum, tensor in
      CRC32.checksum(tensor.bytes.span, after: sum)
    }
    header.replaceSubrange(digits, with: text(sum))
    return pieces(of: tensors, behind: header)
  }

  /// Looks whether the bytes of a file that has a checksum are those that were written.
  static func checkSeal(of bytes: Span<UInt8>) throws(WeightsError) {
    guard bytes.count >= digits.upperBound,
      opening.indices.allSatisfy({ bytes[8 + $0] == opening[$0] })
    else { return }
    let before = CRC32.checksum(bytes.extracting(0..<digits.lowerBound))
    let blanked = CRC32.checksum(Array(blank.utf8).span, after: before)
    let sum = CRC32.checksum(bytes.extracting(digits.upperBound..<bytes.count), after: blanked)
    guard text(sum).enumerated().allSatisfy({ bytes[digits.lowerBound + $0] == $1 }) else {
      throw .damaged
    }
  }

  private static func text(_ sum: UInt32) -> [UInt8] {
    let digits = String(sum, radix: 16)
    return Array((blank.dropFirst(digits.count) + digits).utf8)
  }
}
