import Foundation
import Recipes
import Testing

@testable import Comparison
@testable import Console

struct ComparisonProgressTests {
  @Test
  func `the last line of JSON says how the comparison stands, also where nothing is left to do`()
    throws
  {
    let plan = ComparisonPlan(
      data: LabelledFolders(images: "/images"), division: .file("/split.csv"),
      recipes: [NamedRecipe("a", Recipe()), NamedRecipe("b", Recipe())])
    let broken = BrokenRun(run: plan.runs[1], reason: "no number")
    let results = ComparisonResults(
      plan: plan, runs: [], broken: [broken], search: nil, groups: nil)
    let line = try ResultStream.json(
      ComparisonProgress.finished(results, report: URL(filePath: "/out/report.md")),
      isIndented: false)
    #expect(
      line == #"{"brokenOff":["b-seed0"],"event":"finished","finished":0,"#
        + #""report":"/out/report.md","runs":2}"#)
  }
}
