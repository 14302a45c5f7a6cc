import Basics
import Project
import Recipes
import Screen

/// The epochs of the run, the newest first.
struct EpochsScreen: ScreenPart {
  typealias Command = ListMove

  static let tab = Tab.epochs

  private var row = 0
  private var listView = ListView()

  var bindings: [Binding<Self>] { Self.table }

  private static let table: [Binding<Self>] = ListMove.bindings("epoch", rank: 1) { $0 }

  mutating func perform(_ command: ListMove, _ project: inout ProjectContext) -> [Effect] {
    row = command.row(from: row, of: project.run.epochs.count, page: layout(project).size.rows) ?? 0
    return []
  }

  mutating func take(_ mouse: Mouse, _ project: inout ProjectContext) -> [Effect] {
    let click = listView.take(
      mouse, list(project), in: layout(project), isDoubleClick: project.window.isDoubleClick)
    if case .select(let row) = click { self.row = row }
    return []
  }

  mutating func follow(_ project: inout ProjectContext) -> [Effect] {
    listView.scroll.follow(
      row, of: project.run.epochs.count, visible: layout(project).size.rows - 1)
    return []
  }

  func draw(_ project: ProjectContext, into grid: inout Grid) {
    grid.draw(list(project), in: layout(project), theme: project.window.theme)
  }

  private func layout(_ project: ProjectContext) -> Rect {
    project.window.body.inset(columns: 1, rows: 0)
  }

  private func list(_ project: ProjectContext) -> Table {
    let epochs = Array(project.run.epochs.reversed())
    return Table(
      columns: [
        Table.Column("epoch", width: 5, alignsRight: true), Table.Column("train"),
        Table.Column("validation"), Table.Column("time"),
      ], count: epochs.count, selected: row, first: listView.scroll.first
    ) { row in
      let epoch = epochs[row]
      return [
        Table.Item("\(epoch.epoch)", epoch.epoch == project.run.bestEpoch ? .best : .text),
        Table.Item(NumberText.decimal(epoch.trainLoss, digits: 4)),
        Table.Item(NumberText.decimal(epoch.validationLoss, digits: 4)),
        Table.Item(DurationText.clock(epoch.seconds), .dim),
      ]
    }
  }
}
