public import ArgumentParser
public import Project

/// Which channel of images is looked at.
struct ChannelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Channel of images to look at: a number from 0, a name, or auto.",
      discussion: """
        Without it: as the project was opened with, else the one of transmitted light, by its name or its \
        contrast, which is said. red, green and blue are those of colour pictures.
        """, valueName: "channel"))
  var channel: Channel?

  /// What was chosen.
  var choice: ChannelChoice { ChannelChoice(channel, by: "--channel") }
}

extension Channel: ExpressibleByArgument {
  /// Reads what was written behind the option.
  public init?(argument: String) { self.init(argument) }
}
