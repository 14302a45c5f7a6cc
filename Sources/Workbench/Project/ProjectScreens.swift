import Project
import Recipes
import Screen

/// The screens of a project: queue, annotate, train and review.
struct ProjectScreens: ScreenSet {
  typealias Shared = ProjectContext

  static let tabs: [Tab] = [.queue, .annotate, .train, .review]

  var queue = QueueScreen()
  var annotate = AnnotateScreen()
  var train = TrainScreen<ProjectContext>()
  var review = ReviewScreen()

  func screen(_ tab: Tab) -> any ScreenPart<ProjectContext> {
    switch tab {
    case .annotate: annotate
    case .train: train
    case .review: review
    default: queue
    }
  }

  mutating func hand(_ input: ScreenInput, _ project: inout ProjectContext) -> [Effect]? {
    switch project.tab {
    case .annotate: annotate.take(input, &project)
    case .train: train.take(input, &project)
    case .review: review.take(input, &project)
    default: queue.take(input, &project)
    }
  }

  static let table = joined(
    [
      Binding<Self>("g", .train, "train on accepted masks").hint { _, project in
        project.tab == .train
          ? KeyLine.Hint(label: "start", rank: 0)
          : project.tab == .review ? nil : KeyLine.Hint(label: "train", rank: 60)
      }
    ],
    tabBindings([
      .queue: "queue of images", .annotate: "annotate", .train: "training run",
      .review: "review the failures",
    ]), helpBindings,
    [
      Binding<Self>("o", .nextChannel, "other channel of images")
        .when { ($1.tab == .queue || $1.tab == .annotate) && $1.current != nil },
      Binding<Self>("M", .measure, "measure: plots, tables"),
      Binding<Self>("E", .export, "export cells"),
      Binding<Self>("!", .findings, "what is odd about images"),
      Binding<Self>("W", .writeElsewhere, "copy the labels elsewhere"),
      Binding<Self>("q", .back, "back; from the queue out").hint { _, project in
        project.tab == .queue
          ? KeyLine.Hint(label: "save and leave", rank: 51) : KeyLine.Hint(label: "back", rank: 99)
      },
    ], terminalBindings(leaving: "save and leave at once"))

  mutating func endStroke(_ project: inout ProjectContext) -> [Effect] {
    annotate.endStroke(&project)
  }

  mutating func retry(_ project: inout ProjectContext) {
    // A stroke in hand is drawn on the image that is there.
    if annotate.stroke == nil { project.readAgain() }
  }

  mutating func measure(_ project: inout ProjectContext) -> [Effect] {
    guard project.askMeasures(), let box = project.window.box as? MeasuresBox else { return [] }
    return project.measuring(isOfOne: box.isOfOne)
  }

  mutating func askExport(_ project: inout ProjectContext) { project.askExport() }

  mutating func listFindings(_ project: inout ProjectContext) {
    project.window.box = FindingsBox(project.findings, notices: project.notices)
  }

  /// Asks for the next channel of the image that is looked at.
  func showNextChannel(_ project: inout ProjectContext) -> [Effect] {
    project.current.map { [.showNextChannel($0)] } ?? []
  }

  mutating func askWhere(_ project: inout ProjectContext) {
    project.window.box = ElsewhereBox(path: project.copyFolder)
  }

  func back(_ project: inout ProjectContext) -> [Effect] {
    guard project.tab == .queue else {
      project.show(project.tab == .annotate && project.correcting != nil ? .review : .queue)
      return []
    }
    var reasons: [String] = []
    if let unsaved = project.unsavedText {
      reasons.append(
        "\(unsaved): they are lost unless the disk takes them on leaving (W writes elsewhere).")
    }
    // Nothing is lost by leaving proposals from before any run: the next opening goes on.
    if project.run.isProposing, !project.run.isBeforeAnyRun {
      reasons.append("\(project.run.summary): no more are made, those there are kept.")
    } else if project.run.isChecking {
      reasons.append("\(project.run.summary): the run is kept, and not measured by its labels.")
    } else if project.run.isActive, !project.run.givesWay {
      reasons.append("\(project.run.summary): its best weights are kept, and it can go on later.")
    }
    if project.exporting != nil {
      reasons.append("Cells are being exported: what is not written yet is left out.")
    }
    guard !reasons.isEmpty else { return [.quit] }
    project.ask(reasons.joined(separator: " ") + " Leave now?", .leave)
    return []
  }

