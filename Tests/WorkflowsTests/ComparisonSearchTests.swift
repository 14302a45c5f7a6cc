@testable import Comparison
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

struct ComparisonSearchTests {
  private let folder: TestFolder
  private let output: ComparisonFolder

  init() throws {
    folder = try TestFolder()
    output = ComparisonFolder(folder.url.appending(path: "out"))
    try folder.labelled(6, area: 3)
  }

  private func plan(split: String = "split.csv") -> ComparisonPlan {
    var recipe = Recipe()
    recipe.architecture = .unet
    (recipe.size, recipe.epochs, recipe.batch) = (64, 1, 4)
    let data = LabelledFolders(
      images: folder.path("images"), masks: folder.path("masks"), values: .white)
    return ComparisonPlan(
      data: data, division: .file(folder.path(split)), scoring: .paper,
      recipes: [NamedRecipe("a", recipe)],
      search: LineSearch(
        recipe: "a",
        lines: [
          LineSearch.Line(parameter: .beta, values: [0.1]),
          LineSearch.Line(parameter: .gamma, values: [1]),
        ]))
  }

  private func run(_ plan: ComparisonPlan) async throws {
    let output = output
    try await OwnThread.run {
      var runner = try ComparisonRunner(plan, in: output, threads: 1, stop: StopRequest()) { _ in }
      try runner.run()
    }
  }

  @Test func `a search chooses by images that are not tested on, and trains what it found`()
    async throws
  {
    let plan = plan()
    try await run(plan)
    let results = try ComparisonResults(output)
    let search = try #require(results.search)
    #expect(search.open.isEmpty && search.lines.count == 2)
    for line in search.lines {
      let chosen = try #require(line.points.first { $0.value == line.chosen })
      #expect(line.points.allSatisfy { ($0.iou ?? 2) <= (chosen.iou ?? -1) && $0.images == 1 })
    }
    for trial in try FileManager.default.contentsOfDirectory(atPath: output.searchFolder.path) {
      let files = RunFolder(id: trial, url: output.searchFolder.appending(path: trial))
      #expect(try files.scores().map(\.image) != [ImageKey("6.png")])
    }
    // The recipe's own values are those of its run: nothing is trained again.
    let names = try FileManager.default.contentsOfDirectory(atPath: output.searchFolder.path)
    let start = try #require(names.first { $0.hasPrefix("a-lambda5-beta0.75-gamma0.25-") })
    #expect(!RunFolder(id: start, url: output.searchFolder.appending(path: start)).hasWeights)
    #expect(results.runs.map(\.run.recipe) == (search.found == nil ? ["a"] : ["a", "a-searched"]))
    let text = try String(contentsOf: output.reportFile, encoding: .utf8)
    #expect(text.contains("## Line search") && !text.contains("not at its end"))
    let table = try String(contentsOf: output.searchFile, encoding: .utf8)
    #expect(table.split(separator: "\n").count == 5)

    // A second start finds all done.
    let before = try FileManager.default.attributesOfItem(atPath: output.searchFile.path)
    try await run(plan)
    #expect(try ComparisonResults(output) == results)
    #expect(before[.size] as? Int == table.utf8.count)
  }

  @Test func `a value that cannot be trained with is refused before anything is written`() throws {
    var plan = plan()
    plan.search = LineSearch(
      recipe: "a", lines: [LineSearch.Line(parameter: .lambda, values: [1, 1e300])])
    let error = #expect(throws: WorkflowError.self) {
      try ComparisonRunner(plan, in: output, threads: 1, stop: StopRequest()) { _ in }
    }
    #expect(error?.description.hasPrefix("the line search over lambda: lambda is '1e+300'") == true)
    #expect(!FileManager.default.fileExists(atPath: output.url.path))
  }

  @Test func `a search without images to validate on is refused before anything is written`()
    async throws
  {
    let table = "image,split\n1,train\n2,train\n6,test\n"
    try folder.write(Data(table.utf8), to: "few.csv")
    await #expect(throws: WorkflowError.self) { try await run(plan(split: "few.csv")) }
    #expect(!FileManager.default.fileExists(atPath: output.url.path))
  }
}
