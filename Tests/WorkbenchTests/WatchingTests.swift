import Basics
import Foundation
import Imaging
import Project
import Recipes
import Screen
import Testing
import Workbench

/// A run watched without a project.
@Suite struct WatchingTests {
  private static let plan: RunPlan = {
    var recipe = Recipe()
    (recipe.epochs, recipe.batch) = (3, 8)
    return RunPlan(
      folder: URL(filePath: "/tmp/pre1"), recipe: recipe,
      length: RunLength(steps: 24, stepsPerEpoch: 10), stepsDone: 10,
      history: [
        EpochRecord(
          epoch: 1, trainLoss: 0.5, validationLoss: 0.4, seconds: 60, imagesPerSecond: 12)
      ])
  }()

  private static func watching() -> Session {
    var session = Session()
    session.model = Model(
      watching: "/tmp/pre1", theme: .dark, colorDepth: .direct,
      size: Size(columns: 100, rows: 24))
    session.send(.tick(session.time))
    return session
  }

  /// After one epoch of before and four steps.
  private static func running() -> Session {
    var session = watching()
    session.send(.training(.started(plan)))
    for step in 11...14 {
      session.send(.training(.step(StepRecord(step: step, epoch: 2, loss: 0.3))))
    }
    return session
  }

  @Test func `the curve, its figures and the time left are shown, and no tabs`() {
    var session = Self.running()
    #expect(session.screen.contains("pre1   Training epoch 2/3"))
    #expect(session.screen.contains("simulated images, 24 steps"))
    #expect(session.screen.contains("12.0 images/s"))
    #expect(session.screen.contains("ETA 01:24"))
    #expect(!session.screen.contains("Queue") && !session.screen.contains("accepted"))
    #expect(session.screen.contains("/tmp/pre1"))
    session.send(
      .training(
        .validated(
          ValidationRecord(
            step: 20, images: 160, learningRate: 1e-3, trainLoss: 0.3, simulatedLoss: 0.4,
            simulatedIoU: 0.7012, real: [.init(name: "bubil2", iou: 0.5503)]))))
    #expect(session.screen.contains("simulated IoU 0.7012  bubil2 0.5503"))
  }

  @Test func `Space pauses and goes on, S stops after the epoch, X now`() {
    var session = Self.running()
    session.type("  S")
    #expect(
      session.takeEffects() == [.pauseTraining, .resumeTraining, .stopTraining(.epoch)])
    session = Self.running()
    session.type("X")
    #expect(session.screen.contains("A checkpoint is written"))
    session.type("y")
    #expect(session.takeEffects() == [.stopTraining(.now)])
  }

  @Test func `keys of a project do nothing, and the help does not name them`() {
    var session = Self.running()
    for number in 2...5 { session.press(.function(number)) }
    session.type("g")
    session.mouse(.press, .left, 2, 0)
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("Training epoch 2/3"))
    session.type("?")
    #expect(session.screen.contains("pause or go on"))
    #expect(!session.screen.contains("accepted masks") && !session.screen.contains("annotate"))
  }

  @Test func `q asks while the run goes on and leaves when it is over`() {
    var session = Self.running()
    session.type("q")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("Leave now?"))
    session.type("ny")
    #expect(session.takeEffects() == [])
    session.type("qy")
    #expect(session.takeEffects() == [.quit])
    session.send(.training(.finished(Session.stopped)))
    #expect(session.screen.contains("The run ended after 3 epochs: its last weights are kept."))
    session.type(" q")
    #expect(session.takeEffects() == [.quit])
  }

  @Test func `a run that breaks off says why`() {
    var session = Self.watching()
    session.send(.training(.failed("the disk is full")))
    #expect(session.screen.contains("the disk is full"))
    session.type("q")
    #expect(session.takeEffects() == [.quit])
  }

  @Test func `no key, mouse or window size traps`() {
    var session = Self.running()
    var generator = SeededGenerator(seed: 1)
    let keys: [Key] =
      [.enter, .escape, .up(shift: false), .down(shift: true), .pageUp, .pageDown, .home, .end]
      + [.control("p"), .control("r"), .backspace, .tab]
      + "abcdefghjklmnrsuvxyzLSXN[]<>+-=01/ :?".map { .character($0) }
    for turn in 0..<400 {
      session.press(keys[generator.index(below: keys.count)])
      session.mouse(
        turn.isMultiple(of: 2) ? .press : .release, .left, generator.index(below: 100),
        generator.index(below: 24))
      if turn.isMultiple(of: 40) {
        session.send(.resized(Size(columns: 20 + turn / 3, rows: 4 + turn / 12)))
      }
      _ = session.screen
    }
  }
}
