import Comparison
public import Imaging
import Project
import Recipes
import Screen

/// What the recipes of a comparison make of one test image, side by side with it and its truth.
struct PanesScreen: ScreenPart {
  enum Command: Sendable {
    case move(ListMove)
    case nextPage, previousPage, nextLayer, nextSeed
    case view(Viewer.Command)
  }

  /// What lies over a prediction's image.
  enum Layer: CaseIterable, Sendable {
    /// What is right, wrong and missed.
    case errors
    /// The predicted mask and its outline.
    case mask
    case none
  }

  /// The chosen image's place among the report's.
  private(set) var place = 0
  /// How many recipes the panes skip.
  private(set) var firstPane = 0
  /// Which seed's predictions are shown.
  private(set) var seedPlace = 0
  private(set) var layer = Layer.errors
  /// How all panes look at the image.
  private(set) var viewer = Viewer()
  private var listView = ListView()
  var cache = ImageShelf<ReportPictures>(mostImages: 3)
  private var shownRecipes: [String] = []

  static let table = joined(
    [
      Binding<Self>("n", .move(.next), "next image, the worst first").hint("image", 1),
      Binding<Self>("N", .move(.previous), "image before").hint("image", 1),
      Binding<Self>("Home", [.home], .move(.first), "worst image"),
      Binding<Self>("End", [.end], .move(.last), "best image"),
      Binding<Self>("] PgDn", [.pageDown, .character("]")], .nextPage, "more recipes")
        .hint("more recipes", 3, keys: "]"),
      Binding<Self>("[ PgUp", [.pageUp, .character("[")], .previousPage, "recipes before")
        .hint("more recipes", 2, keys: "["),
      Binding<Self>("v", .nextLayer, "errors, outlines or the image alone").hint("layers", 4),
      Binding<Self>("d", .nextSeed, "predictions of another seed").unless { _, report in
        report.results.plan.seeds.count > 1 ? nil : "There is only one seed."
      }.hint("seed", 7),
    ], Viewer.panBindings(rank: 6) { .view($0) }, Viewer.bindings(zoomRank: 5) { .view($0) },
    Viewer.contrastBindings { .view($0) })

  mutating func perform(_ command: Command, _ report: inout ReportContext) -> [Effect] {
    switch command {
    case .move(let move):
      place = move.row(from: place, of: report.images.count, page: 1) ?? 0
    case .nextPage:
      let next = firstPane + panesShown(report)
      if next < report.shown.count { firstPane = next }
    case .previousPage: firstPane = max(0, firstPane - panesShown(report))
    case .nextLayer: layer = layer.next
    case .nextSeed:
      seedPlace = (seedPlace + 1) % max(1, report.results.plan.seeds.count)
      cache.clear()
      report.say("Predictions of seed \(seed(report) ?? 0).")
    case .view(let command):
      viewer.perform(command, viewport(report), &report.window.display)
    }
    return []
  }

  /// Clicks choose images; on the panes the wheel zooms and a drag moves.
  mutating func take(_ mouse: Mouse, _ report: inout ReportContext) -> [Effect] {
    let list = report.window.panesLayout.list
    guard list.contains(mouse.point), !viewer.isDragged else {
      viewer.take(
        mouse, in: panes(report).map(\.picture), viewport(report), &report.window.display)
      return []
    }
    let click = listView.take(
      mouse, table(report, in: list), in: list, isDoubleClick: report.window.isDoubleClick)
    if let click { place = click.row }
    return []
  }

  /// Begins with the first recipe where others are shown, and asks for the image and the next.
  mutating func follow(_ report: inout ReportContext) -> [Effect] {
    let names = report.shown.map(\.name)
    if Set(names) != Set(shownRecipes) { firstPane = 0 }
    shownRecipes = names
    listView.scroll.follow(
      place, of: report.images.count, visible: report.window.panesLayout.list.size.rows)
    let seed = seed(report)
    return cache.request(report.images.dropFirst(place).prefix(2))
      .map { .loadReport($0, seed: seed) }
      + cache.stretch(key(report), to: report.window.display.contrast)
  }

  mutating func insert(_ pictures: ReportPictures, for key: ImageKey, _ report: ReportContext) {
    let masks = [pictures.truth] + pictures.predictions.values
    guard report.images.contains(key), masks.allSatisfy({ $0.fits(pictures.image) }) else {
      return cache.fail(key, "image and masks do not fit")
    }
    cache.insert(pictures, for: key)
  }

  /// The chosen image.
  func key(_ report: ReportContext) -> ImageKey? {
    report.images.indices.contains(place) ? report.images[place] : nil
  }

  func seed(_ report: ReportContext) -> UInt64? {
    let seeds = report.results.plan.seeds
    return seeds.indices.contains(seedPlace) ? seeds[seedPlace] : nil
  }

  /// Panes for the image, the truth and as many recipes as are large enough to be looked at.
  func panes(_ report: ReportContext) -> [Rect] {
    report.window.panesLayout.picture.panes(wanted: 2 + max(0, report.shown.count - firstPane))
  }

  func panesShown(_ report: ReportContext) -> Int { max(1, panes(report).count - 2) }

  /// The viewport of the chosen image in the first pane.
  func viewport(_ report: ReportContext) -> Viewport? {
    key(report).flatMap { cache[$0] }.map {
      viewer.viewport(of: $0.shown.image, in: panes(report)[0].picture)
    }
  }

  /// The list of images, with the mean IoU of all recipes.
  func table(_ report: ReportContext, in list: Rect) -> Table {
    Table(
      columns: [Table.Column(), Table.Column(width: 5, alignsRight: true)],
      count: report.images.count, selected: place, hasHeader: false, first: listView.scroll.first
    ) { row in
      let key = report.images[row]
      let values = report.summary.recipes.compactMap {
        report.summary.value(.iou, of: $0.name, on: key)
      }
      let mean = Statistics.mean(values) ?? 0
      return [
        Table.Item(" " + key.text.fittedToEnd(of: list.size.columns - 7)),
        Table.Item(Metric.iou.text(mean), mean < 0.5 ? .error : .text),
      ]
    }
  }
}

/// What a report shows side by side of one test image.
public struct ReportPictures: ShowsImage {
  /// The image as it was scored.
  var shown: ShownImage
  /// Its pixels.
  public var image: Image { shown.image }
  /// Its mask, of the same size.
  public let truth: TiledMask
  /// What each recipe's network made of it, by the recipe's name; some may be missing.
  public let predictions: [String: TiledMask]

  /// Joins them, ready to be drawn.
  public init(image: Image, truth: Mask, predictions: [String: Mask]) {
    shown = ShownImage(image)
    self.truth = TiledMask(truth)
    self.predictions = predictions.mapValues { TiledMask($0) }
  }
}