  /// Shows what a run would do; while one trains, shows it.
  ///
  /// Proposals in progress give way to a new run, and so does what measures the last one.
  func planTraining(_ project: inout ProjectContext) -> [Effect] {
    guard !project.run.isActive || project.run.givesWay else {
      project.show(.train)
      return []
    }
    if project.refusesChanges() { return [] }
    guard project.list.labelCount > 0 else {
      project.say("Training needs at least one accepted mask: draw one and accept it with a.")
      return []
    }
    project.window.box = PlanDialog(
      labels: project.list.labelCount, changed: project.list.changedCount,
      foundSize: project.run.foundSize)
    return [.planTraining(nil)]
  }

  mutating func carryOut(_ answer: BoxAnswer, _ project: inout ProjectContext) -> [Effect] {
    switch answer {
    case .acceptEmpty(let key):
      return project.cache[key].map { project.decide(key, accepting: $0.workingCells) } ?? []
    case .dropAccepted(let key): return project.decideRejected(key)
    case .acceptAbove(let figure): return [.acceptAbove(figure)]
    case .stopNow: return project.run.isTraining ? project.run.stopNow() : []
    case .clearCheckpoints: return [.clearCheckpoints]
    case .plan(let recipe): return [.planTraining(recipe)]
    case .start(let recipe):
      project.run.begin()
      return [.startTraining(recipe)]
    case .writeElsewhere(let path):
      project.isCopying = true
      return [.writeElsewhere(path)]
    case .measure(let isOfOne): return project.measuring(isOfOne: isOfOne)
    case .stopMeasuring: return [.stopMeasuring]
    case .export(let order):
      project.exportOrder = order
      project.exporting = (0, 0)
      return [.export(order)]
    case .stopExport: return [.stopExport]
    case .leave: return [.quit]
    case .choose: return []
    }
  }

  mutating func take(_ event: Event, _ project: inout ProjectContext) -> [Effect] {
    switch event {
    case .tick(let now): project.run.now = now
    case .loaded(let key, let image): project.take(image, for: key)
    case .stretched(let key, let shown):
      project.cache.take(shown, for: key)
      review.cache.take(shown, for: key)
    case .saved(let key): project.confirm(key)
    case .prepared(let key, let drawing): project.change(key) { $0.take(drawing) }
    case .setAside(let entry, let text):
      project.setAside(entry)
      project.fail(text)
    case .writtenElsewhere(let entries, let text):
      project.takeElsewhere(entries)
      project.tell(text)
    case .takingMasks(let entries, let done, let count):
      project.takeMasks(entries, done: done, of: count)
    case .acceptedAbove(let entries, let text): project.takeAcceptance(entries, text)
    case .channel(let entries, let text):
      project.takeChannel(entries)
      review.cache.clear()
      project.say(text)
    case .unsaved(let count): project.unsavedStrokes = max(0, count)
    case .failed(let trouble, let text): take(trouble, text, &project)
    case .findings(let findings): project.take(findings)
    case .notice(let text): project.take(notice: text)
    case .planned(let forecast): return take(forecast, &project)
    case .training(let event):
      project.take(event)
      if case .finished(let outcome) = event {
        project.finishedRuns += 1
        project.list.disputed = Set(outcome.kept?.disputed ?? [])
      }
    case .findingSize(let done, let count): project.run.findSize(done: done, of: count)
    case .foundSize(let found): project.run.foundSize = found
    case .comparing(let done, let count): project.run.compare(done: done, of: count)
    case .suggested(let images): project.list.suggest(images)
    case .proposing(let done, let count): project.run.propose(done: done, of: count)
    case .proposalsDone: takeProposalsDone(&project)
    case .pastRun(let plan, let best, let kept, let crossValidation):
      project.run.take(plan, bestEpoch: best, kept: kept, crossValidation: crossValidation)
      project.list.disputed = Set(kept?.disputed ?? [])
      project.list.arrange()
    case .runs(let runs): project.runs = runs
    case .drafts(let keys): project.takeDrafts(keys)
    case .counted(let counts): project.take(counts)
    case .proposed(let key, let cells, let uncertainty, let quality, let source, let doubts):
      project.propose(
        cells, for: key, uncertainty: uncertainty, quality: quality, by: source, doubts: doubts)
    case .reviewed(let rows): review.take(rows)
    case .reviewLoaded(let key, let content): review.insert(content, for: key)
    case .measuring(let done, let count):
      project.changeMeasures { $0.measure(done: done, of: count) }
    case .measured(let cells): project.changeMeasures { $0.insert(cells) }
    case .exporting(let done, let count): project.takeExport(done: done, of: count)
    case .exported(let outcome): project.take(outcome)
    case .reportLoaded, .input, .resized, .interrupted: break
    }
    return []
  }

