import Foundation
import Project
import Recipes
import Screen
import Testing
import Workbench

/// A run that is done and measured by its labels.
@Suite struct CheckedRunTests {
  private static let measured: CrossValidation = {
    var measured = CrossValidation(folds: 3, steps: 33, basis: "")
    measured.foldsDone = 3
    measured.scores = [0.5, 0.6, 0.7, 0.6, 0.6].enumerated().map {
      .init(image: Session.key($0), fold: 1, iou: $1)
    }
    return measured
  }()

  /// The train screen while a run is measured.
  private static func checking() -> Session {
    var session = RunTests.started()
    session.send(
      .training(
        .finished(
          RunOutcome(
            epochs: 40, bestEpoch: nil, wasStopped: false, weights: URL(filePath: "/w")))))
    session.send(.training(.checking(CheckProgress(fold: 2, folds: 3, step: 40, steps: 99))))
    session.press(.function(4))
    return session
  }

  @Test func `the screen says which training is in hand, and then what they gave`() {
    var session = Self.checking()
    #expect(session.screen.contains("Checking: fold 2 of 3"))
    session.send(.training(.checked(Self.measured)))
    #expect(!session.screen.contains("Checking"))
    #expect(session.screen.contains("cross-validated: IoU .60 (.51 to .69), 5 labels"))
    session.send(.proposing(done: 16, of: 30))
    #expect(session.screen.contains("Proposing 16/30"))
    #expect(session.screen.contains("cross-validated: IoU .60"))
  }

  @Test func `X ends it without a question, and the run is kept`() {
    var session = Self.checking()
    session.send(.input(.key(.character("X"))))
    #expect(session.takeEffects() == [.stopTraining(.now)])
    #expect(!session.screen.contains("Sure?"))
    session.waiting = []
    session.send(.training(.checked(nil)))
    #expect(!session.screen.contains("Checking") && !session.screen.contains("cross-validated"))
  }

  @Test func `g plans a new run meanwhile, and neither pause nor stop after an epoch is there`() {
    var session = Self.checking()
    session.type("S ")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("X ends its checking"))
    session.type("g")
    #expect(session.takeEffects() == [.planTraining(nil)])
  }

  @Test func `what comes after a new run was asked for does not disturb it`() {
    var session = Self.checking()
    session.send(.training(.started(Session.resumed)))
    session.send(.training(.checked(nil)))
    #expect(session.screen.contains("Training epoch"))
  }

  @Test func `leaving asks, as the measure would be lost`() {
    var session = Self.checking()
    session.press(.function(2))
    session.type("q")
    #expect(session.screen.contains("Checking: fold 2 of 3"))
    #expect(session.effects.last != .quit)
  }

  @Test func `an earlier run shows what it was measured by`() {
    var session = Session()
    session.send(
      .pastRun(Session.resumed, bestEpoch: nil, crossValidation: Self.measured))
    session.press(.function(4))
    #expect(session.screen.contains("cross-validated: IoU .60 (.51 to .69), 5 labels"))
  }
}
