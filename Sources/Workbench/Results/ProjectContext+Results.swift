import Objects
import Project
import Screen

extension ProjectContext {
  /// Shows measures: on the annotate screen of the image in hand, elsewhere of all accepted cells.
  ///
  /// - Returns: whether there is something to measure, which is said where there is not.
  mutating func askMeasures() -> Bool {
    let key = current.flatMap { cache[$0] == nil ? nil : $0 }
    let hasAccepted = list.labelCount > 0
    guard key != nil || hasAccepted else {
      say("There are no cells to measure yet: open an image or accept a mask.")
      return false
    }
    let isOfOne = key != nil && (tab == .annotate || !hasAccepted)
    window.box = MeasuresBox(of: key, hasAccepted: hasAccepted, isOfOne: isOfOne)
    return true
  }

  /// What is asked of the world to show measures of the image in hand or of all.
  func measuring(isOfOne: Bool) -> [Effect] {
    guard isOfOne else { return [.measure(.accepted)] }
    guard let key = (window.box as? MeasuresBox)?.key, let image = cache[key] else { return [] }
    return [.measure(.shown(key, image.working))]
  }

  /// Changes the box of measures, if it is there.
  mutating func changeMeasures(_ change: (inout MeasuresBox) -> Void) {
    guard var box = window.box as? MeasuresBox else { return }
    change(&box)
    window.box = box
  }

  /// Asks what is to be exported, or shows how far an export is that goes on.
  mutating func askExport() {
    let states = list.entries.map(\.state)
    let counts = ExportBox.Counts(
      accepted: list.labelCount, proposed: states.count { $0 == .proposed },
      new: states.count { $0 == .new })
    guard exporting != nil || counts.accepted + counts.proposed > 0 else {
      return say("There are no cells to export yet: accept a mask, or train for proposals.")
    }
    var order = exportOrder ?? ExportOrder()
    if exportOrder == nil, counts.accepted == 0 { order.selection = .proposed }
    let stage = exporting.map { ExportBox.Stage.running(done: $0.done, total: $0.total) }
    window.box = ExportBox(order, counts, isReadOnly: isReadOnly, stage: stage ?? .asking)
  }

  /// Takes in how far an export is.
  mutating func takeExport(done: Int, of total: Int) {
    exporting = (done, total)
    guard var box = window.box as? ExportBox else { return }
    box.export(done: done, of: total)
    window.box = box
  }

  /// Takes in what came of an export: its box shows it, or else a line.
  mutating func take(_ outcome: ExportOutcome) {
    exporting = nil
    guard var box = window.box as? ExportBox else { return tell(outcome.summary) }
    box.end(outcome)
    window.box = box
  }

  /// Takes in that cells could not be measured or exported.
  mutating func closeResults(_ trouble: Trouble) {
    if trouble == .export {
      exporting = nil
      if window.box is ExportBox { window.box = nil }
    } else if window.box is MeasuresBox {
      window.box = nil
    }
  }

  /// How far an export is, for the status line.
  var exportProgress: StatusText.Progress? {
    exporting.map { (Double($0.done) / Double(max(1, $0.total)), "exporting") }
  }
}