  /// Shows what could not be done, and takes back what waited for it.
  private mutating func take(_ trouble: Trouble, _ text: String, _ project: inout ProjectContext) {
    switch trouble {
    case .plan:
      if let plan = project.window.box as? PlanDialog, plan.forecast == nil {
        project.window.box = nil
      }
    case .run: project.run.cannotBegin()
    case .proposals, .stroke, .acceptance: break
    case .elsewhere: project.isCopying = false
    case .measures, .export: project.closeResults(trouble)
    case .decision(let key): project.takeBack(key)
    case .lostImage(let key):
      project.takeBack(key)
      project.lose(key, text)
    case .image(let key): return project.failImage(key, text)
    case .review: return review.failTable(text, &project)
    case .reviewCase(let key): review.cache.fail(key, text)
    case .report: return
    }
    project.fail(text)
  }

  /// What a run would do; one that was told to start meanwhile starts if it can.
  private func take(_ forecast: RunForecast, _ project: inout ProjectContext) -> [Effect] {
    guard var plan = project.window.box as? PlanDialog else { return [] }
    plan.forecast = forecast
    guard plan.isAwaited, let recipe = plan.startable else {
      if !plan.isStale { plan.isAwaited = false }
      project.window.box = plan
      return []
    }
    project.window.box = nil
    project.run.begin()
    return [.startTraining(recipe)]
  }

  /// Every image that is to have a proposal has one.
  private func takeProposalsDone(_ project: inout ProjectContext) {
    let wasBefore = project.run.isBeforeAnyRun
    project.run.proposalsDone()
    project.list.startsOver = true
    project.list.arrange()
    // Weights that cannot be used propose nothing, which was said.
    guard project.run.phase != .starting,
      project.list.entries.contains(where: { $0.state == .proposed })
    else { return }
    let usual = project.list.isSuggesting ? "those most worth a label" : "those estimated worst"
    let first = project.list.disputed.isEmpty ? usual : "those that changed most"
    project.tell(
      "\(wasBefore ? "First proposals" : "Proposals") are there: \(first) come first (F2).")
  }

  mutating func settle(_ project: inout ProjectContext) -> [Effect] { project.requestImages() }

  func title(_ project: ProjectContext) -> String {
    let count = project.list.entries.count
    return "\(project.name)  \(count - project.list.undecidedCount)/\(count) done "
  }

  func status(_ project: ProjectContext) -> StatusText {
    var status = StatusText(unsaved: project.unsavedText)
    status.run = project.run.progress ?? project.exportProgress
    if project.isCopying {
      status.text = "writing all labels elsewhere; work can go on meanwhile ..."
    } else if let unsaved = status.unsaved {
      status.text = "\(unsaved): each new one tries again, W writes all elsewhere"
      status.isError = true
    } else if !project.pending.isEmpty {
      status.text = "saving..."
    } else if case .failed(let text) = project.run.phase {
      status.text = "The run failed: \(text)"
    } else if annotate.stroke != nil {
      status.text = "drawing: Space or Enter ends the stroke, Esc drops it"
    } else if let taking = project.takingMasks {
      status.text = "taking over masks that lie with the images: \(taking.done) of \(taking.total)"
    } else if project.isReadOnly {
      status.text = "open to look at; W copies the labels into a project of your own"
    } else if project.isRefused {
      status.text = "not saved: the last decision was refused"
      status.isError = true
    } else {
      let decided = project.decidedNow
      status.text = decided > 0 ? "saved; \(decided) decided since the start" : "saved"
    }
    if project.tab == .queue, let chosen = project.list.selection.flatMap({ project.list[$0] }),
      chosen.state == .proposed, let source = chosen.proposedBy
    {
      status.source =
        "proposed by "
        + (source == "simulated" ? "the simulated weights" : source.fittedToEnd(of: 24))
    }
    return status
  }
}
