import Basics

/// The recipes that come with the program: the five networks and the paper's eight ablations.
///
/// Each says what sets it apart, in YAML; all else is the reader's default. The paper's U-net with and
/// without its parts is table 4; AC is the active contour loss of equation (1), which weighs nothing in
/// the recipes without it. CE-Net is trained by the same loss as its neighbours in table 1.
public enum RecipeCatalogue {
  /// One of them.
  public struct Entry: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// What it is, in a line.
    public let about: String
    /// What sets it apart.
    public let yaml: String
  }

  /// A line for each.
  public static var lines: String { TextColumns.text(entries.map { [$0.name, $0.about] }) }

  /// All, in the order of the paper's table 4 and then the networks that are not in it.
  public static let entries = [
    Entry(
      name: "unet", about: "U-net, as in tables 1 to 4", yaml: "architecture: unet\ngamma: 0\n"),
    Entry(
      name: "unet+resnet", about: "with a ResNet-18 encoder",
      yaml: "architecture: unet-resnet\ngamma: 0\n"),
    Entry(
      name: "unet+attention", about: "with attention gates",
      yaml: "architecture: attention-unet\ngamma: 0\n"),
    Entry(
      name: "unet+ac", about: "with the active contour loss",
      yaml: "architecture: unet\ngamma: 0.25\n"),
    Entry(
      name: "unet+resnet+ac", about: "with a ResNet-18 encoder and the active contour loss",
      yaml: "architecture: unet-resnet\ngamma: 0.25\n"),
    Entry(
      name: "unet+attention+ac", about: "with attention gates and the active contour loss",
      yaml: "architecture: attention-unet\ngamma: 0.25\n"),
    Entry(
      name: "unet+resnet+attention", about: "AURA-net without the active contour loss",
      yaml: "architecture: aura-net\ngamma: 0\n"),
    Entry(
      name: "aura-net", about: "AURA-net: ResNet-18, attention gates, active contour loss",
      yaml: "architecture: aura-net\ngamma: 0.25\n"),
    Entry(
      name: "attention-unet", about: "Attention U-net, as in tables 1 to 3: unet+attention",
      yaml: "architecture: attention-unet\ngamma: 0\n"),
    Entry(
      name: "unet-resnet", about: "U-net with a ResNet-18 encoder: unet+resnet",
      yaml: "architecture: unet-resnet\ngamma: 0\n"),
    Entry(
      name: "ce-net", about: "CE-Net, as in tables 1 to 3", yaml: "architecture: ce-net\ngamma: 0\n"
    ),
  ]
}
