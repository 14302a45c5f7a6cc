import Basics
import Foundation
import Imaging
import Project
import Recipes
import Screen
import TestSupport
import Testing
@testable import Workbench

/// Sessions in the queue.
@Suite struct QueueTests {
  /// The image names in the order of the list.
  static func names(_ session: Session) -> [String] {
    session.screen.split(separator: "\n").compactMap { line in
      line.range(of: "img_[0-9]+", options: .regularExpression).map { String(line[$0]) }
    }
  }

  @Test func `proposals put those estimated worst first and leave the chosen image chosen`() {
    var session = Session(images: 4)
    session.press(.down(shift: false))
    session.propose([(Session.key(0), 0.1), (Session.key(1), 0.3), (Session.key(3), 0.9)])
    #expect(Self.names(session) == ["img_3", "img_1", "img_0", "img_2"])
    session.type("a")
    #expect(session.decisions.map(\.image) == [Session.key(1)])
  }

  @Test func `images that the newest run sees altogether differently come first`() {
    let kept = KeptShare(
      share: 0.25, agreement: 0.49, images: 12, disputed: [Session.key(0), Session.key(2)])
    let outcome = RunOutcome(
      epochs: 3, bestEpoch: nil, wasStopped: false, weights: nil, kept: kept)
    var session = Session(images: 4)
    session.send(.training(.finished(outcome)))
    session.propose([
      (Session.key(0), 0.1), (Session.key(1), 0.3), (Session.key(2), 0.2), (Session.key(3), 0.9),
    ])
    #expect(Self.names(session) == ["img_2", "img_0", "img_3", "img_1"])
  }

  @Test func `images that are suggested come first, and s turns through the orders`() {
    let kept = KeptShare(share: 0.25, agreement: 0.49, images: 12, disputed: [Session.key(0)])
    var session = Session(images: 5)
    #expect(session.screen.contains("by quality"))
    session.send(.suggested([Session.key(3), Session.key(1), ImageKey("gone.png")]))
    // Images without a proposal yet are suggested too; the others are there as well.
    #expect(Self.names(session) == ["img_3", "img_1", "img_0", "img_2", "img_4"])
    #expect(session.screen.contains("by suggestion"))
    session.propose([(Session.key(1), 0.1), (Session.key(2), 0.9), (Session.key(4), 0.3)])
    #expect(session.screen.contains("those most worth a label come first"))
    #expect(Self.names(session) == ["img_3", "img_1", "img_2", "img_4", "img_0"])
    session.type("s")
    #expect(session.screen.contains("by quality"))
    #expect(Self.names(session) == ["img_2", "img_4", "img_1", "img_0", "img_3"])
    // Another suggestion changes nothing as long as nobody wants to see it.
    session.send(.suggested([Session.key(4), Session.key(1)]))
    #expect(Self.names(session).first == "img_2")
    session.type("s")
    #expect(session.screen.contains("by name"))
    session.type("ss")
    #expect(Self.names(session) == ["img_4", "img_1", "img_2", "img_0", "img_3"])
    session.send(
      .training(
        .finished(
          RunOutcome(epochs: 3, bestEpoch: nil, wasStopped: false, weights: nil, kept: kept))))
    session.propose([(Session.key(0), 0.2)])
    #expect(Self.names(session) == ["img_0", "img_4", "img_1", "img_2", "img_3"])
  }

  @Test func `without a suggestion s turns through the other orders`() {
    var session = Session(images: 2)
    for order in ["name", "state", "quality", "name"] {
      session.type("s")
      #expect(session.screen.contains("by \(order)"))
    }
  }

