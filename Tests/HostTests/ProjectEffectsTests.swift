import Dispatch
import Foundation
import Imaging
import Logging
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import WorkflowTesting
import Workflows

@testable import Host

/// What is decided is written behind the keys, in order, and nothing else overtakes it.
struct ProjectEffectsTests {
  @Test func `what draws accepted cells is answered while a decision about them is being written`()
    throws
  {
    let held = try HeldEffects()
    let cells = TiledLabels(Mask.leading(7))
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    _ = held.effects.perform(.prepare(HeldEffects.a, cells))
    #expect(held.events(1) == [.prepared(HeldEffects.a, CellDrawing(of: cells))])
    held.letGo()
    #expect(held.events(1) == [.saved(HeldEffects.a)])
  }

  @Test(.mustEnd)
  func `a decision holds no key up, and is answered when it is on disk`() throws {
    let held = try HeldEffects()
    #expect(held.decide(HeldEffects.a, .accepted, area: 7) == [])
    #expect(held.decide(HeldEffects.b, .rejected, area: nil) == [])
    // A stroke does not wait for them.
    #expect(held.effects.perform(.record(.undo, HeldEffects.b)) == [])
    #expect(held.store.strokes(of: HeldEffects.b) == [.undo])
    #expect(held.store.entries.map(\.state) == [.new, .new])
    #expect(held.mailbox.drain() == [])
    held.letGo()
    #expect(held.events(2) == [.saved(HeldEffects.a), .saved(HeldEffects.b)])
    let store = try held.reopened()
    #expect(store.entries.map(\.state) == [.accepted, .rejected])
    #expect(try store.acceptedCells(of: HeldEffects.a)?.mask.area == 7)
  }

  @Test(.mustEnd)
  func `a proposal is loaded with how unsure the network is of each of its cells`() throws {
    let held = try HeldEffects()
    held.letGo()
    let cells = LabelImage(piecesOf: .leading(7))
    try held.store.propose(
      cells, Proposal(image: HeldEffects.a, uncertainty: 0.5, run: "r", time: 1), doubts: [1: 0.2])
    _ = held.effects.perform(.load(HeldEffects.a))
    let image = try ImageFile.read(held.folder.url.appending(path: HeldEffects.a.text))
    func loaded(_ doubts: [LabelImage.Label: Double]) -> Event {
      .loaded(
        HeldEffects.a,
        OpenImage(image: image, accepted: nil, proposal: cells, doubts: doubts, strokes: []))
    }
    let events = held.events(1)
    #expect(events == [loaded([1: 0.2])] && events != [loaded([:])])
  }

  @Test(.mustEnd)
  func `what was decided is there for an image that is loaded after it`() throws {
    let held = try HeldEffects()
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    _ = held.effects.perform(.load(HeldEffects.a))
    held.letGo()
    let image = try ImageFile.read(held.folder.url.appending(path: HeldEffects.a.text))
    let prepared = OpenImage(
      image: image, accepted: LabelImage(piecesOf: .leading(7)), proposal: nil, strokes: [])
    #expect(held.events(2) == [.saved(HeldEffects.a), .loaded(HeldEffects.a, prepared)])
  }

  @Test(.mustEnd)
  func `leaving and stopping wait for what was decided`() throws {
    for isLeaving in [true, false] {
      let held = try HeldEffects()
      _ = held.decide(HeldEffects.a, .accepted, area: 7)
      held.letGoSoon()
      if isLeaving {
        #expect(held.effects.finish() == [])
      } else {
        #expect(held.effects.perform(.suspend) == [])
      }
      let store = try held.reopened()
      #expect(store.entry(of: HeldEffects.a).state == .accepted)
      #expect(try store.acceptedCells(of: HeldEffects.a)?.mask.area == 7)
    }
  }

  @Test(.mustEnd)
  func `a decision that cannot be written is told of, in its turn and in leaving`() throws {
    let held = try HeldEffects()
    // A file where the masks would be.
    try held.folder.write(Data(), to: ".aura/masks")
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    _ = held.decide(HeldEffects.b, .rejected, area: nil)
    held.letGo()
    let events = held.events(2)
    guard case .failed(let trouble, let text) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(trouble == .decision(HeldEffects.a))
    #expect(events.last == .saved(HeldEffects.b))
    _ = held.decide(HeldEffects.a, .corrected, area: 8)
    #expect(held.effects.finish() == ["not decided: a.png: \(text)"])
    #expect(try held.reopened().entries.map(\.state) == [.new, .rejected])
  }

  @Test(.mustEnd)
  func `a run that is started sees the masks that were accepted before`() throws {
    let held = try HeldEffects()
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    _ = held.effects.perform(.planTraining(nil))
    held.letGo()
    let events = held.events(2)
    #expect(events.first == .saved(HeldEffects.a))
    guard case .planned(let forecast) = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(forecast.trainingImages + forecast.validationImages == 1)
    #expect(held.effects.finish() == [])
  }

