import Imaging
import Objects

/// What masks that do not tell cells apart teach the core channel: pieces that are surely one cell are that cell,
/// ground is ground, and of all other pieces nothing is learnt.
///
/// Masks that tell them apart teach what they say; which of both a mask is, its file says (`Annotation.cells`).
struct SureCores {
  private let usualArea: Double?

  /// Learns from the crops that are trained on how large a cell usually is.
  init(of crops: [Crop]) {
    usualArea = SureCells.usualArea(
      of: crops.lazy.filter { $0.cores == nil }.map { SureCells(piecesOf: $0.truth) })
  }

  /// The crop with what its core channel is held to.
  ///
  /// Where the set has no cell to compare with, those of the crop itself say how large they are.
  func taught(to crop: Crop) -> Crop {
    guard crop.cores == nil else { return crop }
    let pieces = SureCells(piecesOf: crop.truth)
    let usualArea = usualArea ?? SureCells.usualArea(of: [pieces]) ?? 0
    let cells = pieces.cells(usualArea: usualArea)
    var unknown = crop.unknown ?? Mask(width: crop.width, height: crop.height)
    for (index, isCell) in crop.truth.pixels.enumerated()
    where isCell != 0 && cells.labels[index] == 0 {
      unknown.fill(index..<index + 1, with: true)
    }
    var taught = crop
    taught.cores = CorePlanes(of: cells, unknown: unknown)
    return taught
  }
}
