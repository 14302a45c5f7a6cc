import ArgumentParser

/// At which size predictions are compared with masks.
struct ScoringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Score at the image's own size (own) or on the resized centre crop (paper).",
      valueName: "own|paper"))
  var `protocol` = ScoringProtocol.own
}

/// What `--protocol` takes.
enum ScoringProtocol: String, CaseIterable, ExpressibleByArgument {
  case own, paper
}
