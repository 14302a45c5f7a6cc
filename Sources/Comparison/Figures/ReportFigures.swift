internal import Foundation
internal import Imaging
import Project
import Recipes

/// The pictures of a report.
struct ReportFigures {
  static let curvesFile = "curves.svg"
  static let predictionsFile = "predictions.png"
  /// What the picture of a recipe's worst cases is called.
  static func worstFile(of recipe: String) -> String { "worst-\(recipe).png" }

  /// Test images of a figure, at most.
  static let mostImages = 6
  /// Worst cases of a recipe.
  static let worstCases = 4

  let folder: ComparisonFolder
  let results: ComparisonResults
  let summary: ComparisonSummary

  /// Every figure's file under its name, curves as SVG and pictures as PNG; none before a run is finished.
  var all: [(name: String, data: Data)] {
    guard !summary.recipes.isEmpty else { return [] }
    return [
      (Self.curvesFile, Data(curves.svg.utf8)), (Self.predictionsFile, predictions.drawn().png),
    ] + summary.recipes.map { (Self.worstFile(of: $0.name), worst(of: $0.name).drawn().png) }
  }

  private var curves: CurveFigure {
    var training: [CurveFigure.Curve] = []
    var validation: [CurveFigure.Curve] = []
    var labels: [CurveFigure.Label] = []
    for (index, recipe) in summary.recipes.enumerated() {
      let ink = Ink.curves[index % Ink.curves.count]
      let dash: Double? = index < Ink.curves.count ? nil : 7
      labels.append(CurveFigure.Label(text: recipe.name, ink: ink, dash: dash))
      for run in results.runs(of: recipe.name) {
        func curve(_ loss: (EpochRecord) -> Double?) -> CurveFigure.Curve {
          CurveFigure.Curve(
            ink: ink, dash: dash,
            points: run.history.compactMap { record in
              loss(record).map { (Double(record.epoch), $0) }
            })
        }
        training.append(curve(\.trainLoss))
        validation.append(curve(\.validationLoss))
      }
    }
    return CurveFigure(
      panels: [
        CurveFigure.Panel(title: "training loss", curves: training),
        CurveFigure.Panel(title: "validation loss", curves: validation),
      ], labels: labels)
  }

  /// Rows from the best to the worst image, columns as in the paper's figure 2.
  private var predictions: PanelFigure {
    let names = summary.recipes.map(\.name)
    var figure = PanelFigure(titles: ["image", "truth"] + names, side: names.count > 5 ? 160 : 220)
    let ordered = summary.imagesByIoU
    let count = min(Self.mostImages, ordered.count)
    for row in 0..<count {
      let key = ordered[count == 1 ? 0 : row * (ordered.count - 1) / (count - 1)]
      let image = try? folder.image(of: key)
      let truth = try? folder.truth(of: key)
      figure.rows.append(
        [image.map { Self.panel($0, key) } ?? .absent(key.text), Self.panel(truth)]
          + names.map { name in
            Self.panel(
              prediction(of: key, by: name), truth, scoreText(of: key, by: name))
          })
    }
    return figure
  }

  /// The worst cases of a recipe as in the paper's figure 3, with where they go wrong.
  private func worst(of recipe: String) -> PanelFigure {
    var figure = PanelFigure(titles: ["image", "truth", "prediction", "errors"], side: 260)
    for key in summary.worstImages(of: recipe).prefix(Self.worstCases) {
      let image = try? folder.image(of: key)
      let truth = try? folder.truth(of: key)
      let found = prediction(of: key, by: recipe)
      var caption = scoreText(of: key, by: recipe)
      if let distance = summary.value(.hausdorff, of: recipe, on: key) {
        caption += " HD \(Metric.hausdorff.text(distance))"
      }
      figure.rows.append([
        image.map { Self.panel($0, key) } ?? .absent(key.text), Self.panel(truth),
        Self.panel(found, nil, caption), Self.panel(image, truth, found),
      ])
    }
    return figure
  }

  private func scoreText(of key: ImageKey, by recipe: String) -> String {
    summary.value(.iou, of: recipe, on: key).map { "IoU \(Metric.iou.text($0))" } ?? "not scored"
  }

  /// What the first run of a recipe that scored an image made of it.
  private func prediction(of key: ImageKey, by recipe: String) -> Mask? {
    results.run(of: recipe, on: key).flatMap { try? folder.prediction(of: key, by: $0.run) }
  }
}

extension ReportFigures {
  /// An image as it is.
  fileprivate static func panel(_ image: Image, _ key: ImageKey) -> PanelFigure.Panel {
    PanelFigure.Panel(
      size: (image.width, image.height),
      color: { Ink(grey: UInt8(min(max(image.values[$1 * image.width + $0], 0), 255))) },
      caption: key.text)
  }

  /// A mask in white on black, with what of it is wrong and what is missing by a truth of its size.
  fileprivate static func panel(
    _ found: Mask?, _ truth: Mask? = nil, _ caption: String = ""
  ) -> PanelFigure.Panel {
    guard let found else { return .absent("no file") }
    let isComparable = truth.map { $0.width == found.width && $0.height == found.height } ?? false
    let truth = isComparable ? truth : nil
    return PanelFigure.Panel(
      size: (found.width, found.height),
      color: { x, y in
        truth.flatMap { error(found[x, y], $0[x, y]) } ?? (found[x, y] ? .white : .black)
      }, caption: caption)
  }

  /// The image with what is wrong and what is missing over it.
  fileprivate static func panel(
    _ image: Image?, _ truth: Mask?, _ found: Mask?
  ) -> PanelFigure.Panel {
    guard let image, let truth, let found, truth.width == image.width,
      truth.height == image.height, found.width == image.width, found.height == image.height
    else { return .absent("no file") }
    return PanelFigure.Panel(
      size: (image.width, image.height),
      color: { x, y in
        let grey = Ink(grey: UInt8(min(max(image.values[y * image.width + x], 0), 255)))
        return error(found[x, y], truth[x, y]).map { grey.blended(with: $0, amount: 0.55) } ?? grey
      }, caption: "")
  }

  private static func error(_ found: Bool, _ truth: Bool) -> Ink? {
    switch (found, truth) {
    case (true, false): .predictedOnly
    case (false, true): .missed
    default: nil
    }
  }
}
