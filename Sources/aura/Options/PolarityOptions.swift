public import ArgumentParser
public import Imaging

/// Which pixels of masks that others made are cell.
struct PolarityOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which pixels of a mask are cell: white, black, or auto (say which was found).",
      valueName: "auto|white|black"))
  var maskPolarity: MaskPolarity?
}

extension MaskPolarity: ExpressibleByArgument {}
