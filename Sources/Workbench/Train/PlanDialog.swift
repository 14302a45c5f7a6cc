import Basics
import Project
import Recipes
import Screen

/// The settings of a run before it starts: those that the table of settings gives to the screen.
struct PlanDialog: BoxPart {
  /// Accepted masks in all.
  let labels: Int
  /// Of these, how many were drawn on since they were accepted.
  let changed: Int
  /// The size that was found for the images, if one was.
  var foundSize: FoundSize?
  /// The newest answer of the host.
  var forecast: RunForecast?
  /// The settings as adjusted; the forecast's before that.
  var recipe: Recipe?
  /// Which of the fields the arrows change.
  private(set) var chosen = 0
  /// Whether the run is to start as soon as it is known that it can.
  var isAwaited = false

  var settings: Recipe? { recipe ?? forecast?.recipe }

  /// The settings to start with; none where it is not known that a run by them can be done.
  var startable: Recipe? {
    guard !isStale, case .go = forecast?.verdict else { return nil }
    return forecast?.recipe
  }

  /// Why a run by the settings shown cannot be done, if it is known that it cannot.
  var refusal: String? {
    guard !isStale, case .refused(let text) = forecast?.verdict else { return nil }
    return text
  }

  /// Whether the forecast is for other settings than those shown.
  var isStale: Bool { forecast == nil || (recipe != nil && recipe != forecast?.recipe) }

  /// What can be set: what counts in the settings, epochs or steps.
  var fields: [Setting<Recipe>] {
    guard let settings else { return [] }
    return Recipe.settings.filter { $0.screen != nil && $0.text(of: settings) != nil }
  }

  enum Command: Sendable {
    case start, cancel
    /// Chooses a field so many further down, around the ends.
    case choose(by: Int)
    case change(by: Int)
  }

