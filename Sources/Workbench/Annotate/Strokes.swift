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
  mutating func penDown(byMouse: Bool = false, _ project: inout ProjectContext) -> [Effect] {
    guard let key = project.opened, let image = project.cache[key], let place = pen.place,
      place.x >= 0, place.x < image.image.width, place.y >= 0, place.y < image.image.height,
      !project.refusesChanges()
    else { return [] }
    if layer == .proposal { layer = .mask }
    if pen.tool == .fill { return fill(key, image, at: place, &project) }
    stroke = StrokeInHand(
      key: key, adoption: image.adoption, before: image.working, mask: image.working,
      adds: pen.tool == .brush, size: pen.size, byMouse: byMouse, last: place)
    stroke?.draw(to: place)
    return []
  }

  private func fill(
    _ key: ImageKey, _ image: OpenImage, at place: PixelPoint, _ project: inout ProjectContext
  ) -> [Effect] {
    let isCell = image.working[place.x, place.y]
    let region = isCell == pen.draws ? [] : image.working.region(around: place)
    let edit = pen.draws ? MaskEdit(added: region) : MaskEdit(removed: region)
    if edit.isEmpty {
      project.say(
        pen.draws
          ? "The pen stands on cell already; e and then f clears a region."
          : "The pen stands on background; b and then f fills a region.")
    } else if pen.draws, region.reduce(0, { $0 + $1.count }) * 10 > image.working.pixelCount * 9 {
      project.say(
        "The fill reached nearly the whole image: is the outline closed? u takes it back.")
    }
    return project.record(edit, on: key, after: image.adoption)
  }

  /// Ends the stroke in hand: it becomes an edit that is recorded.
  mutating func endStroke(_ project: inout ProjectContext) -> [Effect] {
    viewer.release()
    guard let ended = stroke else { return [] }
    stroke = nil
    return project.record(ended.edit, on: ended.key, after: ended.adoption)
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
      image.working != image.history.mask
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
    guard let key = project.opened, let image = project.cache[key], let proposal = image.proposal,
      !project.refusesChanges()
    else { return [] }
    layer = .mask
    let edit = MaskEdit(from: image.working, to: proposal)
    if edit.isEmpty {
      project.say("The draft is the proposal.")
      // It stays so when another proposal arrives, and is a step of its own.
      return project.record(image.adoption ?? edit, on: key, after: nil)
    }
    return project.record(edit, on: key, after: image.adoption)
  }
}

extension ProjectContext {
  /// Makes an edit part of an image's draft, with what it rests on.
  mutating func record(
    _ edit: MaskEdit, on key: ImageKey, after adoption: MaskEdit?
  ) -> [Effect] {
    guard !edit.isEmpty else { return [] }
    let strokes = (adoption.map { [Stroke.adopt($0)] } ?? []) + [.edit(edit)]
    for stroke in strokes { change(key) { $0.apply(stroke) } }
    return strokes.map { .record($0, key) }
  }
}