  @Test(.mustEnd)
  func `what a lost folder refuses is in hand until it is written elsewhere`() throws {
    let held = try HeldEffects()
    held.letGo()
    #expect(held.effects.perform(.record(.redo, HeldEffects.b)) == [])
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    let moved = "\(ProjectError.moved(here, to: there))"
    for count in 1...2 {
      #expect(
        held.effects.perform(.record(.undo, HeldEffects.a))
          == [.failed(.stroke(HeldEffects.a), moved), .unsaved(count)])
    }
    #expect(held.decide(HeldEffects.b, .rejected, area: nil) == [])
    #expect(held.events(1) == [.failed(.decision(HeldEffects.b), moved)])
    _ = held.effects.perform(.writeElsewhere(there))
    #expect(
      held.events(1) == [.failed(.elsewhere, "\(ProjectError.notEmpty(there))")])
    _ = held.effects.perform(.writeElsewhere(held.folder.path("copy")))
    guard case .writtenElsewhere(let entries, let text)? = held.events(1).first else {
      Issue.record("the labels are not written")
      return
    }
    #expect(entries == held.store.entries && text.contains(held.folder.path("copy")))
    #expect(held.effects.perform(.record(.redo, HeldEffects.a)) == [])
    // The labels are there; the decision that was refused before is still to be taken.
    #expect(held.effects.finish() == ["not decided: b.png: \(moved)"])
    let copy = try ProjectStore.open(
      images: held.folder.url, project: held.folder.url.appending(path: "copy"))
    #expect(copy.strokes(of: HeldEffects.a) == [.undo, .undo, .redo])
    #expect(copy.strokes(of: HeldEffects.b) == [.redo])
    #expect(!held.folder.listing.contains(".aura"))
  }

  @Test(.mustEnd)
  func `leaving says what is lost with a folder`() throws {
    let held = try HeldEffects()
    held.letGo()
    try FileManager.default.removeItem(atPath: held.folder.path(".aura"))
    _ = held.effects.perform(.record(.undo, HeldEffects.a))
    _ = held.decide(HeldEffects.b, .accepted, area: 5)
    let moved = "\(ProjectError.moved(held.folder.path(".aura"), to: nil))"
    #expect(
      held.effects.finish() == [
        "not decided: b.png: \(moved)", moved, "1 strokes could not be saved, on a.png",
      ])
    #expect(!held.folder.listing.contains(".aura"))
  }

  @Test(.mustEnd)
  func `an image that was replaced is read anew, and its mask set aside`() throws {
    let held = try HeldEffects()
    held.letGo()
    _ = held.effects.perform(.load(HeldEffects.b))
    #expect(held.events(1).count == 1)
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<5])), HeldEffects.b))
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    #expect(held.events(1).count == 1)
    for key in [HeldEffects.a, HeldEffects.b] { try held.folder.image(key.text, width: 9) }
    // With a mask it is known by that, without by what was read before.
    for key in [HeldEffects.a, HeldEffects.b] {
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
    let grounds = held.store.strokes(of: HeldEffects.b).map { stroke -> Int? in
      if case .on(let image) = stroke { image.width } else { nil }
    }
    #expect(grounds == [6, nil, 9], "what each stroke was drawn on is said before it")
    #expect(held.folder.listing.contains(".aura/withdrawn/a.png.png"))
    #expect(held.effects.finish() == [])
  }

  @Test(.mustEnd)
  func `a draft on other pixels of the same size is told, set aside, offered, and back with them`()
    throws
  {
    let held = try HeldEffects()
    held.letGo()
    let file = held.folder.url.appending(path: "b.png")
    let before = try Data(contentsOf: file)
    _ = held.effects.perform(.load(HeldEffects.b))
    #expect(held.events(1).count == 1)
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<5])), HeldEffects.b))
    try PNG.encode(Image(width: 6, height: 4, bitDepth: 8, values: Array(repeating: 7, count: 24)))
      .write(to: file)
    let other = try ImageFile.read(file)
    for isFirst in [true, false] {
      // It is said once, and offered as long as nothing is drawn.
      _ = held.effects.perform(.load(HeldEffects.b))
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
            HeldEffects.b,
            OpenImage(
              image: other, accepted: nil, proposal: LabelImage(piecesOf: .leading(5)), strokes: [])
          ))
    }
    // What a network proposes comes first.
    try held.store.propose(
      .leading(9), Proposal(image: HeldEffects.b, uncertainty: 0.5, run: "ft-01", time: 3))
    _ = held.effects.perform(.load(HeldEffects.b))
    #expect(
      held.events(1).last
        == .loaded(
          HeldEffects.b,
          OpenImage(
            image: other, accepted: nil, proposal: LabelImage(piecesOf: .leading(9)), strokes: [])))
    try before.write(to: file)
    let image = try ImageFile.read(file)
    _ = held.effects.perform(.load(HeldEffects.b))
    let edit = Stroke.editMask(MaskEdit(added: [0..<5]))
    #expect(
      held.events(1).last
        == .loaded(
          HeldEffects.b,
          OpenImage(
            image: image, accepted: nil, proposal: LabelImage(piecesOf: .leading(9)),
            strokes: [edit])))
    #expect(held.effects.finish() == [])
  }

  @Test(.mustEnd)
  func `an image that is gone is told of as such, until it is back`() throws {
    let held = try HeldEffects()
    held.letGo()
    _ = held.effects.perform(.record(.editMask(MaskEdit(added: [0..<7])), HeldEffects.a))
    let image = try held.folder.data(HeldEffects.a.text)
    try FileManager.default.removeItem(atPath: held.folder.path(HeldEffects.a.text))
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    guard case .failed(.lostImage(HeldEffects.a), let text)? = held.events(1).first else {
      Issue.record("nothing is told")
      return
    }
    #expect(text.contains("'a.png'") && text.contains("strokes are kept"))
    #expect(held.store.strokes(of: HeldEffects.a).count == 1)
    try held.folder.write(image, to: HeldEffects.a.text)
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    #expect(held.events(1) == [.saved(HeldEffects.a)])
    // Another image in its place: what was refused of the one before is not told again in leaving.
    try held.folder.image(HeldEffects.a.text, width: 9)
    _ = held.decide(HeldEffects.a, .corrected, area: 5)
    _ = held.effects.perform(.load(HeldEffects.a))
    let events = held.events(3)
    guard case .failed(.lostImage(HeldEffects.a), _)? = events.first, case .setAside = events[1]
    else {
      Issue.record("\(events)")
      return
    }
    #expect(held.effects.finish() == [])
  }
}
