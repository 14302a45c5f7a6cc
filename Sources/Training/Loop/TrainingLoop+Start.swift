import Autograd
import Imaging
import Recipes
import Weights

extension TrainingLoop {
  /// How much of what was learnt the run is to keep, by its settings or by images without labels; nil where it keeps all
  /// without asking, as one from random weights does.
  func keptShare(on images: UnlabelledImages) -> KeptShare? {
    guard let start, state.step > 0 else { return nil }
    switch parts.startAverage {
    case .none: return nil
    case .fixed(let share): return KeptShare(share: share)
    case .byAgreement, .measured:
      return parts.startAverage.kept(overlaps(with: start, on: images))
    }
  }

  /// The weights to end with, if `weightsToSave` are those that were learnt.
  func weightsToSave(keeping kept: KeptShare) -> StateDict? {
    guard let learnt = weightsToSave, let start else { return nil }
    return learnt.moved(by: kept.share, from: start)
  }

  /// Why a share that was asked for does not count, if so.
  var shareNote: String? {
    guard case .training(let recipe, _) = parts.settings, start == nil,
      case .fixed(let share) = recipe.optimisation.learntShare, share < 1
    else { return nil }
    let reason =
      parts.startAverage == .none
      ? "the weights of the best epoch are kept as they are"
      : "the run does not begin with the weights of its whole network"
    return "learntShare \(share) does not count: \(reason)"
  }

  /// The IoU of the masks by the weights at the start and those in hand, of the crops that a run would train on; images
  /// that cannot be read are passed over, and so are those in which neither finds a cell.
  private func overlaps(
    with start: StateDict, on images: UnlabelledImages
  ) -> [(key: ImageKey, iou: Double)] {
    let recipe = parts.settings.recipe
    let before = ParameterStore(copyOf: parameters)
    for tensor in start.tensors { before[tensor.path] = tensor.values }
    return images.sample(StartAverage.mostImages).compactMap { key in
      guard let image = try? images.read(key) else { return nil }
      let crop = Crop(of: image, for: recipe)
      let squares = Patch.grid(side: recipe.stepSide, in: crop, most: StartAverage.mostPatches)
        .map { crop.square($0) }
      let scores = Scores(
        prediction: mask(of: squares, by: measured), truth: mask(of: squares, by: before))
      return scores.isEmpty ? nil : (key, scores.iou)
    }
  }

  /// What some weights make of squares of an image, one below the other, in the memory that steps run in.
  private func mask(of squares: [Crop], by parameters: ParameterStore) -> Mask {
    let pixels = squares.flatMap { square -> [UInt8] in
      let batch = Batch([square])
      let pass = passes.pass(for: batch, learns: false, parameters)
      _ = pass.forward(batch)
      return pass.lastLogits.map { $0 > 0 ? 1 : 0 }
    }
    let side = squares.first?.side ?? 0
    return Mask(width: side, height: side * squares.count, pixels: pixels)
  }
}

extension StateDict {
  /// The tensors that a network has too, in the same shape.
  func part(known parameters: ParameterStore) -> StateDict {
    let paths = Set(parameters.paths)
    return StateDict(
      tensors.filter { paths.contains($0.path) && parameters.shape(of: $0.path) == $0.shape })
  }
}
