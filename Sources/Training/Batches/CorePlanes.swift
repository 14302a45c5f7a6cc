import Imaging
import Objects

/// What the core channel of an image is held to, a value a pixel.
struct CorePlanes: Equatable, Sendable {
  /// 1 inside a core and 0 elsewhere.
  var target: [Float]
  /// How much each pixel counts: 0 where nobody knows whether it is core.
  var weights: [Float]

  /// How much a pixel between the cores of two cells that touch counts: where it is taken for core two cells become
  /// one, while a core that is too thin costs nothing.
  static let seamWeight: Float = 5

  /// Takes planes of the same pixels.
  init(target: [Float], weights: [Float]) { (self.target, self.weights) = (target, weights) }

  /// Takes what is known of cells; nothing is learnt where `unknown` is cell.
  init(of cells: LabelImage, unknown: Mask? = nil) {
    let cores = CoreTarget(cells)
    target = cores.cores.labels.map { $0 == 0 ? 0 : 1 }
    weights = cores.seam.pixels.map { $0 == 0 ? 1 : Self.seamWeight }
    leaveOut(unknown)
  }

  /// Takes a mask whose cells are not told apart: that no ground is core is all that it says.
  init(ground mask: [Float], known: [Float]?) {
    target = Array(repeating: 0, count: mask.count)
    weights = mask.map { $0 > 0.5 ? 0 : 1 }
    if let known { weights = zip(weights, known).map { $1 > 0.5 ? $0 : 0 } }
  }

  /// One behind the other.
  init(_ planes: [CorePlanes]) {
    target = planes.flatMap(\.target)
    weights = planes.flatMap(\.weights)
  }

  private mutating func leaveOut(_ unknown: Mask?) {
    guard let unknown else { return }
    for index in weights.indices where unknown.pixels[index] != 0 {
      (target[index], weights[index]) = (0, 0)
    }
  }
}