  @Test func `the status line says whose proposal the chosen image has, where there is room`() {
    var session = Session(images: 4)
    for (index, source) in [(0, "ft-02"), (1, "simulated"), (2, "/far/away/weights.safetensors")] {
      let certain = 0.1 * Double(index)
      session.send(
        .proposed(
          Session.key(index), ColouredCells(TiledLabels(Session.square)),
          uncertainty: 0.9 - certain, by: source))
    }
    func status() -> Substring { session.screen.split(separator: "\n").suffix(2).first ?? "" }
    session.press(.home)
    #expect(status().contains("saved ") && status().contains(" proposed by ft-02"))
    session.press(.down(shift: false))
    #expect(status().contains(" proposed by the simulated weights"))
    session.press(.down(shift: false))
    #expect(status().contains(" proposed by ") && status().contains("weights.safetensors"))
    session.press(.down(shift: false))
    #expect(!status().contains("proposed"))
    session.press(.home)
    session.type("a")
    #expect(status().contains("saved; 1 decided since the start"))
    #expect(status().contains(" proposed by the simulated weights"))
    session.send(.resized(Size(columns: 60, rows: 16)))
    #expect(status().contains("saved; 1 decided since the start"))
    #expect(!status().contains("proposed"))
  }

  @Test func `accepting goes on to the one estimated worst and writes the proposal`() {
    var session = Session(images: 3)
    session.propose([(Session.key(0), 0.1), (Session.key(1), 0.3), (Session.key(2), 0.9)])
    session.press(.home)
    session.type("aar")
    #expect(session.decisions.map(\.image) == [Session.key(2), Session.key(1), Session.key(0)])
    #expect(session.decisions.map(\.state) == [.accepted, .accepted, .rejected])
    #expect(session.masks[Session.key(2)] == Session.square)
    #expect(session.masks[Session.key(0)] == nil)
  }

  @Test func `an image without a mask is not accepted from the queue`() {
    var session = Session()
    session.type("a")
    #expect(session.decisions.isEmpty)
    #expect(session.screen.contains("has no mask yet"))
  }

  @Test func `an accepted mask is rejected only after a question`() {
    var session = Session(images: 2)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("a")
    session.press(.end)
    session.type("r")
    #expect(session.screen.contains("has an accepted mask"))
    session.type("n")
    #expect(session.decisions.count == 1)
    session.type("ry")
    #expect(session.decisions.last?.state == .rejected)
  }

