import Basics
import Recipes
import Weights
import Yams

/// A network as bioimage.io describes it (https://bioimage-io.github.io/spec-bioimage-io, format 0.5): what goes in,
/// what comes out, and arrays to test both with.
struct ModelDescription {
  /// Who made it, what it is called and who may use it; a licence is one of SPDX's names.
  let words: ONNXExport.Words
  let network: Architecture
  /// What its channels say.
  let channels: [String]
  /// The side that images are best brought to.
  let size: Int
  let least: Int
  let multiple: Int
  let percentiles: Percentiles
  /// The files beside it with their SHA-256.
  let hashes: [ONNXExport.File: String]

  /// The text of the file.
  var yaml: String {
    do {
      return try Yams.serialize(node: Node(fields), width: -1, allowUnicode: true)
    } catch {
      preconditionFailure("\(fields) cannot be written: \(error)")
    }
  }

  private var fields: [(Node, Node)] {
    var fields: [(Node, Node)] = [
      ("format_version", "0.5.4"), ("type", "model"), ("name", quoted(words.title)),
      ("description", quoted(summary)),
    ]
    let authors = words.authors.map { name -> Node in ["name": quoted(name)] }
    if !authors.isEmpty { fields.append(("authors", Node(authors))) }
    if let license = words.license { fields.append(("license", quoted(license))) }
    let papers = network.papers.map { paper -> Node in
      ["text": quoted(paper.text), "doi": quoted(paper.doi)]
    }
    fields += [
      ("documentation", Node(ONNXExport.File.page.rawValue)), ("cite", Node(papers)),
      ("tags", ["segmentation", "cells", "phase-contrast", "2d", "onnx", Node("\(network)")]),
      ("inputs", [input]), ("outputs", [output]), ("weights", ["onnx": weights]),
    ]
    return fields
  }

  private var summary: String {
    "Probabilities of pixels to be \(channels.joined(separator: " and ")) in label-free microscopy, by \(network); "
      + "images are best \(size) pixels at their smaller side."
  }

  private var input: Node {
    let size: Node = ["min": Node("\(least)"), "step": Node("\(multiple)")]
    return [
      "id": Node(ONNXModel.input),
      "axes": [
        ["type": "batch"], ["type": "channel", "channel_names": ["grey"]],
        ["type": "space", "id": quoted("y"), "size": size],
        ["type": "space", "id": quoted("x"), "size": size],
      ],
      "data": ["type": "float32"],
      "test_tensor": file(.input),
      "preprocessing": [
        [
          "id": "scale_range",
          "kwargs": [
            "axes": ["channel", quoted("y"), quoted("x")],
            "min_percentile": Node("\(percentiles.low)"),
            "max_percentile": Node("\(percentiles.high)"),
          ],
        ],
        ["id": "clip", "kwargs": ["min": "0.0", "max": "1.0"]],
      ],
    ]
  }

  private var output: Node {
    [
      "id": Node(ONNXModel.output),
      "axes": [
        ["type": "batch"], ["type": "channel", "channel_names": Node(channels.map { Node($0) })],
        side("y"), side("x"),
      ],
      "data": ["type": "float32", "range": ["0.0", "1.0"]],
      "test_tensor": file(.output),
    ]
  }

  /// A side of the output, as long as that of the input.
  private func side(_ axis: String) -> Node {
    [
      "type": "space", "id": quoted(axis),
      "size": ["tensor_id": Node(ONNXModel.input), "axis_id": quoted(axis)],
    ]
  }

  private var weights: Node {
    let source: [(Node, Node)] = [
      ("source", Node(ONNXExport.File.network.rawValue)),
      ("sha256", quoted(hashes[.network] ?? "")),
      ("opset_version", Node("\(ONNXModel.operatorSet)")),
    ]
    return Node(source)
  }

  private func file(_ file: ONNXExport.File) -> Node {
    ["source": Node(file.rawValue), "sha256": quoted(hashes[file] ?? "")]
  }

  /// A text that no reader takes for a number or for yes.
  private func quoted(_ text: String) -> Node { Node(text, .implicit, .singleQuoted) }
}

extension Architecture {
  /// What is to be cited, with where it is found.
  var papers: [(text: String, doi: String)] {
    let aura = (
      "Cohen and Uhlmann 2021, AURA-net: robust segmentation of phase-contrast microscopy images with few annotations",
      "10.48550/arXiv.2102.01389"
    )
    switch self {
    case .auraNet, .unetResNet: return [aura]
    case .unet:
      return [
        (
          "Ronneberger et al. 2015, U-Net: convolutional networks for biomedical image segmentation",
          "10.48550/arXiv.1505.04597"
        ), aura,
      ]
    case .attentionUNet:
      return [
        (
          "Oktay et al. 2018, Attention U-Net: learning where to look for the pancreas",
          "10.48550/arXiv.1804.03999"
        ), aura,
      ]
    case .ceNet:
      return [
        (
          "Gu et al. 2019, CE-Net: context encoder network for 2D medical image segmentation",
          "10.48550/arXiv.1903.02740"
        ), aura,
      ]
    }
  }
}
