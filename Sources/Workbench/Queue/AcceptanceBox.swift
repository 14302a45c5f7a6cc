import Basics
import Project
import Recipes
import Screen

/// Asks above which estimated IoU all proposals are to be accepted unseen.
struct AcceptanceBox: BoxPart {
  enum Command: Sendable {
    case accept, cancel
    /// Moves the figure by so many hundredths.
    case change(by: Int)
  }

  /// The images as the queue knows them.
  let entries: [ProjectEntry]
  /// Images on which something was drawn that is not accepted.
  let drawnOn: Set<ImageKey>
  /// The figure in hundredths.
  private(set) var hundredths = 80

  /// What the figure would accept.
  private var acceptance: BulkAcceptance {
    BulkAcceptance(of: entries, above: figure) { drawnOn.contains($0) }
  }

  private var figure: Double { Double(hundredths) / 100 }

  init(entries: [ProjectEntry], drawnOn: Set<ImageKey>) {
    (self.entries, self.drawnOn) = (entries, drawnOn)
  }

  var bindings: [Binding<Self>] {
    [
      Binding<Self>("y", [.character("y"), .character("Y"), .enter], .accept, "accept them")
        .when { box, _ in !box.acceptance.taken.isEmpty }.hint("accept them", 1),
      Binding<Self>(
        [
          .init(
            "h", [.left(shift: false), .character("h"), .character("-")], .change(by: -1), "less"),
          .init(
            "l", [.right(shift: false), .character("l"), .character("+")], .change(by: 1), "more"),
        ], "figure"
      ).hint("figure", 2),
      Binding<Self>(
        [
          .init("j", [.down(shift: false), .character("j")], .change(by: -10), "a tenth less"),
          .init("k", [.up(shift: false), .character("k")], .change(by: 10), "a tenth more"),
        ], "by a tenth"
      ).hint("by a tenth", 3),
      Binding<Self>(
        "n", [.character("n"), .character("N"), .character("q"), .escape], .cancel, "not now"
      ).hint("not now", 4),
    ]
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .accept:
      window.box = nil
      window.answer = .acceptAbove(figure)
    case .cancel: window.box = nil
    case .change(let step): hundredths = min(max(hundredths + step, 1), 100)
    }
    return []
  }

  func hintLine(_ window: Window) -> Rect { dialog(window).answerLine(in: window.body) }

  func draw(_ window: Window, into grid: inout Grid) {
    grid.draw(dialog(window), in: window.body, theme: window.theme)
  }

  private func dialog(_ window: Window) -> Dialog {
    let (taken, left) = (acceptance.taken.count, acceptance.left.count)
    let text = NumberText.decimal(figure, digits: 2)
    return Dialog(
      title: "Accept without looking",
      text:
        "\(taken) of \(taken + left) proposals: IoU estimated at \(text) or more.\n\nTheir masks are"
        + " trained on as if you had drawn them; U takes that back.\n\n< \(text) >",
      answers: hints(window).hints, role: .warning)
  }
}

extension ProjectContext {
  /// Asks above which figure all proposals are to be accepted, where there are some that can be.
  mutating func askAcceptance() {
    guard !refusesChanges() else { return }
    guard list.entries.contains(where: { $0.state == .proposed && $0.quality != nil }) else {
      say("No proposal has an estimated quality yet; those of the next run have.")
      return
    }
    window.box = AcceptanceBox(entries: list.entries, drawnOn: list.changed)
  }

  /// Takes in which images were accepted by a figure, or are proposals again, but for what is decided here meanwhile.
  mutating func takeAcceptance(_ entries: [ProjectEntry], _ text: String?) {
    for entry in entries where list[entry.key] != entry && pending[entry.key] == nil {
      list.modify(entry.key) { $0 = entry }
      cache.forget(entry.key)
    }
    list.startsOver = true
    list.arrange()
    if let text { say(text) }
  }
}
