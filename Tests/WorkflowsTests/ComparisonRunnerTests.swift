import Files
import Comparison
import Foundation
import Imaging
import Project
@testable import Recipes
import Synchronization
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

struct ComparisonRunnerTests {
  private let folder: TestFolder
  private let output: ComparisonFolder

  init() throws {
    folder = try TestFolder()
    output = ComparisonFolder(folder.url.appending(path: "out"))
    try folder.labelled(3, area: 6)
  }

  private func plan(_ names: [String], protocol scoring: ScoringProtocol) -> ComparisonPlan {
    var recipe = Recipe()
    recipe.architecture = .unet
    (recipe.size, recipe.epochs, recipe.batch) = (64, 1, 2)
    return ComparisonPlan(
      data: LabelledFolders(
        images: folder.path("images"), masks: folder.path("masks"), values: .white),
      division: .file(folder.path("split.csv")), scoring: scoring,
      recipes: names.map { NamedRecipe($0, recipe) })
  }

  private func run(
    _ plan: ComparisonPlan, stop: StopRequest = StopRequest()
  ) async throws {
    let output = output
    try await OwnThread.run {
      var runner = try ComparisonRunner(plan, in: output, threads: 1, stop: stop) { _ in }
      try runner.run()
      try ComparisonRunner.check(ComparisonResults(output), in: output)
    }
  }

