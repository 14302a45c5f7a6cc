import ArgumentParser

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
}
