import Synchronization

/// The pixels of a tile whose cells have other numbers since, looked up when somebody asks for them first.
///
/// What it holds does not change, only how it is kept, so that copies of a tile share it and whoever asks first,
/// on any thread, does the work for all.
final class RenumberedPixels: Sendable {
  /// How the numbers are kept.
  enum Kept {
    /// As they are.
    case known([LabelImage.Label])
    /// As they were, with what they become.
    case waiting([LabelImage.Label], LabelTable)
  }

  private let pixels: Mutex<Kept>

  /// Takes pixels as they were, and what they become.
  init(_ pixels: [LabelImage.Label], by table: LabelTable) {
    self.pixels = Mutex(.waiting(pixels, table))
  }

  /// The numbers of the pixels.
  var labels: [LabelImage.Label] {
    pixels.withLock { pixels in
      switch pixels {
      case .known(let labels): return labels
      case .waiting(let before, let table):
        let labels = before.map { table[$0] }
        pixels = .known(labels)
        return labels
      }
    }
  }

  /// How they are kept now.
  var kept: Kept { pixels.withLock { $0 } }
}
