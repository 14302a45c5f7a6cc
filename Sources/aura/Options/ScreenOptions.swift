import ArgumentParser
import Screen

/// How the workbench looks.
struct ScreenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Colour theme: one of Themes/, such as dark, light, high-contrast.", valueName: "name"))
  var theme: String?

  @Option(
    help: ArgumentHelp(
      "Colours to use; auto asks NO_COLOR, tmux and COLORTERM.",
      valueName: "auto|direct|256|16|none"))
  var color = ColorChoice.auto
}

/// What `--color` takes.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, direct
  case palette256 = "256"
  case ansi16 = "16"
  case none

  /// The depth asked for, nil when the terminal is to be asked.
  var depth: ColorDepth? { ColorDepth(rawValue: rawValue) }
}
