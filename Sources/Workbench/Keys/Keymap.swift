import Screen

/// Which key does what on which screen: the one table behind dispatch, hints and help.
enum Keymap {
  /// What a key means on a screen.
  static func command(for key: Key, on tab: Tab) -> Command? {
    for binding in own(tab) where binding.keys.contains(key) { return binding.command }
    for binding in everywhere where binding.keys.contains(key) { return binding.command }
    return nil
  }

  /// The keys of a screen in the order in which the help shows them, its own first.
  static func bindings(on tab: Tab) -> [Binding] {
    let own = own(tab)
    let taken = Set(own.flatMap(\.keys))
    return (own + everywhere.filter { taken.isDisjoint(with: $0.keys) })
      .filter { !$0.text.isEmpty }
  }

  /// The keys of one screen.
  private static func own(_ tab: Tab) -> [Binding] {
    switch tab {
    case .queue: queue
    case .annotate: annotate
    case .train: train
    case .review: review
    case .scores: ReportKeys.scores
    case .curves: ReportKeys.curves
    case .panes: ReportKeys.panes
    }
  }

  private static let everywhere: [Binding] = [
    Binding("g", .train, "train on accepted masks"),
    Binding([.function(2)], "F2", .show(.queue), "queue of images"),
    Binding([.function(3)], "F3", .show(.annotate), "annotate"),
    Binding([.function(4)], "F4", .show(.train), "training run"),
    Binding([.function(5)], "F5", .show(.review), "review the failures"),
    Binding([.character("?"), .function(1)], "? F1", .help, "these keys"),
    Binding([.control("p"), .character(":")], "Ctrl-P :", .palette, "find and run a command"),
    Binding("q", .back, "back; from the queue out"),
    Binding([.control("c")], "Ctrl-C", .interrupt, "save and leave at once"),
    Binding([.control("z")], "Ctrl-Z", .suspend, "to the shell until fg"),
    Binding([.control("l")], "Ctrl-L", .redraw, "draw again, read again"),
  ]

  private static let list: [Binding] = [
    Binding([.up(shift: false), .character("k")], "Up k", .selectPrevious, "image above"),
    Binding([.down(shift: false), .character("j")], "Down j", .selectNext, "image below"),
    Binding([.pageUp, .up(shift: true), .character("K")], "PgUp", .selectPageUp, "a page up"),
    Binding(
      [.pageDown, .down(shift: true), .character("J")], "PgDn", .selectPageDown, "a page down"),
    Binding([.home], "Home", .selectFirst, "first image"),
    Binding([.end], "End", .selectLast, "last image"),
  ]

  static let zoom: [Binding] = [
    Binding([.character("+"), .character("=")], "+ -", .zoomIn, "zoom"),
    Binding([.character("-"), .character("_")], "", .zoomOut),
    Binding("0", .zoomFit, "whole image"),
    Binding("1", .zoomOne, "pixel for pixel"),
    Binding("c", .toggleContrast, "contrast stretched or full"),
    Binding([.character("<")], "< >", .narrowWindow, "more or less contrast"),
    Binding([.character(">")], "", .widenWindow),
  ]

  private static let queue: [Binding] =
    [
      Binding([.enter], "Enter", .open, "open the image"),
      Binding("a", .accept, "accept the mask"),
      Binding("r", .reject, "reject the proposal"),
      Binding("s", .sort, "sort by uncertainty, name or state"),
      Binding("/", .filter, "filter by name or state"),
      Binding([.escape], "Esc", .cancel, "clear the filter"),
      Binding([.character("n")], "n", .selectNext),
      Binding([.character("N")], "N", .selectPrevious),
      Binding("m", .toggleMask, "mask on or off"),
      Binding("x", .toggleOutline, "outline on or off"),
      Binding("c", .toggleContrast, "contrast: stretched or the full range"),
    ] + list

  private static let annotate: [Binding] =
    [
      Binding("b", .tool(.brush), "brush"),
      Binding("e", .tool(.eraser), "eraser"),
      Binding("f", .tool(.fill), "fill; after e clear"),
      Binding([.character("]")], "[ ]", .larger, "size of brush or eraser"),
      Binding([.character("[")], "", .smaller),
      Binding(
        [.left(shift: false), .character("h")], "hjkl", .move(dx: -1, dy: 0), "pen, as the arrows"),
      Binding([.down(shift: false), .character("j")], "", .move(dx: 0, dy: 1)),
      Binding([.up(shift: false), .character("k")], "", .move(dx: 0, dy: -1)),
      Binding([.right(shift: false), .character("l")], "", .move(dx: 1, dy: 0)),
      Binding(
        [.left(shift: true), .character("H")], "HJKL", .move(dx: -8, dy: 0), "by 8, as Shift-arrows"
      ),
      Binding([.down(shift: true), .character("J")], "", .move(dx: 0, dy: 8)),
      Binding([.up(shift: true), .character("K")], "", .move(dx: 0, dy: -8)),
      Binding([.right(shift: true), .character("L")], "", .move(dx: 8, dy: 0)),
      Binding([.character(" ")], "Space", .penDownOrUp, "pen on the image or off"),
      Binding([.enter], "Enter", .commit, "end the stroke"),
      Binding([.escape], "Esc", .cancel, "drop the stroke in hand"),
      Binding([], "mouse", .redraw, "left draws, right moves"),
      Binding("u", .undo, "undo"),
      Binding([.control("r")], "Ctrl-R", .redo, "redo"),
      Binding("y", .takeProposal, "take the proposal as draft"),
      Binding("a", .accept, "accept, go to the next"),
      Binding("r", .reject, "reject, go to the next"),
      Binding([.character("n")], "n N", .nextImage, "next, previous image"),
      Binding([.character("N")], "", .previousImage),
      Binding("m", .toggleMask, "mask on or off"),
      Binding("x", .toggleOutline, "outline on or off"),
      Binding("v", .nextLayer, "mask, proposal, difference"),
    ] + zoom

  private static let train: [Binding] = [
    Binding([.character(" ")], "Space", .pauseOrResume, "pause or go on"),
    Binding("S", .stopAfterEpoch, "stop after this epoch"),
    Binding("X", .stopNow, "stop now, keeping the best weights"),
    Binding("L", .toggleLog, "logarithmic loss"),
    Binding("-", .smoothLess, "less smoothing"),
    Binding([.character("="), .character("+")], "=", .smoothMore, "more smoothing"),
  ]

  private static let review: [Binding] =
    [
      Binding([.enter, .character("e")], "e Enter", .correct, "correct it on the annotate screen"),
      Binding("m", .toggleMask, "masks on or off"),
      Binding("x", .toggleOutline, "outlines on or off"),
      Binding("n", .selectNext, "next case"),
      Binding("N", .selectPrevious, "previous case"),
      Binding([.pageUp], "PgUp", .selectPageUp),
      Binding([.pageDown], "PgDn", .selectPageDown),
      Binding([.home], "Home", .selectFirst, "worst case"),
      Binding([.end], "End", .selectLast, "best case"),
      Binding("R", .refresh, "compute again with the newest weights"),
      Binding([.left(shift: false), .character("h")], "hjkl", .pan(dx: -1, dy: 0), "move"),
      Binding([.down(shift: false), .character("j")], "", .pan(dx: 0, dy: 1)),
      Binding([.up(shift: false), .character("k")], "", .pan(dx: 0, dy: -1)),
      Binding([.right(shift: false), .character("l")], "", .pan(dx: 1, dy: 0)),
    ] + zoom
}
