import Project

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
    if recipe.batch != 4 { found.append("batches of \(recipe.batch), the paper's of 4") }
    if recipe.learningRate != 3e-4 {
      found.append("learning rate \(recipe.learningRate), the paper's 0.0003")
    }
    return found
  }

  /// What of the data and the scoring is otherwise than the paper's, a sentence each.
  func remarks(on plan: ComparisonPlan) -> [String] {
    var remarks = [
      "The paper does not say which images it tested on; here they are those of the stored split."
    ]
    if !plan.data.images.contains("BU-BIL") {
      remarks.append(
        "The images are those of '\(plan.data.images)'; the paper's are BU-BIL's data set "
          + "\(paper.dataset).")
    } else if paper.dataset == 1 {
      remarks.append("Data set 1 is image for image the paper's (35).")
    } else {
      remarks.append(
        "The paper's crops of data set \(paper.dataset) are not published; these are cut around the"
          + " annotated cell, so only the protocol is the same.")
    }
    remarks.append(
      "The paper does not define its HD. Its 3 to 12 are far below the pixel distances of masks with"
        + " such an IoU, so both are shown and not compared.")
    if plan.scoring != .paper {
      remarks.append("Scored at each image's own size; the paper scores the resized crop.")
    }
    return remarks
  }

  private static let pretrained: Set = ["unet-resnet", "aura-net", "ce-net"]
}
