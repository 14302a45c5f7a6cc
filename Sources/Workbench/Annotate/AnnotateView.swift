import Basics
import Imaging
import Project
import Recipes
import Screen

/// The list where there is room, the image, and a panel of figures and tools.
struct AnnotateLayout {
  /// The list of images, and what is beside it.
  let list: ListLayout
  /// The image.
  let picture: Rect
  /// Figures and tools.
  let panel: Rect

  init(_ window: Window) {
    let columns = window.size.columns
    list = ListLayout(window.body, listColumns: columns < 112 ? 0 : min(40, columns / 4))
    let (right, rest) = list.main.splitRight(columns < 112 ? 20 : 26)
    panel = right
    picture = rest.splitRight(1).rest
  }
}

extension AnnotateScreen {
  /// Draws the image with its pen, and the panel beside it.
  func draw(_ project: ProjectContext, into grid: inout Grid) {
    let (window, layout) = (project.window, AnnotateLayout(project.window))
    project.listView.draw(
      project.list, chosen: project.opened, layout.list, window, into: &grid)
    guard let key = project.opened else {
      grid.write(
        "no image in hand: F2 shows the queue", column: layout.picture.origin.column + 1,
        row: layout.picture.origin.row + 1, style: window.theme.style(.dim))
      return
    }
    let panel = layout.panel.splitLeft(1).rest
    window.drawLines(
      panelLines(key, project, room: panel.size.columns), in: panel, into: &grid)
    window.drawRule(after: layout.picture, into: &grid)
    guard let image = project.cache[key], let viewport = viewport(project) else {
      project.drawMissing(key, in: layout.picture, into: &grid)
      return
    }
    window.draw(
      image.shown, in: viewport, overlay(image, window, in: viewport), pen: pen.place,
      ring: ring(zoom: viewport.zoom), line: stroke?.line ?? [], into: &grid)
  }

  /// How large the pen draws, where that can be seen.
  private func ring(zoom: Double) -> PicturePaint.Ring? {
    guard let place = pen.place, Double(pen.size) * zoom >= 3 else { return nil }
    let brush = Brush(diameter: pen.size)
    let middle = 0.5 + brush.offset
    return PicturePaint.Ring(
      x: Double(place.x) + middle, y: Double(place.y) + middle, radius: brush.radius)
  }

  private func overlay(
    _ image: OpenImage, _ window: Window, in viewport: Viewport
  ) -> PicturePaint.Overlay {
    let shown = stroke?.labels ?? image.working
    guard layer != .mask else {
      return stroke == nil
        ? window.overlay(image, in: viewport)
        : window.overlay(shown, image.colours, .mask, .outline, in: viewport)
    }
    guard let proposal = image.proposedCells else { return .none }
    return layer == .proposal
      ? window.overlay(
        proposal.labels, proposal.colours, .proposal, .proposal, in: viewport)
      : .difference(
        found: MaskSampler(proposal.labels.mask, in: viewport),
        truth: MaskSampler(shown.mask, in: viewport))
  }

  private typealias Line = (String, Role)

  private func panelLines(_ key: ImageKey, _ project: ProjectContext, room: Int) -> [Line] {
    var lines: [Line] = [(key.text.fittedToEnd(of: room), .title)]
    if let entry = project.list[key] {
      let row = project.list.row(of: key).map { "\($0 + 1)/\(project.list.count)" } ?? ""
      let look = entry.state.look
      lines.append(("\(look.mark) \(entry.state.rawValue) \(row)", look.role))
      if let quality = entry.quality {
        lines.append(("IoU estimated \(NumberText.hundredths(quality))", .dim))
      } else if let uncertainty = entry.uncertainty {
        lines.append(("uncertain \(NumberText.hundredths(uncertainty))", .dim))
      }
      if let source = entry.proposedBy {
        let name = source == "simulated" ? "simulation" : source.fittedToEnd(of: room - 5)
        lines.append(("from \(name)", .dim))
      }
    }
    lines.append(("", .dim))
    lines += toolLines(project.window.display)
    guard let image = project.cache[key] else { return lines }
    lines.append(("", .dim))
    lines.append((image.facts, .dim))
    if let size = image.pixelSizeText { lines.append((size, .dim)) }
    if let place = pen.place {
      lines.append(("pen \(place.x),\(place.y)", .dim))
      lines.append(("zoom \(Self.zoomText(viewport(project)?.zoom ?? 1))", .dim))
    }
    lines += contrastLines(image.shown, project.window.display.contrast, room: room)
    lines += cellLines(image, project)
    if let agreement = image.agreement, image.isTouched || agreement < 1 {
      lines.append(("IoU proposal \(NumberText.hundredths(agreement))", .text))
    }
    lines.append(("undo \(image.steps.undo) redo \(image.steps.redo)", .text))
    if image.state.hasMask, image.isUnsaved {
      lines.append(("changed: a accepts", .warning))
    }
    return lines
  }

