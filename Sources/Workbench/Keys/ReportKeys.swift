import Screen

/// The keys of a comparison's report.
enum ReportKeys {
  private static let tabs: [Binding] = [
    Binding([.function(2)], "F2", .show(.scores), "scores"),
    Binding([.function(3)], "F3", .show(.curves), "curves"),
    Binding([.function(4)], "F4", .show(.panes), "predictions"),
    Binding("q", .back, "back; from the scores out"),
    Binding([.control("c")], "Ctrl-C", .interrupt, "leave at once"),
  ]

  private static let recipes: [Binding] = [
    Binding([.up(shift: false), .character("k")], "Up k", .selectPrevious, "recipe above"),
    Binding([.down(shift: false), .character("j")], "Down j", .selectNext, "recipe below"),
    Binding([.home], "Home", .selectFirst, "first recipe"),
    Binding([.end], "End", .selectLast, "last recipe"),
    Binding([.character(" ")], "Space", .hideOrShow, "hide or show it in curves and predictions"),
    Binding("o", .showOnly, "show only it, or all again"),
    Binding([.enter], "Enter", .open, "predictions"),
  ]

  private static let losses: [Binding] = [
    Binding("t", .toggleLoss, "training or validation loss"),
    Binding("L", .toggleLog, "logarithmic loss"),
    Binding("-", .smoothLess, "less smoothing"),
    Binding([.character("="), .character("+")], "=", .smoothMore, "more smoothing"),
  ]

  /// Of the table of scores.
  static let scores: [Binding] =
    recipes + [Binding("s", .sort, "sort by the plan, IoU, Dice or HD")] + losses + tabs

  /// Of the curves.
  static let curves: [Binding] = recipes + losses + tabs

  /// Of the predictions.
  static let panes: [Binding] =
    [
      Binding("n", .nextImage, "next image, the worst first"),
      Binding("N", .previousImage, "image before"),
      Binding([.home], "Home", .selectFirst, "worst image"),
      Binding([.end], "End", .selectLast, "best image"),
      Binding([.pageDown, .character("]")], "] PgDn", .nextPage, "more recipes"),
      Binding([.pageUp, .character("[")], "[ PgUp", .previousPage, "recipes before"),
      Binding("v", .nextLayer, "errors, outlines or the image alone"),
      Binding("d", .nextSeed, "predictions of another seed"),
      Binding([.left(shift: false), .character("h")], "hjkl", .pan(dx: -1, dy: 0), "move"),
      Binding([.down(shift: false), .character("j")], "", .pan(dx: 0, dy: 1)),
      Binding([.up(shift: false), .character("k")], "", .pan(dx: 0, dy: -1)),
      Binding([.right(shift: false), .character("l")], "", .pan(dx: 1, dy: 0)),
    ] + Keymap.zoom + tabs
}
