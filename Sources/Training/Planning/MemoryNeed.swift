import Foundation
import Networks
import Project

/// How much memory a run takes, by figures measured once.
///
/// A process trained on two images a step of 192, 320 and 448 pixels; its largest memory grew by 5.3 to
/// 5.4 KB a pixel for AURA-net, 9.0 to 9.1 KB for U-Net, from about 2 GB, and 1.7 KB for CE-Net.
enum MemoryNeed {
  /// Bytes for each pixel of a batch in training: what a step keeps for its way back.
  static func bytesPerPixel(of architecture: Architecture) -> Double {
    switch architecture {
    case .auraNet, .unetResNet: 5400
    case .unet, .attentionUNet: 9200
    case .ceNet: 1750
    }
  }

  /// Bytes of all else: the weights, their gradients, the optimiser's moments, the convolutions' room to
  /// work, a file that is being written.
  static let fixedBytes = 2e9

  /// Bytes of a run, roughly; 0 for a network that is not known.
  static func bytes(_ recipe: Recipe, images: Int) -> Double {
    guard let architecture = Architecture(rawValue: recipe.architecture) else { return 0 }
    let pixels = Double(min(recipe.batch, images)) * Double(recipe.size) * Double(recipe.size)
    return fixedBytes + pixels * bytesPerPixel(of: architecture)
  }

  /// Why a run is too large for a machine, if it is.
  static func refusal(_ recipe: Recipe, images: Int, memory: Double) -> String? {
    let need = bytes(recipe, images: images)
    guard need > memory else { return nil }
    return "\(min(recipe.batch, images)) images of \(recipe.size)x\(recipe.size) a step need about "
      + "\(gigabytes(need)) GB of memory, this machine has \(gigabytes(memory)); "
      + "take a smaller size or batch"
  }

  /// Refuses a run that this machine's memory cannot hold.
  ///
  /// - Throws: `TrainingError.recipe`.
  static func check(_ recipe: Recipe, images: Int) throws(TrainingError) {
    if let refusal = refusal(recipe, images: images, memory: machine) { throw .recipe(refusal) }
  }

  /// Bytes of this machine's memory.
  static var machine: Double { Double(ProcessInfo.processInfo.physicalMemory) }

  private static func gigabytes(_ bytes: Double) -> String {
    String(format: "%.1f", bytes * 1e-9)
  }
}
