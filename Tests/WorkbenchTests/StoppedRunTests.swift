import Project
import Recipes
import Screen
import ScreenTesting
import Testing
import Workbench

/// A run that was stopped: gone on with, or its checkpoint cleared.
@Suite struct StoppedRunTests {
  private static let stopped = RunsOnDisk(
    count: 3, bytes: 1_200_000_000, checkpointBytes: 500_100_000, stopped: "ft-03")

  /// The train screen of a project whose newest run was stopped in an earlier session.
  private static func session(_ runs: RunsOnDisk = stopped, rows: Int = 24) -> Session {
    var session = Session(rows: rows, depth: .none)
    session.send(.pastRun(Session.resumed, bestEpoch: nil))
    session.send(.runs(runs))
    session.press(.function(4))
    return session
  }

  @Test func `a run that was stopped is offered to go on with, beside what runs take on disk`()
    throws
  {
    try expectScreen(view(Self.session().model), "train-stopped-80x24")
  }

  @Test func `c goes on with it, from the epochs that it had`() {
    var session = Self.session()
    session.type("c")
    #expect(session.takeEffects() == [.goOnTraining])
    #expect(session.screen.contains("ft-03   Training epoch 4/40"))
    // It is in hand now.
    session.type("c")
    #expect(session.takeEffects() == [])
    #expect(!session.screen.contains("c go on"))
  }

  @Test func `what cannot be gone on with says why in a line, and is shown as before`() {
    var session = Self.session()
    session.send(.input(.key(.character("c"))))
    #expect(session.screen.contains("Run starting"))
    session.waiting = []
    session.send(.failed(.run, "ft-03 cannot be gone on with: the labelled images have changed"))
    #expect(session.screen.contains("! ft-03 cannot be gone on with: the labelled images"))
    #expect(session.screen.contains("ft-03, stopped at 3/40"))
    #expect(session.takeEffects() == [.goOnTraining])
  }

  @Test func `without a stopped run, and away from its screen, nothing is offered`() {
    var session = Self.session(RunsOnDisk(count: 3, bytes: 7_000_000))
    #expect(session.screen.contains("3 runs, 7.0 MB on disk"))
    #expect(!session.screen.contains("go on"))
    session.type("cD")
    #expect(session.takeEffects() == [])
    #expect(!session.screen.contains("Sure?"))
    session = Self.session()
    session.press(.function(2))
    session.type("c")
    #expect(session.takeEffects() == [])
  }

  @Test func `it goes on while another run's proposals are made, but not while a run trains`() {
    var session = RunTests.proposing()
    session.send(.runs(Self.stopped))
    session.type("c")
    #expect(session.takeEffects() == [.goOnTraining])
    session = RunTests.started()
    session.press(.function(4))
    session.send(.runs(Self.stopped))
    session.type("c")
    #expect(session.takeEffects() == [])
  }

  @Test func `the palette clears checkpoints after a question that names what is lost`() {
    var session = Self.session()
    session.press(.control("p"))
    session.type("checkpoints")
    session.press(.enter)
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("500.1 MB"))
    #expect(session.screen.contains("gone on with then"))
    session.type("n")
    #expect(session.takeEffects() == [])
    session.type("Dy")
    #expect(session.takeEffects() == [.clearCheckpoints])
    #expect(session.screen.contains("checkpoint of ft-03 removed"))
    #expect(!session.screen.contains("go on"))
  }

  @Test func `a run that was stopped in this session is not called finished`() {
    var session = RunTests.started()
    session.press(.function(4))
    session.type("Xy")
    #expect(session.screen.contains("Run stopped at 0/40"))
  }
}
