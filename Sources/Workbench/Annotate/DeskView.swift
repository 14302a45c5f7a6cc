import Basics
import Imaging
import Project
import Recipes
import Screen

extension Model {
  /// Draws the image in hand with its pen, and the panel beside it.
  func drawDesk(_ layout: Layout, into grid: inout Grid) {
    drawImageList(layout, chosen: desk.key, into: &grid)
    drawRule(after: layout.list, layout, into: &grid)
    guard let key = desk.key else {
      grid.write(
        "no image in hand: F2 shows the queue", column: layout.picture.origin.column + 1,
        row: layout.picture.origin.row + 1, style: theme.style(.dim))
      return
    }
    drawDeskPanel(key, layout, into: &grid)
    guard let image = images[key], let view = deskViewport else {
      drawMissing(key, in: layout.picture, into: &grid)
      return
    }
    var paint = PicturePaint(
      image.shown, overlay: deskOverlay(image, in: view), theme: theme, depth: colorDepth,
      contrast: desk.contrast)
    if let pen = desk.pen, Double(desk.size) * view.zoom >= 3 {
      let brush = Brush(diameter: desk.size)
      let middle = 0.5 + brush.offset
      paint.ring = PicturePaint.Ring(
        x: Double(pen.x) + middle, y: Double(pen.y) + middle, radius: brush.radius)
    }
    let pen = desk.pen.map { (x: $0.x, y: $0.y) }
    Picture(viewport: view, depth: colorDepth, pen: pen).drawBoxes(
      into: &grid, theme: theme, isMarked: paint.isMarked, color: paint.color)
  }

  private func deskOverlay(_ image: OpenImage, in view: Viewport) -> PicturePaint.Overlay {
    let shown = desk.stroke.flatMap { $0.key == desk.key ? $0.mask : nil } ?? image.working
    switch desk.layer {
    case .mask where desk.stroke != nil: return overlay(shown, .mask, .outline, in: view)
    case .mask: return maskOverlay(image, in: view)
    case .proposal:
      guard let proposal = image.proposal else { return .none }
      return overlay(proposal, .proposal, .proposal, in: view)
    case .difference:
      guard let proposal = image.proposal else { return .none }
      return .difference(
        found: MaskSampler(proposal, in: view), truth: MaskSampler(shown, in: view))
    }
  }

  private func drawDeskPanel(_ key: ImageKey, _ layout: Layout, into grid: inout Grid) {
    for row in layout.panel.rows {
      grid.write(
        "│", column: layout.panel.origin.column - 1, row: row, style: theme.style(.border))
    }
    let room = layout.panel.size.columns - 1
    let left = layout.panel.origin.column + 1
    for (offset, line) in panelLines(key).prefix(layout.panel.size.rows).enumerated() {
      grid.write(
        line.text.fitted(to: room), column: left, row: layout.panel.origin.row + offset,
        style: theme.style(line.role, bold: line.role == .title), columns: room)
    }
  }

  private typealias Line = (text: String, role: Role)

  private func panelLines(_ key: ImageKey) -> [Line] {
    let room = Layout(self).panel.size.columns - 1
    var lines: [Line] = [(key.text.fittedToEnd(of: room), .title)]
    if let entry = entry(key) {
      let row = queueRow(of: key).map { "\($0 + 1)/\(queue.order.count)" } ?? ""
      lines.append(("\(entry.state.mark) \(entry.state.rawValue) \(row)", entry.state.role))
      if let uncertainty = entry.uncertainty {
        lines.append(("uncertain \(NumberText.hundredths(uncertainty))", .dim))
      }
      if let source = entry.proposedBy {
        let name = source == "simulated" ? "simulation" : source.fittedToEnd(of: room - 5)
        lines.append(("from \(name)", .dim))
      }
    }
    lines.append(("", .dim))
    lines += toolLines
    guard let image = images[key] else { return lines }
    lines.append(("", .dim))
    lines.append(("\(image.image.width)x\(image.image.height) \(image.image.bitDepth) bit", .dim))
    if let pen = desk.pen {
      lines.append(("pen \(pen.x),\(pen.y)", .dim))
      lines.append(("zoom \(Self.zoomText(deskViewport?.zoom ?? 1))", .dim))
    }
    lines.append((desk.contrast.title, .dim))
    lines.append(("cell \(NumberText.percent(image.coverage * 100))", .text))
    if let agreement = image.agreement, image.isTouched || agreement < 1 {
      lines.append(("IoU proposal \(NumberText.hundredths(agreement))", .text))
    }
    lines.append(("undo \(image.undoSteps) redo \(image.redoSteps)", .text))
    if image.state.hasMask, image.isUnsaved {
      lines.append(("changed: a accepts", .warning))
    }
    return lines
  }

  private var toolLines: [Line] {
    func line(_ tool: Tool, _ key: String, _ rest: String) -> Line {
      let isChosen = desk.tool == tool
      return ("\(isChosen ? ">" : " ")\(key) \(tool.title)\(rest)", isChosen ? .accent : .dim)
    }
    var lines = [
      line(.brush, "b", " \(desk.brushSize) px"), line(.eraser, "e", " \(desk.eraserSize) px"),
      line(.fill, "f", desk.draws ? "" : " (clears)"),
    ]
    lines.append((desk.stroke == nil ? "  pen up" : "  pen down", desk.stroke == nil ? .dim : .pen))
    switch desk.layer {
    case .mask: lines.append((desk.showsMask ? " v mask" : " v mask (no tint)", .mask))
    case .proposal: lines.append((" v proposal", .proposal))
    case .difference: lines.append((" v difference", .warning))
    }
    return lines
  }

  /// `1:4`, `2:1`, with a digit after the point where needed.
  static func zoomText(_ zoom: Double) -> String {
    func short(_ value: Double) -> String {
      let tenths = Int((min(value, 1e6) * 10).rounded())
      return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
    return zoom >= 1 ? "\(short(zoom)):1" : "1:\(short(1 / max(zoom, 1e-6)))"
  }
}

extension Contrast {
  /// What the panel calls it.
  var title: String {
    let name = isStretched ? "stretched" : "full range"
    return steps == 0 ? name : "\(name) \(steps < 0 ? "+" : "-")\(abs(steps))"
  }
}
