public import ArgumentParser
public import Imaging
import Workflows

/// Where masks lie and which of their pixels are cell.
struct MaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of masks; matched by name, also with a prefix (seg_) or suffix (_mask).",
      discussion: "Without it: the project's accepted masks, and masks beside the images.",
      valueName: "folder"),
    completion: .directory)
  var masks: String?

  @OptionGroup var polarity: PolarityOptions

  /// The masks of a folder's images: those of `--masks`, or the project's and those beside the images.
  func find(for folder: ImageFolder) throws -> MaskSet {
    try folder.masks(in: masks, polarity: polarity.maskPolarity)
  }
}

/// Which pixels of masks that others made are cell.
struct PolarityOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which pixels of a mask are cell: white, black, or auto (say which was found).",
      valueName: "auto|white|black"))
  var maskPolarity: MaskPolarity?
}

extension MaskPolarity: ExpressibleByArgument {}
