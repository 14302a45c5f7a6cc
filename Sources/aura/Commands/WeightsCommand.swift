import ArgumentParser

/// `aura weights`: what can be done with files of weights.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Keep pretrained weights under names, and work on files of weights.",
    discussion: """
      Examples:
        aura weights fetch resnet18           torchvision's, from PyTorch's address
        aura weights import resnet18.pth      the same from a file: .pth or .safetensors
        aura weights list                     what --weights NAME finds
        aura weights quantize run1/weights.safetensors small.safetensors
      """,
    subcommands: [
      WeightsListCommand.self, WeightsImportCommand.self, WeightsFetchCommand.self,
      QuantizeCommand.self,
    ])
}
