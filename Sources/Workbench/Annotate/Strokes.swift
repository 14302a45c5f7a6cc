import Basics
import Imaging
import Project
import Recipes
import Screen

/// What the pen does to the mask.
extension AnnotateScreen {
  mutating func movePen(_ dx: Int, _ dy: Int, _ project: inout ProjectContext) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key]?.image, let from = pen.place
    else { return [] }
    let ended = stroke?.byMouse == true ? endStroke(&project) : []
    let moved = PixelPoint(x: from.x + dx, y: from.y + dy).clamped(to: image)
    pen.place = moved
    stroke?.draw(to: moved)
    revealPen(project)
    return ended
  }

  /// Puts the pen of the chosen tool down where it stands.
  mutating func penDown(
    byMouse: Bool = false, overwrites: Bool = false, _ project: inout ProjectContext
  ) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key], let place = pen.place,
      place.x >= 0, place.x < image.image.width, place.y >= 0, place.y < image.image.height,
      !project.refusesChanges()
    else { return [] }
    if layer == .proposal { layer = .mask }
    if pen.tool == .fill { return fill(key, image, at: place, &project) }
    stroke = StrokeInHand(
      on: key, image, pen.tool, size: pen.size, byMouse: byMouse,
      overwrites: overwrites || pen.overwrites, at: place)
    return []
  }

  private func fill(
    _ key: ImageKey, _ image: OpenImage, at place: PixelPoint, _ project: inout ProjectContext
  ) -> [Effect] {
    let cells = image.working
    let label = cells[place.x, place.y]
    guard (label != 0) != pen.draws else {
      project.say(
        pen.draws
          ? "The pen stands on cell already; e and then f clears a cell."
          : "The pen stands on background; b and then f fills a region.")
      return []
    }
    guard pen.draws else {
      return project.record(
        cells.removal(of: [label]).map { .edit($0) }, on: key, after: image.adoption)
    }
    if let filling = cells.filling(groundAround: place) {
      return project.record(.edit(filling), on: key, after: image.adoption)
    }
    // What no cell alone encloses is one of its own.
    let region = cells.mask.region(around: place)
    if region.reduce(0, { $0 + $1.count }) * 10 > cells.pixelCount * 9 {
      project.say(
        "The fill reached nearly the whole image: is the outline closed? u takes it back.")
    }
    var free = FreeLabels(besides: Set(cells.cells.keys))
    let filling = free.next().map { Stroke.edit(LabelStroke([LabelStroke.Part($0, region)])) }
    return project.record(filling, on: key, after: image.adoption)
  }

  /// Ends the stroke in hand: it becomes an edit that is recorded.
  mutating func endStroke(_ project: inout ProjectContext) -> [Effect] {
    viewer.release()
    guard let ended = stroke else { return [] }
    stroke = nil
    guard let result = ended.result else {
      switch ended.tool {
      case .cut: project.say("The line splits no cell: draw it across one, from side to side.")
      case .merge: project.say("The line passes no two cells: draw it from one into the other.")
      case .brush, .eraser, .fill, .lasso: break
      }
      return []
    }
    return project.record(.edit(result), on: ended.key, after: ended.adoption)
  }

  /// Does something to the cells of the image in hand, as one step; says what it needs where that is nothing.
  func edit(
    _ project: inout ProjectContext, otherwise text: String,
    _ change: (TiledLabels) -> Stroke?
  ) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key], !project.refusesChanges()
    else { return [] }
    guard let stroke = change(image.working) else {
      project.say(text)
      return []
    }
    return project.record(stroke, on: key, after: image.adoption)
  }

  /// The cell under the pen, or within a few pixels of it.
  func cellUnderPen(_ project: ProjectContext) -> LabelImage.Label? {
    guard let image = project.opened.flatMap({ project.cache[$0] }), let place = pen.place else {
      return nil
    }
    return (stroke?.labels ?? image.working).cell(at: place, within: 2)
  }

  /// Puts the pen on the next cell, or the one before, in the order of reading, and shows it.
  mutating func goToCell(by step: Int, _ project: inout ProjectContext) -> [Effect] {
    guard let image = project.opened.flatMap({ project.cache[$0] }), let place = pen.place else {
      return []
    }
    let ended = endStroke(&project)
    let cells = project.opened.flatMap { project.cache[$0] }?.working ?? image.working
    let order = CellOrder(of: cells)
    let under = cells.cell(at: place)
    let next =
      step > 0
      ? under.flatMap { order.next(after: $0) } ?? order.next(after: place)
      : under.flatMap { order.previous(before: $0) } ?? order.previous(before: place)
    guard let next, let pixel = cells.middle(of: next) else {
      project.say("There is no cell to go to.")
      return ended
    }
    pen.place = pixel
    revealPen(project)
    return ended
  }

  /// Puts the pen on the next of the cells that stand as they were proposed, those of which the network is least sure
  /// first, and shows it.
  mutating func goToDoubtfulCell(by step: Int, _ project: inout ProjectContext) -> [Effect] {
    let ended = endStroke(&project)
    guard let image = project.opened.flatMap({ project.cache[$0] }) else { return ended }
    let order = image.doubtfulCells
    var place = doubtful.flatMap { order.firstIndex(of: $0) } ?? (step > 0 ? -1 : 0)
    for _ in order {
      place = (place + step + order.count) % order.count
      let label = order[place]
      guard let doubt = image.doubt(of: label), let pixel = image.working.middle(of: label) else {
        continue
      }
      (pen.place, doubtful) = (pixel, label)
      revealPen(project)
      project.say(
        "\(place + 1)/\(order.count) in doubt: cell \(label), \(NumberText.hundredths(doubt))")
      return ended
    }
    project.say(
      order.isEmpty
        ? "How sure the network is of each cell is not known here: newer proposals say it."
        : "No cell is left as it was proposed.")
    return ended
  }

  /// Undoes or redoes a step.
  func take(_ step: Stroke, _ project: inout ProjectContext) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key], !project.refusesChanges()
    else { return [] }
    guard image.can(step) else {
      project.say(step == .undo ? "Nothing to undo." : "Nothing to redo.")
      return []
    }
    var effects: [Effect] = []
    // The adoption of a mask and the edit that it was made for are taken back and redone together.
    repeat {
      project.change(key) { $0.apply(step) }
      effects.append(.record(step, key))
    } while project.cache[key].map { $0.restsOnAdoption && $0.can(step) } ?? false
    if step == .undo, let image = project.cache[key], !image.isTouched,
      image.working != image.history.labels
    {
      project.say(
        image.state.hasMask
          ? "Every edit is taken back: this is the accepted mask."
          : "Every edit is taken back: this is the proposal.")
    }
    return effects
  }

  /// Makes the draft what the network proposes.
  mutating func takeProposal(_ project: inout ProjectContext) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key],
      let proposal = image.proposedCells, !project.refusesChanges()
    else { return [] }
    layer = .mask
    if image.working == proposal.labels {
      project.say("The draft is the proposal.")
      // It stays so when another proposal arrives, and is a step of its own.
      return image.adoption.map { project.become($0, by: $0.drawing, on: key) } ?? []
    }
    // Nothing of what was looked at stays, so that the draft need not be that first, but to be cleared.
    if let drawing = proposal.drawing(over: image.history.labels) {
      return project.become(proposal, by: drawing, on: key)
    }
    guard let adoption = image.adoption, let drawing = proposal.drawing(over: adoption.labels)
    else { return [] }
    return project.adopt(adoption, on: key) + project.become(proposal, by: drawing, on: key)
  }

  /// Draws the proposed cell under the pen, and no other.
  mutating func takeProposedCell(_ project: inout ProjectContext) -> [Effect] {
    guard let image = project.opened.flatMap({ project.cache[$0] }),
      let proposal = image.proposal, let place = pen.place
    else { return [] }
    guard let label = proposal.cell(at: place, within: 2) else {
      project.say("No cell is proposed under the pen; v shows the proposal.")
      return []
    }
    return edit(&project, otherwise: "The cell that is proposed here is drawn already.") {
      $0.adoption(of: [label], from: proposal).map { .edit($0) }
    }
  }
}

