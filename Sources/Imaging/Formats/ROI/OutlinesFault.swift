/// Why outlines of ImageJ give no mask.
public enum OutlinesFault: Equatable, Sendable {
  /// The ZIP file is not read; the reason says what it is.
  case archive(String)
  /// The file is larger than any set of ROIs.
  case tooLarge(bytes: Int)
  /// The ZIP file holds no ROI.
  case empty
  /// None outlines an area; so many are lines, points or texts.
  case noArea(skipped: Int)
  /// None lies on the image's slice and frame.
  case elsewhere(count: Int)
  /// They lie on so many slices or frames, and the image has one.
  case manyFields(count: Int)
  /// None has a pixel in the image.
  case outside(count: Int, width: Int, height: Int)

  /// What is wrong and what to do, behind the file's name.
  var text: String {
    switch self {
    case .archive(let reason):
      "cannot be read (\(reason)): save the ROIs again from ImageJ's ROI Manager (More >> Save)"
    case .tooLarge(let bytes): "has \(bytes) bytes, more than ROIs of ImageJ are read from"
    case .empty:
      "holds no ROI of ImageJ (.roi): save the ROIs from ImageJ's ROI Manager (More >> Save)"
    case .noArea(let skipped):
      "has \(skipped) ROI\(skipped == 1 ? "" : "s") of ImageJ, and none outlines an area: lines and points"
        + " make no mask"
    case .elsewhere(let count):
      "has \(count) outline\(count == 1 ? "" : "s"), and none on this slice and frame"
    case .manyFields(let count):
      "has outlines on \(count) slices or frames, and its image has one: give the stack that they were"
        + " drawn on, or save those of this image alone"
    case .outside(let count, let width, let height):
      "has \(count) outline\(count == 1 ? "" : "s"), and none within its image of \(width)x\(height):"
        + " do they belong to another one?"
    }
  }
}
