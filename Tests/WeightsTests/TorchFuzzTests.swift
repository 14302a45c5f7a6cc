import Archives
import Foundation
import Testing

@testable import Weights

/// Mutations of real files: whatever comes, it is read within bounds or refused in one line.
struct TorchFuzzTests {
  private static let rounds = 4_000

  /// xorshift64*, so that a failure can be repeated.
  private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 2_685_821_657_736_338_717
    }
  }

  private static func mutate(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &chance) where !result.isEmpty {
      let place = Int.random(in: 0..<result.count, using: &chance)
      let end = min(result.count, place + Int.random(in: 1...9, using: &chance))
      switch Int.random(in: 0..<8, using: &chance) {
      case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 1: result[place] = .random(in: 0...255, using: &chance)
      case 2: result[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &chance) ?? 0
      case 3:
        result.replaceSubrange(place..<end, with: [UInt8](repeating: 0xFF, count: end - place))
      case 4: result.removeSubrange(place..<end)
      case 5: result.insert(contentsOf: result[place..<end], at: place)
      case 6: result.removeSubrange(place...)
      default:
        let other = Int.random(in: 0..<result.count, using: &chance)
        result.swapAt(place, other)
      }
    }
    return result
  }

  /// Reads bytes; true where they are a state dict.
  private func isRead(_ data: Data, _ seed: String) -> Bool {
    do {
      let state = try TorchCheckpoint.decode(data)
      let values = state.tensors.reduce(0) { $0 + $1.values.count }
      #expect(values <= max(1 << 20, data.count), "\(seed)")
      return true
    } catch {
      let text = error.description
      #expect(!text.contains("\n") && text.count < 500, "\(seed): \(text)")
      return false
    }
  }

  @Test(arguments: ["torch-zip.pth", "torch-legacy.pth"])
  func `no mutation of a file crashes or fills memory`(name: String) throws {
    let bytes = [UInt8](try golden(name))
    var chance = Chance(state: 0xA0_5E_ED)
    var read = 0
    for round in 0..<Self.rounds {
      let mutated = Self.mutate(bytes, &chance)
      if isRead(Data(mutated), "\(name), round \(round)") { read += 1 }
    }
    // Padding and values that nothing checks; were all or none read, nothing would be tested.
    #expect((20...Self.rounds * 9 / 10).contains(read), "\(read)")
  }

  /// Behind a right checksum, where the mutations of the file above do not come.
  @Test func `no mutation of a pickle crashes or fills memory`() throws {
    let file = try golden("torch-zip.pth")
    let archive = try ZipArchive(file)
    let names = archive.entries.keys.sorted()
    let entries = try names.map { name in
      (name: name, bytes: [UInt8](file[try archive.range(of: name)]))
    }
    #expect(isRead(TorchWriter.zip(entries), "unchanged"))
    let place = try #require(names.firstIndex { $0.hasSuffix("/data.pkl") })
    var chance = Chance(state: 0xB0_5E_ED)
    var read = 0
    for round in 0..<Self.rounds {
      var changed = entries
      changed[place].bytes = Self.mutate(entries[place].bytes, &chance)
      if isRead(TorchWriter.zip(changed), "pickle, round \(round)") { read += 1 }
    }
    #expect((20...Self.rounds * 9 / 10).contains(read), "\(read)")
  }

  /// A list of entries at random: offsets, sizes and counts that no file has.
  @Test func `no mutation of the list of entries crashes or fills memory`() throws {
    let bytes = [UInt8](try golden("torch-zip.pth"))
    let list = try #require(Data(bytes).firstRange(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    var chance = Chance(state: 0xC0_5E_ED)
    for round in 0..<Self.rounds {
      let mutated = Self.mutate(Array(bytes[list...]), &chance)
      _ = isRead(Data(bytes[..<list] + mutated), "list, round \(round)")
    }
  }

  @Test func `a file cut off anywhere is refused`() throws {
    for name in ["torch-zip.pth", "torch-legacy.pth"] {
      let whole = try golden(name)
      for length in 0..<whole.count {
        #expect(throws: WeightsError.self, "\(name), \(length) bytes") {
          try TorchCheckpoint.decode(whole.prefix(length))
        }
      }
    }
  }
}
