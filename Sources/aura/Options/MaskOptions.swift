public import ArgumentParser
public import Imaging

/// Where masks lie and which of their pixels are cell.
struct MaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of masks; matched by name, also with a prefix (seg_) or suffix (_mask).",
      discussion: "Without it: the project's accepted masks, and masks beside the images.",
      valueName: "folder"))
  var masks: String?

  @Option(
    help: ArgumentHelp(
      "Which pixels of a mask are cell: white, black, or auto (say which was found).",
      valueName: "auto|white|black"))
  var maskPolarity = MaskPolarity.automatic
}

extension MaskPolarity: ExpressibleByArgument {}
