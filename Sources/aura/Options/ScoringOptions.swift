public import ArgumentParser
public import Project

/// At which size predictions are compared with masks.
struct ScoringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Score at the image's own size (own) or on the resized centre crop (paper).",
      valueName: "own|paper"))
  var `protocol` = ScoringProtocol.own
}

extension ScoringProtocol: ExpressibleByArgument {}
