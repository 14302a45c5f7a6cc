public import ArgumentParser
public import Basics

/// How the contrast of images is spread.
struct PercentileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Percentiles of an image's grey values that become black and white (default: those that the weights \
      were trained with, mostly 0.1,99.9).
      """, valueName: "low,high"))
  var percentiles: Percentiles?
}

extension Percentiles: ExpressibleByArgument {
  /// Reads two numbers with a comma between them.
  public init?(argument: String) { self.init(argument) }
}