  @Test(arguments: [(ScoringProtocol.own, 6, 4), (.paper, 64, 64)])
  func `every run leaves scores and predictions that agree with the pictures`(
    scoring: ScoringProtocol, width: Int, height: Int
  ) async throws {
    let plan = plan(["a", "b"], protocol: scoring)
    try await run(plan)
    let results = try ComparisonResults(output)
    #expect(results.unfinished.isEmpty)
    #expect(results.runs.map(\.history.count) == [1, 1])
    let key = ImageKey("3.png")
    for result in results.runs {
      let score = try #require(result.scores.first)
      #expect(result.scores.count == 1 && score.image == key && !score.trainedOn)
      let (truth, mask) = (
        try output.truth(of: key), try output.prediction(of: key, by: result.run)
      )
      #expect((truth.width, truth.height) == (width, height))
      let again = Scores(prediction: mask, truth: truth, withBoundaries: true)
      #expect(score == ImageScore(image: key, trainedOn: false, scores: again))
      #expect(
        FileManager.default.fileExists(
          atPath: output.folder(of: result.run).url.appending(path: "recipe.yaml").path))
    }
    // Two recipes that only differ in name are the same run.
    #expect(results.runs[0].scores == results.runs[1].scores)
    #expect(try String(contentsOf: output.scoresFile, encoding: .utf8) == results.csv)
    #expect(try output.image(of: key).width == width)
  }

  @Test func `what is done stays, what is trained is scored, another plan is refused`() async throws
  {
    let plan = plan(["a"], protocol: .own)
    try await run(plan)
    let files = output.folder(of: plan.runs[0])
    let scores = try files.scores()
    let before = try Data(contentsOf: files.weightsFile)
    try FileManager.default.removeItem(at: files.scoresFile)
    #expect(try ComparisonRunner.start(files, recipe: try files.recipe()) == .scoring)
    try await run(plan)
    #expect(try files.scores() == scores)
    #expect(try Data(contentsOf: files.weightsFile) == before)
    var longer = try files.recipe()
    longer.epochs = 2
    #expect(try ComparisonRunner.start(files, recipe: longer) == .afresh)
    try Data().write(to: files.checkpointFile)
    #expect(try ComparisonRunner.start(files, recipe: longer) == .resumed)
    var other = plan
    other.recipes[0].recipe.loss.gamma = 0
    await #expect(throws: ComparisonError.self) { try await run(other) }
  }

  @Test func `a mask that has changed since is refused`() async throws {
    let plan = plan(["a"], protocol: .own)
    let stop = StopRequest()
    #expect(stop.ask(SIGINT))
    try await run(plan, stop: stop)
    try folder.mask("masks/2.png", area: 11)
    let error = await #expect(throws: ComparisonError.self) { try await run(plan) }
    #expect(error?.description.contains("'2.png' or its mask has changed since") == true)
  }

  @Test func `a comparison that was told to stop trains nothing`() async throws {
    let plan = plan(["a"], protocol: .own)
    let stop = StopRequest()
    #expect(stop.ask(SIGINT))
    #expect(!stop.ask(SIGTERM))
    try await run(plan, stop: stop)
    #expect(try ComparisonResults(output).unfinished == plan.runs)
    #expect(stop.number == SIGINT)
  }

  @Test func `a comparison whose results cannot be told trains nothing`() async throws {
    let plan = plan(["a"], protocol: .own)
    let stop = StopRequest()
    stop.giveUp()
    try await run(plan, stop: stop)
    #expect(try ComparisonResults(output).unfinished == plan.runs)
    #expect(stop.isAsked && stop.number == nil)
  }

  @Test func `weights that are not there are told before anything is written`() async throws {
    var plan = plan(["a", "b"], protocol: .own)
    plan.recipes[1].recipe.weights = .file(folder.path("none.safetensors"))
    let error = await #expect(throws: WorkflowError.self) { try await run(plan) }
    #expect(error?.description.hasPrefix("recipe 'b': ") == true)
    #expect(!output.isBegun)
  }

  @Test func `a recipe that cannot be trained is told before another one is`() async throws {
    var plan = plan(["a", "b"], protocol: .own)
    plan.recipes[1].recipe.optimisation.simulatedShare = 0.1
    let error = await #expect(throws: WorkflowError.self) { try await run(plan) }
    #expect(error?.description.hasPrefix("recipe 'b': a share of 0.1 of 2 images a step") == true)
    #expect(!output.isBegun)
  }

  @Test func `a run that breaks off is told again, not tried again`() async throws {
    var plan = plan(["a", "b"], protocol: .own)
    plan.recipes[0].recipe.learningRate = 1e30
    plan.recipes[0].recipe.epochs = 4
    let error = await #expect(throws: WorkflowError.self) { try await run(plan) }
    #expect(
      error?.description.contains("a run broke off, such as a-seed0: the loss is no number") == true
    )
    let results = try ComparisonResults(output)
    #expect(results.broken.map(\.run) == [plan.runs[0]] && results.unfinished.isEmpty)
    #expect(results.runs.map(\.run) == [plan.runs[1]])
    let files = output.folder(of: plan.runs[0])
    let before = try files.history()
    await #expect(throws: WorkflowError.self) { try await run(plan) }
    #expect(try files.history() == before)
  }

  @Test func `a run whose checkpoint is damaged is told and begins again, and the file is kept`()
    async throws
  {
    let plan = plan(["a", "b"], protocol: .own)
    let files = output.folder(of: plan.runs[0])
    try AtomicWrite.write("no checkpoint", to: files.checkpointFile)
    try AtomicWrite.write("of before", to: files.url.appending(path: "predictions/old.png"))
    let told = try await notices(plan)
    #expect(told.map(\.run) == [plan.runs[0]])
    let text = try #require(told.first).text
    #expect(text.hasPrefix("'\(files.checkpointFile.path)' is damaged: "), "\(text)")
    #expect(text.hasSuffix("; kept as damaged.checkpoint, and the run begins again"), "\(text)")
    let results = try ComparisonResults(output)
    #expect(results.runs.map(\.run) == plan.runs && results.broken.isEmpty)
    #expect(results.runs[0].scores == results.runs[1].scores)
    let kept = files.url.appending(path: "damaged.checkpoint")
    #expect(try String(contentsOf: kept, encoding: .utf8) == "no checkpoint")
    #expect(FileKind(files.url.appending(path: "predictions/old.png")) == nil)
    #expect(!files.hasCheckpoint)
  }

  @Test func `a run whose checkpoint the system does not give ends it, and stays as it is`()
    async throws
  {
    let plan = plan(["a", "b"], protocol: .own)
    let files = output.folder(of: plan.runs[0])
    try AtomicWrite.makeFolder(files.checkpointFile)
    let error = await #expect(throws: WorkflowError.self) { try await run(plan) }
    #expect(
      error?.description
        == "run 'a-seed0': cannot read '\(files.checkpointFile.path)': it is a folder")
    #expect(FileKind(files.checkpointFile) == .folder)
    #expect(try ComparisonResults(output).unfinished == plan.runs)
  }

  @Test func `what is finished is not refused for what this machine could not train`() throws {
    var plan = plan(["a", "b"], protocol: .own)
    (plan.recipes[0].recipe.size, plan.recipes[0].recipe.batch) = (4096, 200)
    func prepare() throws {
      _ = try ComparisonRunner(plan, in: output, threads: 1, stop: StopRequest()) { _ in }
    }
    let error = #expect(throws: WorkflowError.self) { try prepare() }
    #expect(error?.description.contains("of memory") == true)
    try AtomicWrite.write("", to: output.folder(of: plan.runs[0]).scoresFile)
    try prepare()
  }

  /// What a comparison tells of its runs besides their progress.
  private func notices(
    _ plan: ComparisonPlan
  ) async throws -> [(run: ComparisonRun, text: String)] {
    let output = output
    return try await OwnThread.run {
      let told = Mutex<[(run: ComparisonRun, text: String)]>([])
      var runner = try ComparisonRunner(
        plan, in: output, threads: 1, stop: StopRequest()
      ) { event in
        guard case .training(let run, .notice(let text)) = event else { return }
        told.withLock { $0.append((run, text)) }
      }
      try runner.run()
      return told.withLock(\.self)
    }
  }
}
