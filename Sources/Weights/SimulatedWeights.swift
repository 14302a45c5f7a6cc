public import Foundation
public import Recipes

/// The weights that come with the program, learnt from simulated images.
///
/// They are looked for beside the program, and not by the accessor that the package manager writes: that
/// one ends the program where the folder is missing, and knows the path of the machine it was built on.
public enum SimulatedWeights {
  /// The network that they are of.
  public static let architecture = Architecture.auraNet

  /// Where they lie, seen from the program's folder.
  static let path = "aura_Weights.resources/Simulated/\(architecture).safetensors"

  /// Where they belong, for a message: the folder beside the program that goes with it.
  public static let place = "the folder aura_Weights.resources belongs beside the program"

  /// The file beside a program; nil where this build carries none.
  public static func file(beside program: URL) -> URL? {
    let file = program.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: path)
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  /// The file that came with the running program; nil where this build carries none.
  public static var file: URL? { Bundle.main.executableURL.flatMap { file(beside: $0) } }
}
