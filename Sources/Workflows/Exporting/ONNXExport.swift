public import Basics
import Files
public import Foundation
public import Imaging
public import Recipes
import Training
import Weights

/// A network for other programs: an ONNX file, a description for the tools of bioimage.io, a page for people, and an
/// image with the network's answer for tests.
public struct ONNXExport {
  /// The files that are written.
  public enum File: String, CaseIterable, Sendable {
    /// The network with its weights.
    case network = "network.onnx"
    /// A grey image.
    case input = "test_input.npy"
    /// What the network says of it.
    case output = "test_output.npy"
    /// What people read.
    case page = "README.md"
    /// What programs read; the last, so that it never names what is not there yet.
    case description = "rdf.yaml"
  }

  /// What no network knows of itself.
  public struct Words: Sendable {
    /// What it is called.
    public let title: String
    /// Who made it.
    public let authors: [String]
    /// By which of SPDX's licences others may use it.
    public let license: String?

    /// Joins what is said.
    public init(title: String, authors: [String] = [], license: String? = nil) {
      (self.title, self.authors, self.license) = (title, authors, license)
    }

    /// Whether bioimage.io takes a text for a title: 5 to 128 letters, digits, blanks and `_+-()`.
    public static func isTitle(_ text: String) -> Bool {
      (5...128).contains(text.count)
        && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+- ()".contains($0)) }
    }
  }

  /// What the network is.
  public let architecture: Architecture
  /// What its channels are.
  public let channels: [String]
  private let predictor: Predictor
  private let folder: String
  private let place: String

  /// Takes a network out of a file of weights, to be written into a folder.
  ///
  /// `network`, `size` and `percentiles` count before what the file says. Where something would be replaced, the user
  /// is to choose another `place`.
  ///
  /// - Throws: `WeightsTrouble` as of `NetworkFile.predictor`, `WorkflowError.occupied`.
  public init(
    of file: NetworkFile, network: Architecture? = nil, size: Int? = nil,
    percentiles: Percentiles? = nil, threads: Int, into folder: String, place: String
  ) throws {
    architecture = try file.architecture(network)
    predictor = try file.predictor(
      network: network, size: size, percentiles: percentiles, views: .one, threads: threads)
    channels = predictor.tellsCellsApart ? ["cell", "core"] : ["cell"]
    (self.folder, self.place) = (folder, place)
    try Originals.refuseExisting(files, place: place)
  }

  /// A simulated image to test with, where there is no other.
  public var simulatedImage: Image {
    Simulator().image(seed: 1, size: min(predictor.size, Predictor.largestExample)).image
  }

  /// Writes all files, with the middle of an image to test them.
  ///
  /// - Parameters:
  ///   - image: An image such as the network learnt from.
  ///   - words: What it is called, or a name made of its architecture.
  ///   - version: That of the program.
  /// - Returns: the files.
  /// - Throws: `TrainingError.memory`, or what is wrong with the disk.
  public func write(testedWith image: Image, words: Words, version: String) throws -> [URL] {
    let example = try predictor.example(of: image)
    let target = try Output.resultFolder(folder)
    defer { target.removeIfEmpty() }
    let sides = [example.image.height, example.image.width]
    let network = predictor.onnxModel().pieces(
      name: architecture.rawValue, producer: ("aura", version))
    let contents: [(File, [Data])] = [
      (.network, network), (.input, [NPYFile.encode(example.image.values, shape: [1, 1] + sides)]),
      (
        .output,
        [
          NPYFile.encode(
            example.probabilities.flatMap(\.self), shape: [1, channels.count] + sides)
        ]
      ),
    ]
    var hashes: [File: String] = [:]
    for (file, pieces) in contents {
      try AtomicWrite.write(pieces, to: url(of: file), isDurable: false)
      var hash = SHA256()
      for piece in pieces { hash.update(piece) }
      hashes[file] = hash.digits()
    }
    let description = ModelDescription(
      words: words, network: architecture, channels: channels, size: predictor.size,
      least: predictor.smallest, multiple: predictor.multiple, percentiles: predictor.percentiles,
      hashes: hashes)
    try AtomicWrite.write(description.page, to: url(of: .page), isDurable: false)
    try AtomicWrite.write(description.yaml, to: url(of: .description), isDurable: false)
    return files
  }

  private var files: [URL] { File.allCases.map(url) }

  private func url(of file: File) -> URL {
    URL(filePath: folder, directoryHint: .isDirectory).appending(path: file.rawValue)
  }
}
