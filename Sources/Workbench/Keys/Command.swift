/// What a key means on a screen.
enum Command: Hashable, Sendable {
  // Everywhere.
  case show(Tab)
  case help, palette, back, train, redraw, suspend, interrupt
  // Lists.
  case selectPrevious, selectNext, selectPageUp, selectPageDown, selectFirst, selectLast
  case open, sort, filter
  // Decisions.
  case accept, reject, takeProposal, nextImage, previousImage
  // Pen and tools.
  case tool(Tool)
  case smaller, larger
  case move(dx: Int, dy: Int)
  case penDownOrUp, commit, cancel
  case undo, redo
  // The look of a picture.
  case toggleMask, toggleOutline, nextLayer, toggleContrast, narrowWindow, widenWindow
  case zoomIn, zoomOut, zoomFit, zoomOne
  case pan(dx: Int, dy: Int)
  // The run.
  case pauseOrResume, stopAfterEpoch, stopNow, toggleLog, smoothLess, smoothMore
  // Review.
  case correct, refresh
  // The report of a comparison.
  case hideOrShow, showOnly, toggleLoss, nextSeed, nextPage, previousPage

  /// Whether it makes sense where there is only a run to look at.
  var isOfRun: Bool {
    switch self {
    case .pauseOrResume, .stopAfterEpoch, .stopNow, .toggleLog, .smoothLess, .smoothMore, .help,
      .palette, .back, .redraw, .suspend, .interrupt:
      true
    default: false
    }
  }

  /// Whether it makes sense where there is only a report to look at.
  var isOfReport: Bool {
    switch self {
    case .show(let tab): Tab.ofReport.contains(tab)
    case .help, .palette, .back, .redraw, .suspend, .interrupt, .selectPrevious, .selectNext,
      .selectPageUp, .selectPageDown, .selectFirst, .selectLast, .open, .sort, .nextImage,
      .previousImage, .nextLayer, .toggleContrast, .narrowWindow, .widenWindow, .zoomIn, .zoomOut,
      .zoomFit, .zoomOne, .pan, .toggleLog, .smoothLess, .smoothMore:
      true
    default: isOnlyOfReport
    }
  }

  /// Whether it makes sense in a report alone.
  var isOnlyOfReport: Bool {
    switch self {
    case .hideOrShow, .showOnly, .toggleLoss, .nextSeed, .nextPage, .previousPage: true
    default: false
    }
  }

  /// Whether a stroke in hand goes on through it; any other command ends the stroke first.
  var keepsStroke: Bool {
    switch self {
    case .move, .penDownOrUp, .commit, .cancel, .smaller, .larger, .toggleMask, .toggleOutline,
      .toggleContrast, .narrowWindow, .widenWindow, .zoomIn, .zoomOut, .zoomFit, .zoomOne, .redraw,
      .nextLayer:
      true
    default: false
    }
  }
}

/// What the pen does.
enum Tool: Hashable, Sendable {
  /// Draws cell.
  case brush
  /// Draws background.
  case eraser
  /// Turns a connected region.
  case fill

  /// What the panel calls it.
  var title: String {
    switch self {
    case .brush: "brush"
    case .eraser: "eraser"
    case .fill: "fill"
    }
  }
}