  var bindings: [Binding<Self>] {
    [
      Binding<Self>("Enter", [.enter, .character("g")], .start, "start")
        .when { plan, _ in plan.refusal == nil }.hint("start", 1),
      Binding<Self>(
        "Up", [.up(shift: false), .up(shift: true), .character("k"), .backTab],
        .choose(by: -1), "setting above"),
      Binding<Self>(
        "Down", [.down(shift: false), .down(shift: true), .character("j"), .tab],
        .choose(by: 1), "setting below"),
      Binding<Self>(
        "Left", [.left(shift: false), .left(shift: true), .character("h"), .character("-")],
        .change(by: -1), "less"),
      Binding<Self>(
        "arrows", [.right(shift: false), .right(shift: true), .character("l"), .character("+")],
        .change(by: 1), "more"
      ).hint("change", 2),
      Binding<Self>("Esc", [.escape, .character("q")], .cancel, "not now").hint("not now", 3),
    ]
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .start:
      isAwaited = isStale && settings != nil
      guard let startable else { return [] }
      window.box = nil
      window.answer = .start(startable)
    case .cancel: window.box = nil
    case .choose(let steps):
      if !fields.isEmpty { chosen = (chosen + steps + fields.count) % fields.count }
    case .change(let steps): change(by: steps, &window)
    }
    return []
  }

  /// Changes the chosen field by steps, and asks what a run so would do.
  private mutating func change(by steps: Int, _ window: inout Window) {
    guard var settings, fields.indices.contains(chosen) else { return }
    isAwaited = false
    fields[chosen].move(&settings, by: steps)
    recipe = settings
    window.answer = .plan(settings)
  }

  /// A click chooses a setting, at its brackets changes it; the wheel changes the chosen one.
  mutating func take(_ mouse: Mouse, _ window: inout Window) {
    switch (mouse.action, mouse.button) {
    case (.scrollUp, _): change(by: 1, &window)
    case (.scrollDown, _): change(by: -1, &window)
    case (.press, .left):
      let inside = inside(window)
      let row = mouse.point.row - inside.origin.row - 2
      guard inside.contains(mouse.point), fields.indices.contains(row), let settings else { return }
      chosen = row
      let text = fieldText(row, of: settings)
      let column = mouse.point.column - inside.origin.column
      if column == text.columns - 1 { change(by: 1, &window) }
      if column == Self.valueColumn { change(by: -1, &window) }
    default: break
    }
  }

  func hintLine(_ window: Window) -> Rect { inside(window).splitBottom(1).bottom }

  private func frame(_ window: Window) -> Rect {
    window.body.centered(
      Size(columns: min(window.body.size.columns - 4, 64), rows: 12 + max(3, fields.count)))
  }

  private func inside(_ window: Window) -> Rect {
    frame(window).inset().inset(columns: 1, rows: 0)
  }

  /// Where a setting's left bracket stands.
  private static var valueColumn: Int { 11 }

  private func fieldText(_ place: Int, of settings: Recipe) -> String {
    let field = fields[place]
    return "\(place == chosen ? ">" : " ") \(field.name.padded(to: 8)) < "
      + "\(field.text(of: settings) ?? "") >"
  }

  /// What stands beside a setting.
  private func note(_ place: Int, of settings: Recipe) -> String? {
    guard fields[place].name == "size" else { return nil }
    return foundSize.map { $0.note(beside: settings.size) }
  }

  func draw(_ window: Window, into grid: inout Grid) {
    let theme = window.theme
    let frame = frame(window)
    grid.clear(frame, style: theme.style(.text))
    grid.draw(Panel(title: "Train on \(labels) accepted masks"), in: frame, theme: theme)
    let inside = inside(window)
    var row = inside.origin.row
    func line(_ text: String, _ style: Style) {
      grid.write(
        text.fitted(to: inside.size.columns), column: inside.origin.column, row: row, style: style)
      row += 1
    }
    guard let settings, let forecast else {
      line("working out what suits these labels ...", theme.style(.dim))
      return
    }
    let start = settings.weights.origin.map { " from \($0)" } ?? ""
    line(
      "\(settings.architecture)\(start): \(forecast.trainingImages) to train, "
        + "\(forecast.validationImages) to validate", theme.style(.text))
    row += 1
    for place in fields.indices {
      let text = fieldText(place, of: settings)
      line(text, place == chosen ? theme.selected() : theme.style(.text))
      guard let note = note(place, of: settings) else { continue }
      let columns = inside.size.columns - text.columns - 2
      grid.write(
        note.fitted(to: columns), column: inside.origin.column + text.columns + 2, row: row - 1,
        style: theme.style(.dim))
    }
    row += 1
    if let refusal {
      line("This run cannot be started:", theme.style(.error, bold: true))
      for text in TextBlock.wrap(refusal, columns: inside.size.columns).prefix(3) {
        line(text, theme.style(.error))
      }
    } else {
      drawOutlook(of: forecast, columns: inside.size.columns, theme, line)
    }
    grid.draw(KeyHints(hints(window).hints), in: hintLine(window), theme: theme)
  }

  /// How long the run takes, and what is worth knowing before.
  private func drawOutlook(
    of forecast: RunForecast, columns: Int, _ theme: Theme, _ line: (String, Style) -> Void
  ) {
    let time = forecast.seconds.map { "about \(DurationText.words($0))" } ?? "time unknown"
    line(isStale ? "working out the time ..." : time, theme.style(.accent, bold: true))
    if !isStale, !forecast.otherSizes.isEmpty {
      let sizes = forecast.otherSizes.map { "\($0.size): \(DurationText.units($0.seconds))" }
      for text in TextBlock.wrap("at size " + sizes.joined(separator: ", "), columns: columns)
        .prefix(2)
      {
        line(text, theme.style(.dim))
      }
    }
    if changed > 0 {
      line(
        "\(changed) changed \(changed == 1 ? "mask trains" : "masks train") as last accepted",
        theme.style(.warning))
    }
    guard case .go(let note?) = forecast.verdict else { return }
    for text in TextBlock.wrap(note, columns: columns).prefix(2) {
      line(text, theme.style(.warning))
    }
  }
}
