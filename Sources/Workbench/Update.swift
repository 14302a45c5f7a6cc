import Imaging
import Project
import Recipes
import Screen

/// Takes an event into the model and says what the world has to do about it.
///
/// Pure: the same model and event always give the same model and effects.
public func update(_ model: inout Model, _ event: Event) -> [Effect] {
  var effects: [Effect] = []
  switch event {
  case .input(let input): effects = model.take(input)
  case .resized(let size): model.size = size
  case .tick(let now):
    model.now = max(model.now, now)
    model.notices.tick(model.now)
    model.run.tick(model.now)
  case .loaded(let key, let image): model.take(image, for: key)
  case .stretched(let key, let shown): model.take(shown, for: key)
  case .loadFailed(let key, let text): model.images.fail(key, text)
  case .saved(let key): model.settle(key)
  case .saveFailed(let key, let text): model.takeBack(key, text)
  case .unsaved(let count): model.unsavedStrokes = max(0, count)
  case .failed(let text):
    if case .plan(let plan) = model.dialog, plan.estimate == nil { model.dialog = nil }
    model.run.startFailed()
    model.fail(text)
  case .notice(let text): model.tell(text)
  case .planned(let estimate): model.take(estimate)
  case .training(let event): effects = model.take(event)
  case .pastRun(let plan, let epochs, let best): model.run.take(plan, epochs, bestEpoch: best)
  case .drafts(let keys): model.takeDrafts(keys)
  case .proposed(let key, let mask, let uncertainty, let source):
    model.propose(mask, for: key, uncertainty: uncertainty, by: source)
  case .reviewed(let rows): effects = model.take(rows)
  case .reviewLoaded(let key, let content): model.cases.insert(content, for: key)
  case .reviewFailed(let key, let text): model.failReview(key, text)
  case .reportLoaded(let key, let pictures): model.report?.insert(pictures, for: key)
  case .reportFailed(let key, let text):
    model.report?.fail(key, text)
    model.fail(text)
  case .interrupted: effects = model.leave()
  }
  model.noteDrafts(event, effects)
  model.scrollQueue()
  return effects + model.requestImages()
}

