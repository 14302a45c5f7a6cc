import Autograd
import Foundation
import Testing

@testable import Weights

struct ChecksumTests {
  private static let state = StateDict(
    [
      NamedTensor(path: "a.weight", shape: Shape(2, 3), values: [1, -2, 3, 0.5, 0, 9]),
      NamedTensor(path: "a.bias", shape: Shape(2), values: [7, 8]),
    ], metadata: ["architecture": "unet", "aaa": "x"])

  private static let sealed = Safetensors.sealedPieces(of: state).reduce(Data(), +)

  @Test func `a file with a checksum is read as what it was made of`() throws {
    let read = try Safetensors.decode(Self.sealed)
    #expect(read.tensors == Self.state.tensors)
    var notes = read.metadata
    #expect(notes.removeValue(forKey: Safetensors.checksumNote)?.count == 8)
    #expect(notes == Self.state.metadata)
    #expect(Self.sealed.count % 8 == 0)
  }

  @Test func `one bit that is another is noticed anywhere, and so is a byte too few`() throws {
    for place in Self.sealed.indices {
      var data = Self.sealed
      data[place] ^= 4
      // Where the note's own name is hit, the file has none.
      guard let read = try? Safetensors.decode(data) else { continue }
      #expect(read.metadata[Safetensors.checksumNote] == nil, "byte \(place)")
    }
    #expect(throws: WeightsError.self) { try Safetensors.decode(Self.sealed.dropLast()) }
    var data = Self.sealed
    data[data.count - 1] ^= 1
    #expect(throws: WeightsError.damaged) { try Safetensors.decode(data) }
  }

  @Test func `a checksum does not go with the notes into another file`() throws {
    var read = try Safetensors.decode(Self.sealed)
    read.append(NamedTensor(path: "more", shape: Shape(1), values: [1]))
    let again = try Safetensors.decode(Safetensors.encode(read))
    #expect(again.metadata == Self.state.metadata)
    let resealed = Safetensors.sealedPieces(of: read).reduce(Data(), +)
    #expect(try Safetensors.decode(resealed).tensors == read.tensors)
  }
}