  @Test(arguments: UInt64(0)..<8)
  func `a filter that is typed finds what one that is pasted finds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var list = ImageList(
      (0..<300).map {
        let name = $0 % 3 == 0 ? "Run\($0 % 7)/é\($0).png" : "ima\($0).TIF"
        return ProjectEntry(key: ImageKey(name), state: .new)
      })
    let others = ["acc", "run1", "É", "draft", "changed", ""]
    for _ in 0..<60 {
      let text =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: String(list.filter.dropLast())
        case 1: others.randomElement(using: &random) ?? ""
        default: list.filter + String("rna1e.épd".randomElement(using: &random) ?? "a")
        }
      if Bool.random(using: &random), let entry = list.entries.randomElement(using: &random) {
        list.modify(entry.key) {
          $0.state = ReviewState.allCases.randomElement(using: &random) ?? .new
        }
        if Bool.random(using: &random) { list.changed.insert(entry.key) }
      }
      if Int.random(in: 0..<9, using: &random) == 0 { list.sortDifferently() }
      list.setFilter(text)
      let listed = (0..<list.count).compactMap { list.entry(inRow: $0)?.key }
      let found = list.entries.filter { entry in
        let texts = [
          entry.key.text.lowercased(), entry.state.rawValue,
          list.stateText(of: entry, isLong: true),
        ]
        return text.isEmpty || texts.contains { $0.contains(text.lowercased()) }
      }
      #expect(Set(listed) == Set(found.map(\.key)), "\(text)")
      #expect(listed.map { list.row(of: $0) } == Array(0..<list.count))
      var fresh = list
      fresh.arrange()
      #expect(listed == (0..<fresh.count).compactMap { fresh.entry(inRow: $0)?.key }, "\(text)")
    }
  }

  @Test func `a filter finds a letter however its accent is written`() {
    var list = ImageList(
      ["é.png", "e\u{301}.png"].map { ProjectEntry(key: ImageKey($0), state: .new) })
    list.setFilter("é")
    #expect(list.count == 2)
  }

  @Test func `a key or a click that shows the annotate screen opens the chosen image`() {
    let ways: [(inout Session) -> Void] = [
      { $0.press(.function(3)) }, { $0.mouse(.press, .left, 14, 0) },
    ]
    for shows in ways {
      var session = Session()
      session.press(.down(shift: false))
      shows(&session)
      #expect(session.model.tab == .annotate)
      #expect(session.model.openImage == Session.key(1))
      session.type("n")
      session.press(.function(2))
      #expect(session.screen.contains("img_2.png") && session.model.openImage == Session.key(2))
      session.type("r")
      #expect(session.decisions.map(\.image) == [Session.key(2)])
    }
  }

  @Test func `a text that is typed ends where the longest path would`() {
    var session = Session()
    session.type("/")
    session.send(.input(.paste(String(repeating: "a", count: 100_000))))
    for _ in 0..<4_096 { session.send(.input(.key(.backspace))) }
    #expect(session.screen.contains("/_  3 found"))
  }

  @Test func `the filter lists what its text is in, by name or state`() {
    var session = Session(images: 12)
    session.type("/_1")
    #expect(Self.names(session) == ["img_1", "img_10", "img_11"])
    session.press(.enter)
    session.press(.enter)
    #expect(session.model.openImage == Session.key(1))
    session.type("nn")
    #expect(session.model.openImage == Session.key(11))
    session.type("n")
    #expect(session.model.openImage == Session.key(11))
    session.press(.function(2))
    session.type("/")
    session.press(.escape)
    #expect(Self.names(session).count == 12)
    session.propose([(Session.key(5), 0.4)])
    session.type("/prop")
    #expect(Self.names(session) == ["img_5"])
  }

  @Test func `Esc and q clear a kept filter, as the keys at the bottom say`() {
    var session = Session(images: 12)
    for key in [Key.escape, .character("q")] {
      session.type("/_1")
      session.press(.enter)
      #expect(session.screen.contains("/_1  3 found by quality"))
      #expect(session.screen.contains("q Esc clear the filter"))
      session.press(key)
      #expect(Self.names(session).count == 12)
      #expect(session.screen.contains("q save and leave"))
    }
    #expect(!session.effects.contains(.quit))
  }

  @Test func `the last image of a filter is not taken for the last of all`() {
    var session = Session(images: 4)
    session.propose([(Session.key(0), 0.3), (Session.key(1), 0.2)])
    session.type("/prop")
    session.press(.enter)
    session.press(.home)
    session.type("aa")
    #expect(session.screen.contains("last in this filter; 2 left"))
    session.press(.escape)
    session.propose([(Session.key(2), 0.3), (Session.key(3), 0.2)])
    session.press(.home)
    session.type("aa")
    #expect(session.screen.contains("Every image is decided"))
  }

  @Test func `a decision that cannot be written is taken back and says so until a key`() {
    var session = Session(images: 2)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.send(.input(.key(.character("a"))))
    session.waiting = [
      .failed(.decision(Session.key(0)), "disk full: /x/masks; free some space")
    ]
    session.settle()
    #expect(session.model.entries[0].state == .proposed)
    for _ in 0..<20 {
      session.time += 1
      session.send(.tick(session.time))
    }
    #expect(session.screen.contains("disk full"))
    session.press(.down(shift: false))
    #expect(!session.screen.contains("disk full"))
  }

  @Test(arguments: [[false, false], [true, false], [false, true]])
  func `of decisions on their way those count that are written`(written: [Bool]) {
    var session = Session(images: 1)
    let key = Session.key(0)
    session.propose([(key, 0.1)])
    session.press(.home)
    for letter in "ary" { session.send(.input(.key(.character(letter)))) }
    #expect(session.decisions.map(\.state) == [.accepted, .rejected])
    session.waiting = written.map {
      $0 ? .saved(key) : .failed(.decision(key), "disk full")
    }
    session.settle()
    let expected: ReviewState = written[1] ? .rejected : written[0] ? .accepted : .proposed
    #expect(session.model.entries[0].state == expected)
  }

  @Test func `failures wait in line behind each other`() {
    var session = Session()
    session.send(.failed(.proposals, "first trouble"))
    session.send(.failed(.proposals, "second trouble"))
    session.send(.notice("by the way"))
    #expect(session.screen.contains("first trouble"))
    // A key that comes at once was not meant as an answer.
    session.press(.down(shift: false))
    #expect(session.screen.contains("first trouble"))
    session.time += 3
    session.press(.down(shift: false))
    #expect(session.screen.contains("second trouble"))
    session.time += 3
    session.press(.down(shift: false))
    #expect(session.screen.contains("by the way"))
  }

  @Test func `q leaves from the queue and goes back to it from everywhere else`() {
    var session = Session()
    for key in [Key.function(3), .function(4), .function(5)] {
      session.press(key)
      session.type("q")
      #expect(session.model.tab == .queue)
    }
    #expect(!session.effects.contains(.quit))
    session.type("q")
    #expect(session.effects.last == .quit)
  }

  @Test func `few images are in memory however many are looked at`() {
    var session = Session(images: 60)
    for _ in 0..<59 { session.press(.down(shift: false)) }
    let held = (0..<60).filter { session.model.draft(of: Session.key($0)) != nil }
    #expect(held.count <= 8)
    #expect(held.contains(59))
  }

  @Test func `a click chooses, a second opens, the wheel moves on`() {
    var session = Session(images: 9)
    session.mouse(.press, .left, 5, 4)
    session.mouse(.scrollDown, .none, 5, 4)
    session.mouse(.scrollUp, .none, 5, 4)
    #expect(session.model.tab == .queue)
    session.mouse(.press, .left, 5, 4)
    #expect(session.model.tab == .annotate)
    #expect(session.model.openImage == Session.key(2))
    session.mouse(.press, .left, 30, 0)
    #expect(session.model.tab == .train)
  }

  @Test func `the list says how many cells an image has, as far as that is known`() {
    var session = Session(images: 4)
    func words(_ name: String) -> [Substring] {
      let rows = session.screen.split(separator: "\n")
      return rows.first { $0.contains(name) }?.prefix(38).split(separator: " ") ?? []
    }
    #expect(words("img_0").last == "new")
    session.propose([(Session.key(0), 0.3), (Session.key(1), 0.9)])
    #expect(words("img_0").suffix(2) == ["proposed", "1"])
    session.press(.home)
    session.type("r")
    #expect(words("img_1").last == "rejected")
    session.type("a")
    #expect(words("img_0").suffix(2) == ["accepted", "1"])
    #expect(session.screen.split(separator: "\n")[1].prefix(38).hasSuffix("cells"))
  }

  @Test func `cells that were not counted when they were written are when they are read`() {
    let window = Window(size: Size(columns: 80, rows: 24), theme: .dark, colorDepth: .direct)
    let keys = (0..<3).map(Session.key)
    var project = ProjectContext(
      name: "cells",
      entries: [
        ProjectEntry(key: keys[0], state: .accepted), ProjectEntry(key: keys[1], state: .proposed),
        ProjectEntry(key: keys[2], state: .rejected),
      ], window: window)
    for key in keys {
      project.take(
        OpenImage(
          image: Session.image(key), accepted: DoubtTests.cells,
          proposal: ReviewCellsTests.predicted, strokes: []), for: key)
    }
    #expect(keys.map { project.list[$0]?.cells } == [3, 5, nil])
  }

  @Test func `counts that come after the opening are taken unless they are known or pointless`() {
    let window = Window(size: Size(columns: 80, rows: 24), theme: .dark, colorDepth: .direct)
    let keys = (0..<4).map(Session.key)
    let states: [ReviewState] = [.accepted, .proposed, .rejected, .corrected]
    var project = ProjectContext(
      name: "cells",
      entries: zip(keys, states).map {
        ProjectEntry(key: $0, state: $1, cells: $1 == .corrected ? 7 : nil)
      }, window: window)
    project.take(Dictionary(uniqueKeysWithValues: keys.map { ($0, 4) }))
    #expect(keys.map { project.list[$0]?.cells } == [4, 4, nil, 7])
  }
}