extension Model {
  /// Keys and mouse: the box over the screen first, then the screen.
  mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key):
      if key == .control("c") { return leave() }
      notices.key(at: now)
      if isTooSmall { return key == .character("q") && unsavedStrokes == 0 ? leave() : [] }
      if help != nil { return takeInHelp(key) }
      if dialog != nil { return takeInDialog(key) }
      if tab == .queue, queue.isTyping { return takeInFilter(key) }
      guard let command = Keymap.command(for: key, on: tab), takes(command) else { return [] }
      return perform(command)
    case .mouse(let mouse):
      return take(mouse)
    case .paste(let text):
      if tab == .queue, queue.isTyping {
        setFilter(queue.filter + text.filter { !$0.isNewline })
      }
      return []
    case .focus:
      return []
    }
  }

  /// Whether a command means something here.
  func takes(_ command: Command) -> Bool {
    if report != nil { return command.isOfReport }
    return isWatching ? command.isOfRun : !command.isOnlyOfReport
  }

  /// Whether the window is too small to show anything.
  var isTooSmall: Bool { size.columns < 60 || size.rows < 16 }

  /// Ends what is in hand and leaves.
  mutating func leave() -> [Effect] { endStroke() + [.quit] }

  /// Carries out a command of the screen that is shown.
  mutating func perform(_ command: Command) -> [Effect] {
    let ended = command.keepsStroke ? [] : endStroke()
    return ended + performOwn(command)
  }

  private mutating func performOwn(_ command: Command) -> [Effect] {
    switch command {
    case .show(let tab): return show(tab)
    case .help: help = HelpBox()
    case .palette: help = HelpBox(isPalette: true)
    case .back: return back()
    case .train: return planTraining()
    case .redraw:
      images.retry()
      report?.retry()
      return [.redraw] + loadReport()
    case .suspend: return [.suspend]
    case .interrupt: return leave()
    case .toggleMask: desk.showsMask.toggle()
    case .toggleOutline: desk.showsOutline.toggle()
    case .toggleContrast:
      desk.contrast = Contrast(isStretched: !desk.contrast.isStretched)
    case .narrowWindow, .widenWindow:
      var contrast = desk.contrast
      let steps = contrast.steps + (command == .narrowWindow ? -1 : 1)
      contrast.steps = min(max(steps, Contrast.allowed.lowerBound), Contrast.allowed.upperBound)
      desk.contrast = contrast
    default:
      switch tab {
      case .queue: return performInQueue(command)
      case .annotate: return performAtDesk(command)
      case .train: return performInRun(command)
      case .review: return performInReview(command)
      case .scores, .curves, .panes: return performInReport(command)
      }
    }
    return []
  }

  /// Shows a screen.
  mutating func show(_ tab: Tab) -> [Effect] {
    switch tab {
    case .annotate where desk.key == nil:
      if let key = queue.selection { open(key) }
    case .queue:
      cases.isCorrecting = false
      if let key = desk.key, self.tab == .annotate { select(key) }
    case .review:
      cases.isCorrecting = false
      self.tab = .review
      return openReview()
    case .panes:
      self.tab = .panes
      return loadReport()
    default: break
    }
    self.tab = tab
    return []
  }

  /// One step back; from the queue, out.
  private mutating func back() -> [Effect] {
    if report != nil { return tab == .scores ? leave() : show(.scores) }
    guard tab == .queue || isWatching else {
      return show(tab == .annotate && cases.isCorrecting ? .review : .queue)
    }
    if !queue.filter.isEmpty {
      setFilter("")
      return []
    }
    var reasons: [String] = []
    if unsavedStrokes > 0 {
      reasons.append("\(unsavedText): they are lost unless the disk takes them on leaving.")
    }
    if run.isProposing, run.isBeforeAnyRun {
      // Nothing is lost by it: the next opening goes on.
    } else if run.isProposing {
      reasons.append("\(run.summary): no more are made, those there are kept.")
    } else if run.isActive {
      reasons.append(
        isWatching
          ? "\(run.summary): the run stops with a checkpoint, from which --resume goes on."
          : "\(run.summary): the run ends and its best weights are kept.")
    }
    guard !reasons.isEmpty else { return leave() }
    dialog = .confirm(
      Confirmation(question: reasons.joined(separator: " ") + " Leave now?", action: .leave))
    return []
  }

  /// How many strokes wait for the disk.
  var unsavedText: String {
    unsavedStrokes == 1 ? "1 stroke is not on disk" : "\(unsavedStrokes) strokes are not on disk"
  }

  /// Asks for the images that are looked at and the next ones, and for pictures at the contrast.
  mutating func requestImages() -> [Effect] {
    var wanted: [ImageKey] = []
    if let key = imageInHand {
      wanted.append(key)
      if let next = neighbor(of: key, by: 1) { wanted.append(next) }
      if tab == .annotate, let next = nextUndecided(after: key) { wanted.append(next) }
    }
    return images.request(wanted).map { .load($0) } + stretchPictures()
  }

  private mutating func stretchPictures() -> [Effect] {
    switch tab {
    case .queue, .annotate: images.stretch(imageInHand, to: desk.contrast)
    case .review: cases.stretch(to: desk.contrast)
    case .panes: report?.stretch(to: desk.contrast) ?? []
    case .train, .scores, .curves: []
    }
  }

  /// Takes in an image that was stretched anew, where it still is.
  fileprivate mutating func take(_ shown: ShownImage, for key: ImageKey) {
    images.take(shown, for: key)
    cases.take(shown, for: key)
    report?.take(shown, for: key)
  }

  /// Takes in an image that was asked for.
  fileprivate mutating func take(_ prepared: PreparedImage, for key: ImageKey) {
    guard let entry = entry(key) else { return }
    guard images[key] == nil else { return }
    let image = OpenImage(prepared, state: entry.state)
    images.insert(image, for: key, holding: Set([desk.key, queue.selection].compactMap { $0 }))
    if key == desk.key { placePen() }
  }
}
