import Imaging
import Project
import Recipes
import Screen
import TestSupport
import Testing
import Workbench

/// Runs: planned, started, watched, stopped.
@Suite struct RunTests {
  /// A session with one accepted image.
  static func labelled() -> Session {
    var session = Session()
    session.press(.enter)
    session.type(" LL a")
    _ = session.takeEffects()
    return session
  }

  static func started() -> Session {
    var session = labelled()
    session.type("gg")
    _ = session.takeEffects()
    return session
  }

  @Test func `g without a label says what is missing`() {
    var session = Session()
    session.type("g")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("at least one accepted mask"))
  }

  @Test func `a plan that counts steps shows them and is changed by tens`() {
    var session = Self.labelled()
    session.type("g")
    _ = session.takeEffects()
    var recipe = Recipe()
    recipe.steps = 64
    session.send(.planned(Session.forecast(recipe, .go(note: nil))))
    #expect(session.screen.contains("steps    < 64 >"))
    #expect(!session.screen.contains("epochs   <"))
    session.press(.right(shift: false))
    recipe.steps = 70
    #expect(session.takeEffects() == [.planTraining(recipe)])
  }

  @Test func `g plans, arrows change the plan, Enter starts what is shown`() {
    var session = Self.labelled()
    session.type("g")
    #expect(session.takeEffects() == [.planTraining(nil)])
    #expect(session.screen.contains("about 4.0 minutes"))
    #expect(session.screen.contains("no validation curve"))
    var recipe = Recipe()
    recipe.epochs = 45
    session.press(.right(shift: false))
    #expect(session.takeEffects() == [.planTraining(recipe)])
    session.press(.down(shift: false))
    session.press(.left(shift: false))
    recipe.size = 192
    #expect(session.takeEffects() == [.planTraining(recipe)])
    session.press(.enter)
    #expect(session.takeEffects() == [.startTraining(recipe)])
    #expect(session.screen.contains("Training"))
  }

  /// What a machine with too little memory says of a plan.
  static let tooLarge = RunForecast.Verdict.refused(
    "12 images of 1024x1024 a step need about 31.0 GB of memory, this machine has 16.0; "
      + "take a smaller size or batch")

  /// The settings that `Session` plans first, with five more epochs.
  static let plan45: Recipe = {
    var recipe = Recipe()
    recipe.epochs = 45
    return recipe
  }()

  /// A session with a plan that is refused.
  static func refused() -> Session {
    var session = labelled()
    session.type("g")
    _ = session.takeEffects()
    session.send(.planned(Session.forecast(nil, tooLarge)))
    return session
  }

  @Test func `a plan that is refused says why, and Enter does not start it`() {
    var session = Self.refused()
    #expect(session.screen.contains("This run cannot be started:"))
    session.press(.enter)
    session.type("g")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("This run cannot be started:"))
    // Other settings are planned anew, and can be started.
    session.press(.left(shift: false))
    session.press(.enter)
    let effects = session.takeEffects()
    #expect(effects.count == 2)
    guard case .startTraining = effects.last else {
      Issue.record("\(effects)")
      return
    }
  }

  @Test func `Enter while a plan is worked out starts what can be started once it is known`() {
    for isRefused in [false, true] {
      var session = Self.labelled()
      session.type("g")
      session.send(.input(.key(.right(shift: false))))
      session.waiting = []
      session.press(.enter)
      var recipe = Recipe()
      recipe.epochs = 45
      #expect(session.takeEffects() == [.planTraining(nil), .planTraining(recipe)])
      session.send(
        .planned(
          Session.forecast(recipe, isRefused ? .refused("too large") : .go(note: nil))))
      #expect(session.takeEffects() == (isRefused ? [] : [.startTraining(recipe)]))
      #expect(session.screen.contains("too large") == isRefused)
    }
  }

  @Test func `a stroke that the disk refuses closes no plan and ends no run`() {
    var session = Self.labelled()
    session.send(.input(.key(.character("g"))))
    session.waiting = []
    let stroke = Event.failed(
      .stroke(Session.key(0)), "disk full: /x/strokes.jsonl; free some space")
    session.send(stroke)
    #expect(session.screen.contains("working out what suits these labels"))
    session.send(.planned(Session.forecast(nil)))
    session.send(.input(.key(.enter)))
    session.waiting = []
    session.send(stroke)
    session.press(.function(4))
    #expect(session.screen.contains("Run starting"))
    session.send(.failed(.run, "a run is going on; X stops it"))
    #expect(!session.screen.contains("Run starting"))
  }

  @Test func `a plan that cannot be made closes its box and leaves a run alone`() {
    var session = Self.started()
    session.press(.function(4))
    session.send(.failed(.plan, "no mask is accepted yet"))
    #expect(session.screen.contains("Training epoch"))
    session = Self.labelled()
    session.send(.input(.key(.character("g"))))
    session.waiting = []
    session.send(.failed(.plan, "no mask is accepted yet"))
    #expect(!session.screen.contains("working out what suits these labels"))
    #expect(session.screen.contains("no mask is accepted yet"))
  }

  @Test func `Escape leaves the plan and nothing starts`() {
    var session = Self.labelled()
    session.type("g")
    session.press(.escape)
    session.press(.enter)
    #expect(session.takeEffects() == [.planTraining(nil)])
  }

  @Test func `labelling goes on while a run reports`() {
    var session = Self.started()
    #expect(session.model.tab == .annotate)
    let key = Session.key(1)
    for step in 1...40 {
      session.send(
        .training(.step(StepRecord(step: step, epoch: 1 + step / 4, loss: 1 / Double(step)))))
      if step.isMultiple(of: 4) { session.type(step.isMultiple(of: 8) ? "L " : "]]] ") }
    }
    #expect(session.strokes[key]?.count == 5)
    #expect(session.model.draft(of: key) == session.replayed(key))
    #expect(session.screen.contains("epoch"))
  }

  @Test func `Space pauses and resumes, S stops after the epoch, X now after a question`() {
    var session = Self.started()
    session.press(.function(4))
    session.type("  ")
    #expect(session.takeEffects() == [.pauseTraining, .resumeTraining])
    session.type("X")
    #expect(session.takeEffects() == [])
    session.type("n")
    session.send(.input(.key(.character("S"))))
    #expect(session.takeEffects() == [.stopTraining(.epoch)])
    session.settle()
    #expect(session.screen.contains("The run stopped after 3 epochs"))
    session.type("S")
    #expect(session.takeEffects() == [])
    session.type("gg")
    _ = session.takeEffects()
    session.type("Xy")
    #expect(session.takeEffects() == [.stopTraining(.now)])
  }

  @Test func `stopping a paused run lets it go on to its end`() {
    var session = Self.started()
    session.press(.function(4))
    session.type(" ")
    _ = session.takeEffects()
    session.type("S")
    #expect(session.takeEffects() == [.stopTraining(.epoch), .resumeTraining])
  }

  @Test func `leaving while a run goes on is asked about, Ctrl-C is not`() {
    var session = Self.started()
    session.press(.function(2))
    session.type("q")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("Leave now"))
    session.type("n")
    #expect(session.takeEffects() == [])
    session.type("qy")
    #expect(session.takeEffects() == [.quit])
    session.press(.control("c"))
    #expect(session.takeEffects() == [.quit])
  }

  @Test func `leaving with strokes that are not on disk is asked about, Ctrl-C is not`() {
    var session = Session()
    session.send(.unsaved(12))
    session.type("q")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("12 strokes"))
    session.type("nqy")
    #expect(session.takeEffects() == [.quit])
    session.send(.interrupted)
    #expect(session.takeEffects() == [.quit])
    session.send(.resized(Size(columns: 30, rows: 8)))
    session.type("q")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("12 strokes"))
    session.send(.unsaved(0))
    session.type("q")
    #expect(session.takeEffects() == [.quit])
  }

  /// A session whose run has ended and proposes.
  static func proposing() -> Session {
    var session = started()
    session.send(
      .training(.finished(RunOutcome(epochs: 3, bestEpoch: 2, wasStopped: false, weights: nil))))
    session.send(.proposing(done: 1, of: 3))
    session.press(.function(4))
    return session
  }

  @Test func `g plans and starts a run while another one's proposals are made`() {
    var session = Self.proposing()
    session.type("g")
    #expect(session.takeEffects() == [.planTraining(nil)])
    session.send(.input(.key(.enter)))
    #expect(session.takeEffects() == [.startTraining(Session.forecast(nil).recipe)])
    // What the first run still had to say.
    session.send(.proposing(done: 2, of: 3))
    session.send(.proposalsDone)
    #expect(session.screen.contains("Run starting"))
    session.settle()
    #expect(session.screen.contains("Training epoch 1"))
  }

  @Test func `proposals before any run show how far they are and leave no run behind`() {
    var session = Session()
    session.send(.proposing(done: 1, of: 4))
    #expect(session.screen.contains("Proposing 1/4"))
    session.send(
      .proposed(
        Session.key(1), ColouredCells(TiledLabels(Session.square)), uncertainty: 0.4,
        by: "simulated"))
    session.send(.proposalsDone)
    #expect(session.screen.contains("First proposals are there"))
    session.press(.function(4))
    #expect(session.screen.contains("No run yet"))
    session.press(.function(2))
    session.send(.input(.key(.home)))
    session.send(.input(.key(.enter)))
    session.settle()
    #expect(session.screen.contains("from simulation"), "\(session.screen)")
  }

  @Test func `the size is found before the first proposals, and shown with a plan`() {
    let found = FoundSize(
      size: 512, referenceSide: 520, cellDiameter: 40,
      looks: [128, 512].map { FoundSize.Look(size: $0, agreement: 0.5, seconds: 1) })
    var session = Session()
    session.send(.findingSize(done: 2, of: 18))
    #expect(session.screen.contains("Finding the size 2/18"))
    session.send(.foundSize(found))
    session.send(.comparing(done: 3, of: 4))
    #expect(session.screen.contains("Comparing images 3/4"))
    session.send(.proposing(done: 1, of: 4))
    #expect(session.screen.contains("Proposing 1/4"))
    session.send(.proposalsDone)
    session.press(.function(4))
    #expect(session.screen.contains("No run yet"))
    #expect(
      session.screen.contains("cells look 40 px across; looked at with 512 px (of 128 to 512)"))
    session.press(.function(2))
    session.press(.enter)
    session.type(" LL ag")
    var recipe = Recipe()
    recipe.size = 512
    session.waiting = []
    session.send(.planned(Session.forecast(recipe)))
    #expect(
      session.screen.contains("size     < 512 >  found; cells look 40 px across"),
      "\(session.screen)")
    recipe.size = 256
    session.send(.planned(Session.forecast(recipe)))
    #expect(session.screen.contains("size     < 256 >  cells look 40 px across"))
  }

  @Test func `X ends the search for a size`() {
    var session = Session()
    session.send(.findingSize(done: 0, of: 4))
    session.press(.function(4))
    session.send(.input(.key(.character("X"))))
    #expect(session.takeEffects() == [.stopTraining(.now)])
    session.send(.findingSize(done: 1, of: 4))
    #expect(session.screen.contains("Stopping"))
    session.send(.proposalsDone)
    #expect(session.screen.contains("No run yet"))
  }

  @Test func `leaving asks nothing while proposals before any run are made`() {
    var session = Session()
    session.send(.proposing(done: 1, of: 4))
    session.type("q")
    #expect(session.takeEffects() == [.quit])
  }

  @Test func `X ends proposals before any run`() {
    var session = Session()
    session.send(.proposing(done: 0, of: 4))
    session.press(.function(4))
    session.send(.input(.key(.character("X"))))
    #expect(session.takeEffects() == [.stopTraining(.now)])
    session.send(.proposalsDone)
    #expect(session.screen.contains("No run yet"))
    #expect(!session.screen.contains("proposals are there"))
  }

  @Test(arguments: [
    (StartingWeights.simulated, "aura-net from simulation: 2 to train"),
    (.file("runs/ft-03/weights.safetensors"), "aura-net from ft-03: 2 to train"),
    (.random, "aura-net: 2 to train"),
  ])
  func `a plan says where the weights come from`(weights: StartingWeights, text: String) {
    var session = Session()
    session.masks[Session.key(0)] = Session.square
    session.propose([(Session.key(0), 0.5)])
    session.type("a")
    session.settle()
    session.type("g")
    var recipe = Recipe()
    recipe.weights = weights
    session.waiting = []
    session.send(.planned(Session.forecast(recipe)))
    #expect(session.screen.contains(text), "\(session.screen)")
  }

  @Test func `X ends the proposals, those made being kept`() {
    var session = Self.proposing()
    session.send(.input(.key(.character("X"))))
    #expect(session.takeEffects() == [.stopTraining(.now)])
    session.send(.proposing(done: 2, of: 3))
    #expect(session.screen.contains("Stopping"))
    session.waiting = []
    session.send(.proposalsDone)
    #expect(!session.screen.contains("Stopping"))
    session.type("S")
    #expect(session.takeEffects() == [])
  }

  @Test func `a run that breaks off says why and can be started again`() {
    var session = Self.started()
    session.send(.training(.failed("the loss is no number; try a lower learning rate")))
    #expect(session.screen.contains("the loss is no number"))
    session.time += 5
    session.type("gg")
    #expect(session.takeEffects().last == .startTraining(Session.forecast(nil).recipe))
  }

  @Test func `the best epoch, the epochs since and the time left are shown`() {
    let session = ScreenshotTests.trained(80, 24)
    #expect(session.screen.contains("best epoch 9, 3 epochs ago"))
    #expect(session.screen.contains("ETA 02:20"))
    #expect(session.screen.contains("1.6 images/s"))
  }
}
