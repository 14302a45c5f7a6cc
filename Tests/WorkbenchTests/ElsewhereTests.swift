import Foundation
import Imaging
import Project
import Recipes
import Screen
import Testing

@testable import Workbench

/// A project that cannot be written, and its labels written elsewhere.
struct ElsewhereTests {
  @Test func `W asks for a folder, and what is typed is where the labels go`() {
    var session = Session()
    session.type("W")
    #expect(session.screen.contains("Write the labels elsewhere"))
    session.press(.control("u"))
    session.press(.enter)
    #expect(session.takeEffects() == [], "nowhere is no folder")
    session.type("/x/yq")
    session.press(.backspace)
    #expect(session.screen.contains("/x/y_"))
    session.press(.enter)
    #expect(session.takeEffects() == [.writeElsewhere("/x/y")])
    #expect(session.screen.contains("writing all labels elsewhere"))
    session.send(.failed(.elsewhere, "'/x/y' is there already"))
    #expect(session.screen.contains("'/x/y' is there already"))
    session.read()
    #expect(!session.screen.contains("writing all labels elsewhere"))
    session.type("W")
    session.press(.escape)
    #expect(session.takeEffects() == [])
  }

  @Test
  func `a project to look at takes no stroke and no decision, and says why, until it is copied`() {
    var session = Session(images: 2)
    session.masks[Session.key(1)] = Session.square
    let entries = (0..<2).map {
      ProjectEntry(key: Session.key($0), state: $0 == 0 ? .new : .accepted)
    }
    session.model = Model(
      projectName: "cells", entries: entries, isReadOnly: true, copyFolder: "/home/me/cells",
      theme: .dark, colorDepth: .direct, size: Size(columns: 80, rows: 24))
    session.send(.tick(session.time))
    session.settle()
    #expect(session.screen.contains("open to look at; W copies the labels"))
    _ = session.takeEffects()
    for keys in ["a", "r", "g", "W"] { session.type(keys) }
    #expect(session.screen.contains("/home/me/cells_"))
    session.press(.escape)
    session.press(.enter)
    for keys in [" llll ", "f ", "u", "a", "r"] {
      session.press(.escape)
      session.type(keys)
      #expect(session.screen.contains("This project is open to look at"), "\(keys)")
    }
    session.mouse(.press, .left, 30, 10)
    session.mouse(.release, .left, 35, 10)
    #expect(session.takeEffects() == [])
    session.send(.writtenElsewhere(entries, "The labels are elsewhere."))
    session.press(.escape)
    session.type("b llll ")
    #expect(session.takeEffects().count == 1)
    session.type("a")
    #expect(session.decisions.count == 1)
  }

  @Test func `what came of a copy is what the images are`() {
    var session = Session(images: 2)
    session.send(.unsaved(3))
    #expect(session.screen.contains("3 strokes are not on disk"))
    #expect(session.screen.contains("W writes all elsewhere"))
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("a")
    let gone = ProjectEntry(key: Session.key(0), state: .new)
    session.send(
      .writtenElsewhere([gone, ProjectEntry(key: Session.key(1), state: .new)], "Elsewhere."))
    #expect(session.model.entries[0] == gone)
    #expect(!session.screen.contains("not on disk"))
    session.settle()
    session.type("q")
    #expect(session.effects.last == .quit)
  }

  @Test func `only what is on disk counts as decided, and a refusal is not called saved`() {
    var session = Session(images: 2)
    session.propose([(Session.key(0), 0.2), (Session.key(1), 0.1)])
    session.press(.home)
    for answer in [Event.saved(Session.key(0)), .failed(.decision(Session.key(1)), "disk full")] {
      session.send(.input(.key(.character("a"))))
      session.waiting = [answer]
      session.settle()
    }
    session.read()
    #expect(session.screen.contains("not saved: the last decision was refused"))
    session.press(.home)
    session.type("a")
    session.read()
    #expect(session.screen.contains("saved; 2 decided since the start"))
  }

  @Test func `an acceptance of what is accepted is looked at on disk, and writes no mask`() {
    var session = Session(images: 2)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("a")
    session.press(.end)
    _ = session.takeEffects()
    session.type("a")
    #expect(
      session.takeEffects() == [
        .decide(
          Decision(image: Session.key(0), state: .accepted, time: session.time, score: 0.1), nil)
      ])
    #expect(session.screen.contains("accepted as it is"))
    #expect(session.masks[Session.key(0)] == Session.square)
    session.read()
    #expect(session.screen.contains("saved; 1 decided since the start"))
  }

  @Test func `an image that was refused is not worked on until Ctrl-L reads it again`() {
    var session = Session(images: 3)
    let key = Session.key(0)
    session.press(.enter)
    session.type(" LL ")
    let strokes = session.strokes[key]
    session.send(.input(.key(.character("a"))))
    #expect(session.model.openImage == Session.key(1), "the next image is open already")
    session.answer(.failed(.lostImage(key), "'img_0.png' cannot be read any more")) {
      $0 == .saved(key)
    }
    #expect(session.model.entries[0].state == .new && session.model.changed == [key])
    #expect(session.screen.contains("'img_0.png' cannot be read any more"))
    session.type("N")
    #expect(session.model.openImage == key && session.model.draft(of: key) == nil)
    session.type(" LL a")
    #expect(session.strokes[key] == strokes && session.decisions.count == 1)
    // From another image, where it is still gone, and then is back.
    session.type("n")
    for isBack in [false, true] {
      _ = session.takeLoads()
      session.send(.input(.key(.control("l"))))
      #expect(session.takeLoads().contains(key))
      session.answer(.failed(.image(key), "'img_0.png' is not there")) {
        if case .loaded(key, _) = $0 { !isBack } else { false }
      }
      #expect(session.screen.contains("'img_0.png' is not there") == !isBack)
      session.read()
    }
    #expect(session.model.draft(of: key) == session.replayed(key))
    session.type("N")
    session.type("a")
    #expect(session.model.entries[0].state == .accepted)
  }

  @Test func `Ctrl-L reads the image in hand again, but not under a stroke`() {
    var session = Session(images: 1)
    func loads() -> Int { session.effects.count { $0 == .load(Session.key(0)) } }
    session.press(.enter)
    let before = loads()
    session.type(" l")
    session.press(.control("l"))
    #expect(loads() == before)
    session.press(.enter)
    session.press(.control("l"))
    #expect(loads() == before + 1)
    #expect(session.screen.contains("undo 1 "))
    session.send(.setAside(ProjectEntry(key: Session.key(0), state: .new), "'img' was replaced"))
    #expect(session.screen.contains("'img' was replaced"))
  }
}

extension Session {
  /// The images that were asked for since the effects were taken last.
  fileprivate mutating func takeLoads() -> [ImageKey] {
    defer { effects = [] }
    return effects.compactMap { if case .load(let key) = $0 { key } else { nil } }
  }

  /// Lets every answer come, another one in place of some.
  fileprivate mutating func answer(_ answer: Event, to isAnswered: (Event) -> Bool) {
    waiting = waiting.map { isAnswered($0) ? answer : $0 }
    settle()
  }

  /// Reads all that is said, so that the status line is free.
  fileprivate mutating func read() {
    for _ in 0..<4 {
      time += 2
      press(.escape)
    }
  }
}
