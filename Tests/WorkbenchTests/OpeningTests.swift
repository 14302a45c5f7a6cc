import Foundation
import Imaging
import Project
import Recipes
import Screen
import Testing
import Workbench

/// What is known of earlier sessions, and drafts in the list.
@Suite struct OpeningTests {
  static func record(_ epoch: Int) -> EpochRecord {
    EpochRecord(
      epoch: epoch, trainLoss: 1 / Double(epoch), validationLoss: 0.2 + abs(Double(epoch) - 3) / 9,
      seconds: 4, imagesPerSecond: 2)
  }

  static func past(_ done: Int, of epochs: Int) -> Session {
    var recipe = Recipe()
    recipe.epochs = epochs
    let plan = RunPlan(
      folder: URL(filePath: "/runs/ft-02"), recipe: recipe,
      training: (0..<8).map { Session.key($0) }, validation: [Session.key(8), Session.key(9)],
      length: RunLength(steps: 2 * epochs, stepsPerEpoch: 2), history: (1...done).map(record))
    var session = Session()
    session.send(.pastRun(plan, bestEpoch: 3))
    session.press(.function(4))
    return session
  }

  @Test func `the run of an earlier session is shown with its curve and its best epoch`() {
    let screen = Self.past(5, of: 5).screen
    #expect(screen.contains("ft-02, ended"))
    #expect(screen.contains("best epoch 3, 2 epochs before the last"))
    #expect(screen.contains("8 to train, 2 to validate"))
    #expect(screen.contains("━ train"))
    #expect(screen.contains("━ validation"))
    #expect(!screen.contains("No run yet"))
  }

  @Test func `how much of what was learnt an earlier run has kept is told, and puts images first`()
  {
    let kept = KeptShare(share: 0.25, agreement: 0.49, images: 12, disputed: [Session.key(1)])
    var session = Session()
    session.send(.pastRun(Session.resumed, bestEpoch: nil, kept: kept))
    session.press(.function(4))
    #expect(
      session.screen.contains(
        "kept 25 % of what was learnt: agreement with earlier masks 0.49, 12 images"))
    #expect(!session.screen.contains("last weights kept"))
  }

  @Test func `an earlier run that broke off says where, and a new one takes its place`() {
    var session = Self.past(19, of: 161)
    #expect(session.screen.contains("ft-02, stopped at 19/161"))
    session.press(.function(2))
    session.type("q")
    #expect(session.effects.last == .quit)
    session.press(.enter)
    session.type(" LL a")
    session.press(.function(4))
    session.type("gg")
    #expect(session.screen.contains("0001   Training epoch 1/40"))
    #expect(!session.screen.contains("ft-02"))
  }

  @Test func `the axis of epochs starts at 0 and every curve has a name`() {
    let screen = ScreenshotTests.trained(80, 24).screen
    #expect(screen.contains("\n         0    "))
    #expect(screen.contains("━ each step"))
  }

  @Test func `a drawing that is not accepted is a draft in the list`() {
    var session = Session()
    session.press(.enter)
    session.type(" L ")
    session.press(.function(2))
    #expect(session.screen.contains("draft"))
    session.press(.enter)
    session.type("u")
    session.press(.function(2))
    #expect(!session.screen.contains("draft"))
  }

  @Test func `an accepted mask drawn on is changed in list and plan until it is accepted`() {
    var session = Session(columns: 140, rows: 30)
    session.press(.enter)
    session.type(" LL a")
    session.press(.function(2))
    session.press(.end)
    session.press(.enter)
    session.type(" J ")
    session.press(.function(2))
    #expect(session.screen.contains("accepted, changed"))
    session.type("/changed")
    #expect(QueueTests.names(session) == ["img_0"])
    session.press(.escape)
    session.type("g")
    #expect(session.screen.contains("1 changed mask trains as last accepted"))
    session.press(.escape)
    session.press(.end)
    session.press(.enter)
    session.type("a")
    session.press(.function(2))
    #expect(!session.screen.contains("changed"))
  }

  @Test func `drafts of earlier sessions are in the list at opening`() {
    var session = Session(images: 30)
    for index in [5, 29] {
      session.strokes[Session.key(index)] = [.editMask(MaskEdit(added: [40..<60], removed: []))]
    }
    session.send(.drafts([Session.key(5), Session.key(29), ImageKey("gone.png")]))
    #expect(session.screen.ranges(of: "draft").count == 1)
    session.type("/draft")
    #expect(QueueTests.names(session) == ["img_5", "img_29"])
  }

  @Test
  func `masks that are taken over are shown as they come, and leave alone what is decided here`() {
    var session = Session(images: 4)
    session.type("r")
    func entries(_ range: Range<Int>) -> [ProjectEntry] {
      range.map { ProjectEntry(key: Session.key($0), state: .accepted) }
    }
    func state(_ index: Int) -> ReviewState { session.model.entries[index].state }
    session.send(.takingMasks(entries(0..<2), done: 2, of: 4))
    #expect(session.screen.contains("taking over masks that lie with the images: 2 of 4"))
    #expect(state(0) == .rejected && state(1) == .accepted)
    #expect(state(2) == .new)
    session.masks[Session.key(2)] = Session.square
    session.send(.takingMasks(entries(2..<4), done: 4, of: 4))
    session.settle()
    #expect(!session.screen.contains("taking over"))
    #expect(session.screen.contains("4/4 done") && state(0) == .rejected)
  }

  @Test func `an image that was on its way when its mask was taken over is read again`() {
    var session = Session(images: 6)
    let key = Session.key(5)
    // Asked for, and read before the mask is there.
    session.send(.input(.key(.end)))
    let early = session.waiting
    #expect(early.contains { if case .loaded(key, _) = $0 { true } else { false } })
    session.waiting = []
    session.masks[key] = Session.square
    session.send(
      .takingMasks([ProjectEntry(key: key, state: .accepted)], done: 1, of: 1))
    for event in early { session.send(event) }
    session.settle()
    session.press(.end)
    #expect(session.model.draft(of: key) == Session.square)
  }

  @Test func `Esc takes one line away at a time`() {
    var session = Session()
    session.press(.enter)
    session.send(.failed(.lostImage(Session.key(0)), "the first line"))
    session.time += 2
    session.send(.tick(session.time))
    session.send(.setAside(ProjectEntry(key: Session.key(0), state: .new), "the second line"))
    #expect(session.screen.contains("the first line"))
    session.press(.escape)
    #expect(session.screen.contains("the second line"))
    session.press(.escape)
    #expect(!session.screen.contains("the second line"))
  }
}
