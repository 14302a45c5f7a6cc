import Basics
public import Foundation
internal import Imaging

extension ImportSet {
  /// Which truth of the Cell Tracking Challenge is taken.
  public enum TrackingTruth: String, CaseIterable, Sendable {
    /// Drawn by people: `01_GT/SEG`; some frames, of which some lack cells.
    case gold
    /// Made by computers from the best entries: `01_ST/SEG`; most frames.
    case silver
    /// Gold, and silver where there is no gold.
    case both
  }

  /// The frames of a Cell Tracking Challenge data set that are segmented.
  ///
  /// Frames are `01/t000.tif`, `02/t000.tif`, ...; their truth is `01_GT/SEG/man_seg000.tif` or, of a slice of
  /// a volume, `man_seg_000_007.tif`, where any number but 0 is cell. A sequence is a group. Gold frames
  /// that lack a cell that `01_GT/TRA` marks are left out unless `keepsPartial`.
  ///
  /// - Parameters:
  ///   - folder: the data set, such as `PhC-C2DH-U373`.
  ///   - truth: which segmentations are taken.
  ///   - keepsPartial: whether to take gold frames that lack cells.
  /// - Returns: The frames that are segmented.
  /// - Throws: `ProjectError` where nothing is found, `ImagingError` for a truth that cannot be read.
  public static func cellTracking(
    _ folder: URL, truth: TrackingTruth = .both, keepsPartial: Bool = false
  ) throws -> ImportSet {
    let sequences = try TrackingSequence.all(in: folder)
    var items: [ImportItem] = []
    var notes: [String] = []
    for sequence in sequences {
      var taken: Set<TrackingSequence.Place> = []
      var partial = 0
      for source in truth == .both ? [.gold, .silver] : [truth] {
        for segmentation in try sequence.segmentations(source) {
          guard let frame = sequence.frames[segmentation.place.frame] else {
            throw ProjectError.dataSet(
              "'\(segmentation.file.path)' has no frame in '\(sequence.folder.path)'")
          }
          guard !taken.contains(segmentation.place) else { continue }
          if source == .gold, !keepsPartial, try sequence.lacksCells(segmentation) {
            partial += 1
            continue
          }
          taken.insert(segmentation.place)
          items += try sequence.items(of: segmentation, frame: frame)
        }
      }
      if partial > 0 {
        notes.append(
          "\(partial) gold frames of sequence \(sequence.name) lack cells that are tracked and are"
            + " not taken; --partial takes them")
      }
      let bare = sequence.frames.count - Set(taken.map(\.frame)).count
      if bare > 0 {
        notes.append("\(bare) frames of sequence \(sequence.name) have no truth and are left out")
      }
    }
    guard !items.isEmpty else { throw ProjectError.noFrames(folder.path) }
    return try ImportSet(
      items: items.sorted { NaturalOrder.precedes($0.name, $1.name) }, notes: notes)
  }
}
