import Dispatch
import Foundation
import Imaging
import Logging
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import Workflows

@testable import Host

/// What is decided is written behind the keys, in order, and nothing else overtakes it.
struct ProjectEffectsTests {
  private static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  /// A project whose recorder, or whose copier, does nothing until it is let go.
  private struct Held {
    let folder: TestFolder
    let store: ProjectStore
    let mailbox: Mailbox
    let effects: ProjectEffects
    private let gate = DispatchSemaphore(value: 0)
    private let arrivals = DispatchSemaphore(value: 0)

    init(holdsCopier: Bool = false) throws {
      folder = try TestFolder()
      for key in [a, b] { try folder.image(key.text) }
      store = try ProjectStore.open(images: folder.url)
      mailbox = Mailbox { [arrivals] in arrivals.signal() }
      let (recorder, copier) = (Worker(name: "recorder"), Worker(name: "copier"))
      (holdsCopier ? copier : recorder).perform { [gate] in gate.wait() }
      effects = ProjectEffects(
        store: store, mailbox: mailbox,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        threads: 1, recorder: recorder, copier: copier)
    }

    func letGo() { gate.signal() }

    /// Lets it go while this thread may be waiting for it.
    func letGoSoon() {
      DispatchQueue.global().asyncAfter(deadline: .now() + 0.02) { [gate] in gate.signal() }
    }

    /// The next events, so many of them if they come at all.
    func events(_ count: Int) -> [Event] {
      var events: [Event] = []
      while events.count < count, arrivals.wait(timeout: .now() + 20) == .success {
        events += mailbox.drain()
      }
      return events
    }

    func decide(_ key: ImageKey, _ state: ReviewState, area: Int?) -> [Event] {
      effects.perform(
        .decide(
          Decision(image: key, state: state, time: 1), area.map { TiledLabels(Mask.leading($0)) }))
    }

    /// Ends, and looks for a stroke on the second image and a decision about the first in a copy of the labels.
    func expectInCopy(_ copy: String) throws {
      #expect(effects.finish() == [])
      let store = try ProjectStore.open(
        images: folder.url, project: URL(filePath: copy), access: .readOnly)
      #expect(store.strokes(of: b) == [.undo])
      #expect(try store.acceptedCells(of: a)?.mask.area == 7)
    }

    /// The project as one finds it who opens it later.
    func reopened() throws -> ProjectStore {
      store.close()
      return try ProjectStore.open(images: folder.url)
    }
  }

  @Test func `what draws accepted cells is answered while a decision about them is being written`()
    throws
  {
    let held = try Held()
    let cells = TiledLabels(Mask.leading(7))
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.effects.perform(.prepare(Self.a, cells))
    #expect(held.events(1) == [.prepared(Self.a, CellDrawing(of: cells))])
    held.letGo()
    #expect(held.events(1) == [.saved(Self.a)])
  }

  @Test(.timeLimit(.minutes(10)))
  func `a decision holds no key up, and is answered when it is on disk`() throws {
    let held = try Held()
    #expect(held.decide(Self.a, .accepted, area: 7) == [])
    #expect(held.decide(Self.b, .rejected, area: nil) == [])
    // A stroke does not wait for them.
    #expect(held.effects.perform(.record(.undo, Self.b)) == [])
    #expect(held.store.strokes(of: Self.b) == [.undo])
    #expect(held.store.entries.map(\.state) == [.new, .new])
    #expect(held.mailbox.drain() == [])
    held.letGo()
    #expect(held.events(2) == [.saved(Self.a), .saved(Self.b)])
    let store = try held.reopened()
    #expect(store.entries.map(\.state) == [.accepted, .rejected])
    #expect(try store.acceptedCells(of: Self.a)?.mask.area == 7)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a proposal is loaded with how unsure the network is of each of its cells`() throws {
    let held = try Held()
    held.letGo()
    let cells = LabelImage(piecesOf: .leading(7))
    try held.store.propose(
      cells, Proposal(image: Self.a, uncertainty: 0.5, run: "r", time: 1), doubts: [1: 0.2])
    _ = held.effects.perform(.load(Self.a))
    let image = try ImageFile.read(held.folder.url.appending(path: Self.a.text))
    func loaded(_ doubts: [LabelImage.Label: Double]) -> Event {
      .loaded(
        Self.a,
        OpenImage(image: image, accepted: nil, proposal: cells, doubts: doubts, strokes: []))
    }
    let events = held.events(1)
    #expect(events == [loaded([1: 0.2])] && events != [loaded([:])])
  }

