import Imaging

@testable import Project

extension Stroke {
  /// An edit that gives a run of pixels to a cell.
  static func drawing(_ run: Range<Int>, of cell: LabelImage.Label = 1) -> Stroke {
    .edit(LabelStroke([LabelStroke.Part(cell, [run])]))
  }
}
