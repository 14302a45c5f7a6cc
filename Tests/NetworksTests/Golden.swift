import Autograd
import Foundation
import Testing
import Weights

/// One file of PyTorch's answers.
struct Golden: Sendable {
  let state: StateDict

  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    state = try Safetensors.read(
      from: folder.appending(path: "Goldens").appending(path: "\(name).safetensors"))
  }

  /// A tensor, in PyTorch's order.
  func tensor(_ name: String) throws -> NamedTensor {
    try #require(state[Path(name)], "the golden file has no \(name)")
  }

  /// A tensor's values, channels-last where it is a picture.
  func picture(_ name: String) throws -> [Float] {
    let tensor = try tensor(name)
    return channelsLast(tensor.values, tensor.shape)
  }

  /// The tensors below a name, by the rest of their name.
  func tensors(below name: String) -> [(rest: String, tensor: NamedTensor)] {
    state.tensors.compactMap { tensor in
      let text = tensor.path.description
      guard text.hasPrefix(name + ".") else { return nil }
      return (String(text.dropFirst(name.count + 1)), tensor)
    }
  }

  /// A table of summaries: its rows by the names that a note lists.
  func summaries(
    _ name: String, namedBy note: String, counts: (Path) -> Int
  ) throws -> [(path: Path, row: Summary)] {
    let table = try tensor(name)
    let width = table.shape.extents[1]
    let names = try #require(state.metadata[note]).split(separator: "\n")
    try #require(names.count == table.shape.extents[0])
    return names.enumerated().map { index, text in
      let path = Path(String(text))
      let row = table.values[index * width..<(index + 1) * width]
      return (path, Summary(row: row, count: counts(path)))
    }
  }
}

/// The largest difference, relative to the largest expected magnitude or to `scale` if that is larger.
func gap(_ found: [Float], _ expected: [Float], scale: Float = 0) -> Double {
  guard found.count == expected.count else { return .infinity }
  let largest = expected.reduce(scale) { max($0, $1.magnitude) }
  let difference = zip(found, expected).reduce(Float(0)) { max($0, ($1.0 - $1.1).magnitude) }
  return difference == 0 ? 0 : Double(difference) / Double(largest)
}

/// Says a measured gap where `AURA_SAY_GAPS` asks for it.
func say(_ what: String, _ gap: Double) {
  guard ProcessInfo.processInfo.environment["AURA_SAY_GAPS"] != nil else { return }
  print("gap \(what) \(gap)")
}
