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

/// Labels are copied behind the keys, and what is done meanwhile is not lost.
struct LabelCopyEffectsTests {
  @Test(.mustEnd)
  func `nothing waits for a copy of the labels, and what is done meanwhile is in it`() throws {
    let held = try HeldEffects(holdsCopier: true)
    let copy = held.folder.path("copy")
    #expect(held.effects.perform(.writeElsewhere(copy)) == [])
    #expect(held.effects.perform(.record(.undo, HeldEffects.b)) == [])
    #expect(held.decide(HeldEffects.a, .accepted, area: 7) == [])
    #expect(held.events(1) == [.saved(HeldEffects.a)])
    #expect(held.effects.perform(.suspend) == [])
    _ = held.effects.perform(.load(HeldEffects.b))
    guard case .loaded(HeldEffects.b, _)? = held.events(1).first else {
      Issue.record("the image is not loaded")
      return
    }
    held.letGoSoon()
    try held.expectInCopy(copy)
  }

  @Test(.mustEnd)
  func `what a lost folder refuses while labels are copied is written into the copy`() throws {
    let held = try HeldEffects(holdsCopier: true)
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    let copy = held.folder.path("copy")
    #expect(held.effects.perform(.writeElsewhere(copy)) == [])
    let moved = "\(ProjectError.moved(here, to: there))"
    #expect(
      held.effects.perform(.record(.undo, HeldEffects.b)) == [
        .failed(.stroke(HeldEffects.b), moved), .unsaved(1),
      ])
    #expect(held.decide(HeldEffects.a, .accepted, area: 7) == [])
    held.letGo()
    let events = held.events(2)
    guard case .writtenElsewhere? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(events.last == .saved(HeldEffects.a))
    try held.expectInCopy(copy)
  }

  @Test(.mustEnd)
  func `a copy that fails leaves refused what the lost folder refused`() throws {
    let held = try HeldEffects(holdsCopier: true)
    let (here, there) = (held.folder.path(".aura"), held.folder.path("other"))
    try FileManager.default.moveItem(atPath: here, toPath: there)
    // The moved project is no place for a copy.
    _ = held.effects.perform(.writeElsewhere(there))
    _ = held.effects.perform(.record(.undo, HeldEffects.b))
    _ = held.decide(HeldEffects.a, .accepted, area: 7)
    held.letGo()
    let moved = "\(ProjectError.moved(here, to: there))"
    #expect(
      held.events(2) == [
        .failed(.elsewhere, "\(ProjectError.notEmpty(there))"),
        .failed(.decision(HeldEffects.a), moved),
      ])
    // Put back, leaving saves the stroke after all.
    try FileManager.default.moveItem(atPath: there, toPath: here)
    #expect(held.effects.finish() == ["not decided: a.png: \(moved)"])
    #expect(try held.reopened().strokes(of: HeldEffects.b) == [.undo])
  }
}
