import Screen

/// The screens of a workspace, with what is common to them.
protocol ScreenSet: CommandTarget where Shared: TabbedContext, Command == CommonCommand {
  /// Those that stand in the title line, from F2 on.
  static var tabs: [Tab] { get }

  /// A screen, to be drawn.
  func screen(_ tab: Tab) -> any ScreenPart<Shared>

  /// Hands input to the screen that is shown; nil if a key means nothing there.
  mutating func hand(_ input: ScreenInput, _ shared: inout Shared) -> [Effect]?

  /// Shows what a run would do, where there is something to train on.
  mutating func planTraining(_ shared: inout Shared) -> [Effect]

  /// Shows measures of cells, where there are any.
  mutating func measure(_ shared: inout Shared) -> [Effect]

  /// Asks what is to be exported, where there are cells.
  mutating func askExport(_ shared: inout Shared)

  /// Lists what is odd, where there is a folder of images.
  mutating func listFindings(_ shared: inout Shared)

  /// Asks where a copy of the labels is to go, where there are any.
  mutating func askWhere(_ shared: inout Shared)
  /// Looks at the next channel of the images.
  func showNextChannel(_ shared: inout Shared) -> [Effect]

  /// Goes one step back; from the first screen, out.
  mutating func back(_ shared: inout Shared) -> [Effect]

  /// Takes what happened in the world.
  mutating func take(_ event: Event, _ shared: inout Shared) -> [Effect]

  /// Asks, after each event, for what it made wanted.
  mutating func settle(_ shared: inout Shared) -> [Effect]

  /// Forgets what could not be had, so that it is asked for again.
  mutating func retry(_ shared: inout Shared)

  /// Carries out what a box over the screen was answered.
  mutating func carryOut(_ answer: BoxAnswer, _ shared: inout Shared) -> [Effect]

  /// What the title line says at its right.
  func title(_ shared: Shared) -> String

  /// What the status line says where there is no notice.
  func status(_ shared: Shared) -> StatusText
}

extension ScreenSet {
  mutating func settle(_ shared: inout Shared) -> [Effect] { [] }

  mutating func carryOut(_ answer: BoxAnswer, _ shared: inout Shared) -> [Effect] {
    answer == .leave ? [.quit] : []
  }

  mutating func planTraining(_ shared: inout Shared) -> [Effect] { [] }

  mutating func measure(_ shared: inout Shared) -> [Effect] { [] }

  mutating func askExport(_ shared: inout Shared) {}

  mutating func listFindings(_ shared: inout Shared) {}

  mutating func askWhere(_ shared: inout Shared) {}

  func showNextChannel(_ shared: inout Shared) -> [Effect] { [] }

  mutating func retry(_ shared: inout Shared) {}

  /// What all keys do now: those of the screen that is shown, then those that it does not bind itself.
  func keyLines(_ shared: Shared) -> [KeyLine] {
    let screen = screen(shared.tab)
    let own = screen.keyLines(.screen, shared)
    guard !screen.isTyping else { return own }
    let taken = Set(own.flatMap(\.keys))
    return own
      + keyLines(.everywhere, shared).filter { taken.isDisjoint(with: $0.keys) }
  }
}