extension TiledLabels {
  /// The pixel of a cell that is nearest to its centroid.
  fileprivate func middle(of label: LabelImage.Label) -> PixelPoint? {
    let runs = runs(of: label)
    let count = runs.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    var (x, y) = (0.0, 0.0)
    for run in runs {
      x += Double(run.count) * Double(run.lowerBound % width + (run.upperBound - 1) % width) / 2
      y += Double(run.count) * Double(run.lowerBound / width)
    }
    (x, y) = (x / Double(count), y / Double(count))
    return runs.lazy.map { run -> (distance: Double, pixel: PixelPoint) in
      let row = run.lowerBound / width
      let first = run.lowerBound % width
      let column = min(max(Int(x.rounded()), first), first + run.count - 1)
      let (dx, dy) = (Double(column) - x, Double(row) - y)
      return (dx * dx + dy * dy, PixelPoint(x: column, y: row))
    }.min { $0.distance < $1.distance }?.pixel
  }
}

extension ProjectContext {
  /// Makes an edit part of an image's draft, with what it rests on.
  mutating func record(
    _ edit: Stroke?, on key: ImageKey, after adoption: ColouredCells?
  ) -> [Effect] {
    guard let edit else { return [] }
    let adopted = adoption.map { adopt($0, on: key) } ?? []
    change(key) { $0.apply(edit) }
    return adopted + [.record(edit, key)]
  }

  /// Makes what is looked at an image's draft, for an edit that rests on it.
  fileprivate mutating func adopt(_ cells: ColouredCells, on key: ImageKey) -> [Effect] {
    let drawing = cells.drawing
    change(key) { $0.become(cells, by: drawing, isAdoption: true) }
    return [.record(.adopt(drawing), key)]
  }

  /// Makes cells an image's draft, as a step of its own.
  fileprivate mutating func become(
    _ cells: ColouredCells, by drawing: LabelStroke, on key: ImageKey
  ) -> [Effect] {
    change(key) { $0.become(cells, by: drawing, isAdoption: false) }
    return [.record(.edit(drawing), key)]
  }
}
