import Project
import Recipes

extension PaperTable {
  /// How a recipe's run differs from what the paper says of its own, in words; empty where it does not.
  func differences(of recipe: Recipe) -> [String] {
    var found: [String] = []
    switch (recipe.weights, Self.pretrained.contains(recipe.architecture)) {
    case (.random, false): break
    case (.random, true): found.append("random weights, the paper's encoder is ImageNet's")
    case (.simulatedEncoder, _):
      found.append("an encoder learnt from simulated images, the paper's from ImageNet")
    case (.simulated, true):
      found.append(
        "the whole network learnt from simulated images, the paper's encoder from ImageNet")
    case (.simulated, false):
      found.append("the whole network learnt from simulated images, the paper's from nothing")
    case (.file(let name), let isPretrained):
      found.append(
        "weights of '\(name)', the paper's \(isPretrained ? "encoder is ImageNet's" : "are random")"
      )
    }
    if recipe.size != paper.size {
      found.append("\(recipe.size) pixels a side, the paper's \(paper.size)")
    }
    if let steps = recipe.steps {
      found.append("\(steps) steps, the paper's \(paper.epochs) epochs")
    } else if recipe.epochs != paper.epochs {
      found.append("\(recipe.epochs) epochs, the paper's \(paper.epochs)")
    }
    return found + settings(of: recipe)
  }

  /// The other settings that are not the protocol's, by their names in YAML.
  private func settings(of recipe: Recipe) -> [String] {
    guard let row = row(of: recipe) else { return [] }
    var expected = Recipe()
    expected.augmentation = .paper
    // CE-Net has its row whatever the loss; other rows have the active contour term or not.
    if row.architecture == .ceNet {
      expected.loss.gamma = recipe.loss.gamma
    } else if !row.hasActiveContour {
      expected.loss.gamma = 0
    }
    return Recipe.settings.compactMap { setting in
      guard setting.isShared, !Self.toldInWords.contains(setting.name) else { return nil }
      let (ours, theirs) = (setting.text(of: recipe), setting.text(of: expected))
      guard ours != theirs, let ours, let theirs else { return nil }
      return "\(setting.name) \(ours), the protocol's \(theirs)"
    }
  }

  private static let toldInWords: Set = ["architecture", "weights", "size", "epochs", "steps"]

  /// What of the data and the scoring is otherwise than the paper's, a sentence each.
  func remarks(on plan: ComparisonPlan) -> [String] {
    var remarks = [
      "The paper does not say which images it tested on; here they are those of the stored split."
    ]
    let source = "The images are those of '\(plan.data.images)'"
    if plan.data.images.hasSuffix("BU-BIL_Dataset\(paper.dataset)/RawImages"), paper.dataset == 1 {
      remarks.append(
        source + ", by its name BU-BIL's data set 1: whole images, as in the paper (35 of them).")
    } else if paper.dataset == 1 {
      remarks.append(source + "; the paper's are BU-BIL's data set 1.")
    } else {
      remarks.append(
        source + "; the paper's are crops of BU-BIL's data set \(paper.dataset), which are not "
          + "published, so at most the protocol is the same.")
    }
    remarks.append(
      "The paper does not define its HD. Its 3 to 12 are far below the pixel distances of masks with"
        + " such an IoU, so both are shown and not compared.")
    if plan.scoring != .paper {
      remarks.append("Scored at each image's own size; the paper scores the resized crop.")
    }
    return remarks
  }

  private static let pretrained: Set<Architecture> = [.unetResNet, .auraNet, .ceNet]
}
