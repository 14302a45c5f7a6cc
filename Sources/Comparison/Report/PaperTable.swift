import Imaging
import Recipes

/// A table of Cohen and Uhlmann, ISBI 2021 (arXiv 2102.01389), as it was published.
struct PaperTable: Equatable, Sendable {
  /// A row of it.
  struct Row: Equatable, Sendable {
    /// What the paper calls the system.
    let title: String
    /// The network.
    let architecture: Architecture
    /// Whether the loss has the active contour term.
    let hasActiveContour: Bool
    /// IoU, Dice, precision and recall as shares of 0...1, then HD as printed.
    let values: [Double]

    init(
      _ title: String, _ architecture: Architecture, _ hasActiveContour: Bool, _ values: [Double]
    ) {
      self.title = title
      self.architecture = architecture
      self.hasActiveContour = hasActiveContour
      self.values = values.enumerated().map { $0 < 4 ? $1 / 100 : $1 }
    }

    /// A metric of the row; nil for those that the paper does not have.
    subscript(metric: Metric) -> Double? {
      PaperTable.metrics.firstIndex(of: metric).map { values[$0] }
    }
  }

  /// How it was trained and scored.
  let paper: PaperProtocol
  /// Its rows, in the paper's order.
  let rows: [Row]

  /// The columns of every table.
  static let metrics: [Metric] = [.iou, .dice, .precision, .recall, .hausdorff]

  /// The table of a number, 1 to 4.
  init?(_ number: Int) {
    guard let rows = Self.published[number], let paper = PaperProtocol("table\(number)") else {
      return nil
    }
    self.paper = paper
    self.rows = rows
  }

  /// The row of the same network with the same loss; CE-Net's whatever the loss.
  func row(of recipe: Recipe) -> Row? {
    rows.first { row in
      row.architecture == recipe.architecture
        && (row.architecture == .ceNet || row.hasActiveContour == recipe.hasActiveContour)
    }
  }

  private static let published: [Int: [Row]] = [
    1: [
      Row("U-net", .unet, false, [36.47, 49.92, 62.66, 63.92, 9.71]),
      Row("CE-net", .ceNet, false, [59.79, 72.87, 63.28, 94.23, 8.28]),
      Row("Attention U-net", .attentionUNet, false, [67.44, 79.77, 82.19, 81.57, 6.75]),
      Row("AURA-net", .auraNet, true, [74.64, 84.61, 88.17, 83.98, 6.12]),
    ],
    2: [
      Row("U-net", .unet, false, [60.74, 70.00, 72.53, 69.78, 8.56]),
      Row("CE-net", .ceNet, false, [67.67, 77.63, 70.82, 87.46, 7.98]),
      Row("Attention U-net", .attentionUNet, false, [75.15, 85.14, 80.35, 92.01, 5.51]),
      Row("AURA-net", .auraNet, true, [78.89, 87.78, 86.96, 89.87, 5.12]),
    ],
    3: [
      Row("U-net", .unet, false, [34.19, 45.61, 43.95, 65.69, 5.33]),
      Row("CE-net", .ceNet, false, [60.33, 74.93, 63.05, 94.44, 3.83]),
      Row("Attention U-net", .attentionUNet, false, [69.62, 80.80, 77.95, 85.42, 3.55]),
      Row("AURA-net", .auraNet, true, [69.76, 81.83, 73.03, 95.31, 3.42]),
    ],
    4: [
      Row("U-net", .unet, false, [36.47, 49.92, 62.66, 63.92, 9.71]),
      Row("U-net+ResNet", .unetResNet, false, [69.96, 81.39, 83.83, 83.71, 6.77]),
      Row("U-net+Attention", .attentionUNet, false, [67.44, 79.77, 82.19, 81.57, 6.75]),
      Row("U-net+AC loss", .unet, true, [38.29, 53.70, 70.50, 55.46, 11.25]),
      Row("U-net+ResNet+AC loss", .unetResNet, true, [70.31, 82.04, 83.18, 84.05, 6.71]),
      Row("U-net+Attention+AC loss", .attentionUNet, true, [68.42, 79.16, 81.89, 80.07, 6.65]),
      Row("U-net+ResNet+Attention", .auraNet, false, [71.27, 82.36, 84.22, 83.90, 6.57]),
      Row("AURA-net", .auraNet, true, [74.64, 84.61, 88.17, 83.98, 6.12]),
    ],
  ]
}

extension Recipe {
  /// Whether its loss has the active contour term of equation (1).
  var hasActiveContour: Bool { loss.gamma > 0 }

  /// Whether it is AURA-net as the paper has it.
  var isAuraNet: Bool { architecture == .auraNet && hasActiveContour }
}
