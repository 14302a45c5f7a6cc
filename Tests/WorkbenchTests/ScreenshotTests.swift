import Imaging
import Project
import Recipes
import Screen
import ScreenTesting
import Testing
import Workbench

/// Whole screens, as a person has looked at them.
@Suite struct ScreenshotTests {
  static let sizes = [(80, 24), (120, 40)]

  /// A session with every kind of state in its list.
  static func session(_ columns: Int, _ rows: Int, _ depth: ColorDepth = .none) -> Session {
    var session = Session(images: 9, columns: columns, rows: rows, depth: depth)
    session.propose([(Session.key(4), 0.31), (Session.key(2), 0.87), (Session.key(7), 0.55)])
    session.press(.home)
    session.type("a")
    session.press(.enter)
    session.type(" LL aa")
    session.press(.enter)
    session.type("r")
    session.press(.function(2))
    session.press(.home)
    return session
  }

  @Test(arguments: sizes)
  func `the queue shows states and the chosen image`(columns: Int, rows: Int) throws {
    let session = Self.session(columns, rows)
    try expectScreen(view(session.model), "queue-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func `the annotate screen shows image, mask, pen and tools`(columns: Int, rows: Int) throws {
    var session = Self.session(columns, rows)
    session.press(.enter)
    session.type("e L")
    try expectScreen(view(session.model), "annotate-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func `the train screen shows the curve and its figures`(columns: Int, rows: Int) throws {
    let session = Self.trained(columns, rows)
    try expectScreen(view(session.model), "train-\(columns)x\(rows)")
  }

  /// A session in the middle of a run.
  static func trained(_ columns: Int, _ rows: Int) -> Session {
    var session = Self.session(columns, rows)
    session.type("g")
    session.press(.enter)
    session.press(.function(4))
    for epoch in 1...12 {
      for step in 1...4 {
        let place = Double((epoch - 1) * 4 + step)
        let loss = 0.2 + 0.6 / (1 + place / 6) + (place.truncatingRemainder(dividingBy: 3)) * 0.02
        session.send(.training(.step(StepRecord(step: Int(place), epoch: epoch, loss: loss))))
      }
      session.send(.tick(session.time + Double(epoch) * 5))
      let record = EpochRecord(
        epoch: epoch, trainLoss: 0.3, validationLoss: 0.25 + 0.01 * Double(abs(epoch - 9)),
        seconds: 5, imagesPerSecond: 1.6)
      session.send(.training(.epoch(record, isBest: epoch <= 9)))
    }
    return session
  }

  @Test(arguments: sizes)
  func `the review shows image, truth, prediction and errors`(columns: Int, rows: Int) throws {
    var session = Self.session(columns, rows)
    session.press(.function(5))
    try expectScreen(view(session.model), "review-\(columns)x\(rows)")
  }

  @Test func `the plan of a run says how long it takes and why there is no curve`() throws {
    var session = Self.session(80, 24)
    session.type("g")
    session.press(.right(shift: false))
    try expectScreen(view(session.model), "plan-80x24")
  }

  @Test func `a plan that is refused says why, and no key that starts it`() throws {
    var session = Self.session(80, 24)
    session.type("g")
    session.press(.right(shift: false))
    session.send(.planned(Session.forecast(RunTests.plan45, RunTests.tooLarge)))
    try expectScreen(view(session.model), "plan-refused-80x24")
  }

  @Test func `the help lists the keys of its screen`() throws {
    var session = Self.session(80, 24)
    session.press(.enter)
    session.type("?")
    try expectScreen(view(session.model), "help-80x24")
  }

  @Test func `a window too small says so`() throws {
    var session = Self.session(80, 24)
    session.send(.resized(Size(columns: 30, rows: 8)))
    try expectScreen(view(session.model), "small-30x8")
  }
}