  /// How many cells there are, and which is under the pen.
  private func cellLines(_ image: OpenImage, _ project: ProjectContext) -> [Line] {
    let cells = stroke?.labels ?? image.working
    let share = "cell \(NumberText.percent(image.coverage * 100))"
    let count = cells.cells.count
    var lines: [Line] = [(count > 0 ? "\(share)  \(count) cells" : share, .text)]
    guard let label = cellUnderPen(project), let cell = cells.cells[label] else { return lines }
    lines.append(("#\(label): \(cell.area) px", .accent))
    if let area = image.squareMicrometres(of: cell.area) {
      lines.append((" \(NumberText.compact(area)) um2", .accent))
    }
    if let doubt = image.doubt(of: label) {
      lines.append((" in doubt \(NumberText.hundredths(doubt))", .accent))
    }
    return lines
  }

  /// What is black and white, and what took no part in that.
  private func contrastLines(_ shown: ShownImage, _ contrast: Contrast, room: Int) -> [Line] {
    let window = shown.windowText(with: contrast)
    let aside = shown.window.setAside.map { part -> Line in
      let value = part.value.map { NumberText.compact($0) } ?? "NaN"
      let text = "\(value): \(NumberText.percent(part.share * 100)) aside"
      return (text, part == shown.window.noData ? .warning : .dim)
    }
    return [
      (contrast.title, .dim), (window.columns > room ? String(window.dropFirst(7)) : window, .dim),
    ]
      + aside
  }

  private func toolLines(_ display: DisplaySettings) -> [Line] {
    func line(_ tool: Tool, _ key: String, _ rest: String) -> Line {
      let isChosen = pen.tool == tool
      return ("\(isChosen ? ">" : " ")\(key) \(tool.rawValue)\(rest)", isChosen ? .accent : .dim)
    }
    var lines = [
      line(.brush, "b", " \(pen.brushSize) px"), line(.eraser, "e", " \(pen.eraserSize) px"),
      line(.fill, "f", pen.draws ? "" : " (clears)"),
      pen.tool.drawsLine
        ? line(pen.tool, pen.tool == .lasso ? "t" : pen.tool == .cut ? "s" : "w", "")
        : ("  t s w O for cells", .dim),
    ]
    let state = stroke == nil ? "  pen up" : "  pen down"
    lines.append(
      pen.overwrites
        ? ("\(state) O others", .accent) : (state, stroke == nil ? .dim : .pen))
    switch layer {
    case .mask: lines.append((display.showsMask ? " v mask" : " v mask (no tint)", .mask))
    case .proposal: lines.append((" v proposal", .proposal))
    case .difference: lines.append((" v difference", .warning))
    }
    return lines
  }

  /// `1:4`, `2:1`, with a digit after the point where needed.
  private static func zoomText(_ zoom: Double) -> String {
    func short(_ value: Double) -> String {
      let tenths = Int((min(value, 1e6) * 10).rounded())
      return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
    return zoom >= 1 ? "\(short(zoom)):1" : "1:\(short(1 / max(zoom, 1e-6)))"
  }
}
