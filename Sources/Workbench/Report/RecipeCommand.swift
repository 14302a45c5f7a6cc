import Screen

/// What can be done to the recipes of a report wherever they are listed.
enum RecipeCommand: Sendable {
  case move(ListMove)
  case hideOrShow, showOnly, open, toggleLoss
  case curve(CurveSettings.Command)

  /// The keys of a list of recipes, for the screen that shows it.
  static func bindings<Target>(
    besideCurves: Bool, _ as: @escaping (RecipeCommand) -> Target.Command
  ) -> [Binding<Target>] {
    let open = Binding<Target>("Enter", [.enter], `as`(.open), "predictions")
    let loss = Binding<Target>("t", `as`(.toggleLoss), "training or validation loss")
    return ListMove.bindings("recipe", rank: 1) { `as`(.move($0)) } + [
      Binding<Target>(
        "Space", [.character(" ")], `as`(.hideOrShow), "hide or show it in curves and predictions"
      ).hint("hide or show", 10),
      Binding<Target>("o", `as`(.showOnly), "show only it, or all again").hint("only this", 11),
      besideCurves ? open : open.hint("predictions", 3),
      besideCurves ? loss.hint("train, validation", 12) : loss,
    ] + CurveSettings.bindings(rank: besideCurves ? 13 : nil) { `as`(.curve($0)) }
  }
}

extension ReportContext {
  /// Carries out what can be done wherever recipes are listed, `page` of them at a time.
  mutating func perform(_ command: RecipeCommand, page: Int) {
    switch command {
    case .move(let move):
      if let place = move.row(from: selected, of: order.count, page: page) { select(place) }
    case .hideOrShow: hideOrShow()
    case .showOnly: showOnly()
    case .open: show(.panes)
    case .toggleLoss: toggleLoss()
    case .curve(let command): drawCurves(command)
    }
  }
}