  @Test(.timeLimit(.minutes(10)))
  func `what was decided is there for an image that is loaded after it`() throws {
    let held = try Held()
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.effects.perform(.load(Self.a))
    held.letGo()
    let image = try ImageFile.read(held.folder.url.appending(path: Self.a.text))
    let prepared = OpenImage(
      image: image, accepted: LabelImage(piecesOf: .leading(7)), proposal: nil, strokes: [])
    #expect(held.events(2) == [.saved(Self.a), .loaded(Self.a, prepared)])
  }

  @Test(.timeLimit(.minutes(10)))
  func `leaving and stopping wait for what was decided`() throws {
    for isLeaving in [true, false] {
      let held = try Held()
      _ = held.decide(Self.a, .accepted, area: 7)
      held.letGoSoon()
      if isLeaving {
        #expect(held.effects.finish() == [])
      } else {
        #expect(held.effects.perform(.suspend) == [])
      }
      let store = try held.reopened()
      #expect(store.entry(of: Self.a).state == .accepted)
      #expect(try store.acceptedCells(of: Self.a)?.mask.area == 7)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a decision that cannot be written is told of, in its turn and in leaving`() throws {
    let held = try Held()
    // A file where the masks would be.
    try held.folder.write(Data(), to: ".aura/masks")
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.decide(Self.b, .rejected, area: nil)
    held.letGo()
    let events = held.events(2)
    guard case .failed(let trouble, let text) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(trouble == .decision(Self.a))
    #expect(events.last == .saved(Self.b))
    _ = held.decide(Self.a, .corrected, area: 8)
    #expect(held.effects.finish() == ["not decided: a.png: \(text)"])
    #expect(try held.reopened().entries.map(\.state) == [.new, .rejected])
  }

  @Test(.timeLimit(.minutes(10)))
  func `a run that is started sees the masks that were accepted before`() throws {
    let held = try Held()
    _ = held.decide(Self.a, .accepted, area: 7)
    _ = held.effects.perform(.planTraining(nil))
    held.letGo()
    let events = held.events(2)
    #expect(events.first == .saved(Self.a))
    guard case .planned(let forecast) = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(forecast.trainingImages + forecast.validationImages == 1)
    #expect(held.effects.finish() == [])
  }

  @Test(.timeLimit(.minutes(10)))
  func `what a lost folder refuses is in hand until it is written elsewhere`() throws {
    let held = try Held()
    held.letGo()
    #expect(held.effects.perform(.record(.redo, Self.b)) == [])
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    let moved = "\(ProjectError.moved(here, to: there))"
    for count in 1...2 {
      #expect(
        held.effects.perform(.record(.undo, Self.a))
          == [.failed(.stroke(Self.a), moved), .unsaved(count)])
    }
    #expect(held.decide(Self.b, .rejected, area: nil) == [])
    #expect(held.events(1) == [.failed(.decision(Self.b), moved)])
    _ = held.effects.perform(.writeElsewhere(there))
    #expect(
      held.events(1) == [.failed(.elsewhere, "\(ProjectError.notEmpty(there))")])
    _ = held.effects.perform(.writeElsewhere(held.folder.path("copy")))
    guard case .writtenElsewhere(let entries, let text)? = held.events(1).first else {
      Issue.record("the labels are not written")
      return
    }
    #expect(entries == held.store.entries && text.contains(held.folder.path("copy")))
    #expect(held.effects.perform(.record(.redo, Self.a)) == [])
    // The labels are there; the decision that was refused before is still to be taken.
    #expect(held.effects.finish() == ["not decided: b.png: \(moved)"])
    let copy = try ProjectStore.open(
      images: held.folder.url, project: held.folder.url.appending(path: "copy"))
    #expect(copy.strokes(of: Self.a) == [.undo, .undo, .redo])
    #expect(copy.strokes(of: Self.b) == [.redo])
    #expect(!held.folder.listing.contains(".aura"))
  }

  @Test(.timeLimit(.minutes(10)))
  func `leaving says what is lost with a folder`() throws {
    let held = try Held()
    held.letGo()
    try FileManager.default.removeItem(atPath: held.folder.path(".aura"))
    _ = held.effects.perform(.record(.undo, Self.a))
    _ = held.decide(Self.b, .accepted, area: 5)
    let moved = "\(ProjectError.moved(held.folder.path(".aura"), to: nil))"
    #expect(
      held.effects.finish() == [
        "not decided: b.png: \(moved)", moved, "1 strokes could not be saved, on a.png",
      ])
    #expect(!held.folder.listing.contains(".aura"))
  }

  @Test(.timeLimit(.minutes(10)))
  func `an image that was replaced is read anew, and its mask set aside`() throws {
    let held = try Held()
    held.letGo()
    _ = held.effects.perform(.load(Self.b))
    #expect(held.events(1).count == 1)
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<5])), Self.b))
    _ = held.decide(Self.a, .accepted, area: 7)
    #expect(held.events(1).count == 1)
    for key in [Self.a, Self.b] { try held.folder.image(key.text, width: 9) }
    // With a mask it is known by that, without by what was read before.
    for key in [Self.a, Self.b] {
      _ = held.effects.perform(.load(key))
      let events = held.events(2)
      guard case .setAside(let entry, let text)? = events.first else {
        Issue.record("\(events)")
        return
      }
      #expect(entry == ProjectEntry(key: key, state: .new) && text.contains("9x4"))
      let image = try ImageFile.read(held.folder.url.appending(path: key.text))
      #expect(
        events.last
          == .loaded(key, OpenImage(image: image, accepted: nil, proposal: nil, strokes: [])))
    }
    let grounds = held.store.strokes(of: Self.b).map { stroke -> Int? in
      if case .on(let image) = stroke { image.width } else { nil }
    }
    #expect(grounds == [6, nil, 9], "what each stroke was drawn on is said before it")
    #expect(held.folder.listing.contains(".aura/withdrawn/a.png.png"))
    #expect(held.effects.finish() == [])
  }

  @Test(.timeLimit(.minutes(10)))
  func `a draft on other pixels of the same size is told, set aside, offered, and back with them`()
    throws
  {
    let held = try Held()
    held.letGo()
    let file = held.folder.url.appending(path: "b.png")
    let before = try Data(contentsOf: file)
    _ = held.effects.perform(.load(Self.b))
    #expect(held.events(1).count == 1)
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<5])), Self.b))
    try PNG.encode(Image(width: 6, height: 4, bitDepth: 8, values: Array(repeating: 7, count: 24)))
      .write(to: file)
    let other = try ImageFile.read(file)
    for isFirst in [true, false] {
      // It is said once, and offered as long as nothing is drawn.
      _ = held.effects.perform(.load(Self.b))
      let events = held.events(isFirst ? 2 : 1)
      if isFirst {
        guard case .setAside(_, let text)? = events.first else {
          Issue.record("\(events)")
          return
        }
        #expect(text.contains("6x4") && text.contains("y takes them over"))
      }
      #expect(
        events.last
          == .loaded(
            Self.b,
            OpenImage(
              image: other, accepted: nil, proposal: LabelImage(piecesOf: .leading(5)), strokes: [])
          ))
    }
    // What a network proposes comes first.
    try held.store.propose(
      .leading(9), Proposal(image: Self.b, uncertainty: 0.5, run: "ft-01", time: 3))
    _ = held.effects.perform(.load(Self.b))
    #expect(
      held.events(1).last
        == .loaded(
          Self.b,
          OpenImage(
            image: other, accepted: nil, proposal: LabelImage(piecesOf: .leading(9)), strokes: [])))
    try before.write(to: file)
    let image = try ImageFile.read(file)
    _ = held.effects.perform(.load(Self.b))
    let edit = Stroke.editMask(MaskEdit(added: [0..<5]))
    #expect(
      held.events(1).last
        == .loaded(
          Self.b,
          OpenImage(
            image: image, accepted: nil, proposal: LabelImage(piecesOf: .leading(9)),
            strokes: [edit])))
    #expect(held.effects.finish() == [])
  }

  @Test(.timeLimit(.minutes(10)))
  func `nothing waits for a copy of the labels, and what is done meanwhile is in it`() throws {
    let held = try Held(holdsCopier: true)
    let copy = held.folder.path("copy")
    #expect(held.effects.perform(.writeElsewhere(copy)) == [])
    #expect(held.effects.perform(.record(.undo, Self.b)) == [])
    #expect(held.decide(Self.a, .accepted, area: 7) == [])
    #expect(held.events(1) == [.saved(Self.a)])
    #expect(held.effects.perform(.suspend) == [])
    _ = held.effects.perform(.load(Self.b))
    guard case .loaded(Self.b, _)? = held.events(1).first else {
      Issue.record("the image is not loaded")
      return
    }
    held.letGoSoon()
    try held.expectInCopy(copy)
  }

  @Test(.timeLimit(.minutes(10)))
  func `what a lost folder refuses while labels are copied is written into the copy`() throws {
    let held = try Held(holdsCopier: true)
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    let copy = held.folder.path("copy")
    #expect(held.effects.perform(.writeElsewhere(copy)) == [])
    let moved = "\(ProjectError.moved(here, to: there))"
    #expect(
      held.effects.perform(.record(.undo, Self.b)) == [
        .failed(.stroke(Self.b), moved), .unsaved(1),
      ])
    #expect(held.decide(Self.a, .accepted, area: 7) == [])
    held.letGo()
    let events = held.events(2)
    guard case .writtenElsewhere? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(events.last == .saved(Self.a))
    try held.expectInCopy(copy)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a copy that fails leaves refused what the lost folder refused`() throws {
    let held = try Held(holdsCopier: true)
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    // The moved project is no place for a copy.
    _ = held.effects.perform(.writeElsewhere(there))
    _ = held.effects.perform(.record(.undo, Self.b))
    _ = held.decide(Self.a, .accepted, area: 7)
    held.letGo()
    let moved = "\(ProjectError.moved(here, to: there))"
    #expect(
      held.events(2) == [
        .failed(.elsewhere, "\(ProjectError.notEmpty(there))"),
        .failed(.decision(Self.a), moved),
      ])
    // Put back, leaving saves the stroke after all.
    try FileManager.default.moveItem(atPath: there, toPath: here)
    #expect(held.effects.finish() == ["not decided: a.png: \(moved)"])
    #expect(try held.reopened().strokes(of: Self.b) == [.undo])
  }

  @Test(.timeLimit(.minutes(10)))
  func `an image that is gone is told of as such, until it is back`() throws {
    let held = try Held()
    held.letGo()
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<7])), Self.a))
    let image = try held.folder.data(Self.a.text)
    try FileManager.default.removeItem(atPath: held.folder.path(Self.a.text))
    _ = held.decide(Self.a, .accepted, area: 7)
    guard case .failed(.lostImage(Self.a), let text)? = held.events(1).first else {
      Issue.record("nothing is told")
      return
    }
    #expect(text.contains("'a.png'") && text.contains("strokes are kept"))
    #expect(held.store.strokes(of: Self.a).count == 1)
    try held.folder.write(image, to: Self.a.text)
    _ = held.decide(Self.a, .accepted, area: 7)
    #expect(held.events(1) == [.saved(Self.a)])
    // Another image in its place: what was refused of the one before is not told again in leaving.
    try held.folder.image(Self.a.text, width: 9)
    _ = held.decide(Self.a, .corrected, area: 5)
    _ = held.effects.perform(.load(Self.a))
    let events = held.events(3)
    guard case .failed(.lostImage(Self.a), _)? = events.first, case .setAside = events[1] else {
      Issue.record("\(events)")
      return
    }
    #expect(held.effects.finish() == [])
  }
}
