import Basics
import Files
import Recipes
@testable import Comparison
import Foundation
import Imaging
import Project
import Testing

struct ReportTests {
  @Test func `seeds of an image count once, with their mean`() throws {
    let fixture = try ReportFixture()
    let summary = ComparisonSummary(try ComparisonResults(fixture.folder))
    let key = ImageKey("cells/img_2.png")
    let both = [UInt64(0), 1].map { seed in
      Scores(
        prediction: ReportFixture.disc(2, 1 + Int(seed)), truth: ReportFixture.disc(2, 0)
      ).iou
    }
    let value = try #require(summary.value(.iou, of: "unet", on: key))
    #expect(abs(value - (both[0] + both[1]) / 2) < 1e-15)
    let iou = try #require(summary.summary(.iou, of: "unet"))
    #expect(iou.count == 5)
    let values = summary.images.compactMap { summary.value(.iou, of: "unet", on: $0) }
    #expect(iou.mean == Statistics.mean(values))
    #expect(iou.interval == Statistics.interval(ofMean: values))
  }

  @Test func `paired differences are of the same images`() throws {
    let fixture = try ReportFixture()
    let summary = ComparisonSummary(try ComparisonResults(fixture.folder))
    let found = try #require(summary.difference(.iou, of: "unet", from: "unet+ac"))
    let expected = summary.images.compactMap { image in
      summary.value(.iou, of: "unet", on: image).flatMap { a in
        summary.value(.iou, of: "unet+ac", on: image).map { a - $0 }
      }
    }
    #expect(found == MetricSummary(expected))
    #expect(found.mean > 0 && found.leavesZeroOut)
    let back = try #require(summary.difference(.iou, of: "unet+ac", from: "unet"))
    #expect(abs(back.mean + found.mean) < 1e-15)
    #expect(summary.best(.iou) == "unet")
    #expect(summary.best(.hausdorff) == "unet")
    #expect(summary.worstImages(of: "unet").first == ImageKey("cells/img_0.png"))
    #expect(summary.imagesByIoU.last == ImageKey("cells/img_0.png"))
  }

  @Test func `images of a group are drawn together, and the report says so`() throws {
    let fixture = try ReportFixture()
    let alone = try ComparisonReport(fixture.folder)
    #expect(alone.summary.groupCount == nil)
    #expect(alone.text.contains("Every image counts as drawn on its own"))
    let groups = ImageGroups(
      names: Dictionary(
        uniqueKeysWithValues: alone.results.images.enumerated().map { ($1, $0 < 3 ? "x" : "y") }))
    try AtomicWrite.write(groups.csv, to: fixture.folder.groupsFile)
    let grouped = try ComparisonReport(fixture.folder)
    #expect(grouped.results.groups == groups && grouped.summary.groupCount == 2)
    let (one, two) = (
      try #require(alone.summary.summary(.iou, of: "unet")),
      try #require(grouped.summary.summary(.iou, of: "unet"))
    )
    #expect(one.mean == two.mean && one.interval != two.interval)
    let difference = try #require(grouped.summary.difference(.iou, of: "unet", from: "unet+ac"))
    #expect(
      difference.interval != alone.summary.difference(.iou, of: "unet", from: "unet+ac")?.interval)
    #expect(grouped.text.contains("each resample takes 2 whole groups (cluster bootstrap)"))
  }

  @Test func `a recipe without a finished run has a row that says what became of it`() throws {
    let fixture = try ReportFixture(seeds: [0]) { !["unet", "unet+ac"].contains($0.recipe) }
    let broken = try #require(fixture.plan.runs.first { $0.recipe == "unet+ac" })
    try fixture.folder.write(breakdown: "the loss is no number", of: broken)
    let report = try ComparisonReport(fixture.folder)
    let lines = report.text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("| unet |") && $0.hasSuffix("| not yet |") })
    #expect(
      lines.contains {
        $0.hasPrefix("| unet+ac |") && $0.hasSuffix("| broke off: the loss is no number |")
      })
    #expect(report.lines.contains("not yet") && report.lines.contains("broke off: the loss"))
  }

  @Test func `a prediction that is missing or broken is named`() throws {
    let fixture = try ReportFixture(seeds: [0])
    #expect(try ComparisonReport(fixture.folder).brokenPredictions == [])
    let files = fixture.plan.runs.prefix(2).map { fixture.folder.folder(of: $0) }
    let keys = [ImageKey("cells/img_1.png"), ImageKey("cells/img_3.png")]
    try FileManager.default.removeItem(at: try files[0].predictionFile(of: keys[0]))
    try Data("torn".utf8).write(to: try files[1].predictionFile(of: keys[1]))
    let found = try ComparisonReport(fixture.folder).brokenPredictions
    #expect(found.count == 2)
    #expect(found[0].hasPrefix("run 'unet-seed0': the prediction of 'cells/img_1.png' is left out"))
    #expect(found[1].hasPrefix("run 'unet+ac-seed0': the prediction of 'cells/img_3.png'"))
  }

  @Test func `each part of the paper is put in by four of its eight ablations`() {
    let pairs = Ablation.pairs(among: ReportFixture.recipes)
    for part in Ablation.Part.allCases {
      #expect(pairs.count { $0.part == part } == 4)
    }
    #expect(
      pairs.filter { $0.part == .resnet }.map { "\($0.without.name) \($0.with.name)" } == [
        "unet unet-resnet", "unet+ac unet-resnet+ac", "attention-unet aura-net",
        "attention-unet+ac aura-net+ac",
      ])
    var other = ReportFixture.recipes
    other[1].recipe.size = 512
    #expect(!Ablation.pairs(among: other).contains { $0.with == other[1] })
  }

  @Test func `the paper's tables are as printed`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared/spec/aura-net-paper.txt").standardizedFileURL
    guard let paper = try? String(contentsOf: file, encoding: .utf8) else {
      print("skipped: no \(file.path)")
      return
    }
    let lines = Set(
      paper.replacing(" %", with: "%").split(separator: "\n").map { String($0) })
    for number in 1...4 {
      let table = try #require(PaperTable(number))
      #expect(table.rows.count == (number == 4 ? 8 : 4))
      for row in table.rows {
        let cells = PaperTable.metrics.enumerated().map { index, metric -> String in
          let value = row[metric] ?? 0
          return index < 4
            ? NumberText.decimal(100 * value, digits: 2) + "%"
            : NumberText.decimal(value, digits: 2)
        }
        #expect(lines.contains(([row.title] + cells).joined(separator: "\t")), "\(row.title)")
      }
    }
    #expect(PaperTable(5) == nil)
  }

  @Test func `every recipe of the paper finds its row`() throws {
    let table = try #require(PaperTable(4))
    let rows = ReportFixture.recipes.compactMap { table.row(of: $0.recipe)?.title }
    #expect(Set(rows).count == 8)
    var recipe = Recipe()
    recipe.size = 512
    recipe.augmentation = .paper
    #expect(table.differences(of: recipe) == ["random weights, the paper's encoder is ImageNet's"])
    recipe.loss.gamma = 0.5
    recipe.optimisation.warmup = 7
    #expect(
      table.differences(of: recipe).dropFirst() == [
        "gamma 0.5, the protocol's 0.25", "warmup 7, the protocol's 0",
      ])
    recipe = Recipe()
    recipe.augmentation = .paper
    recipe.loss.gamma = 0
    recipe.size = 512
    recipe.architecture = .unet
    #expect(table.differences(of: recipe) == [])
    recipe.size = 256
    recipe.epochs = 3
    #expect(
      table.differences(of: recipe) == [
        "256 pixels a side, the paper's 512", "3 epochs, the paper's 100",
      ])
  }

  @Test func `the report says scores, differences, the paper's figures and what is missing`()
    throws
  {
    let fixture = try ReportFixture(isFinished: { $0.name != "aura-net-seed1" })
    let report = try ComparisonReport(fixture.folder)
    let text = report.text
    for section in [
      "# Comparison of 8 recipes", "## Scores", "## Paired differences", "## What each part adds",
      "## The paper's table 4 beside this", "### The paper's claims", "## Curves", "## Runs",
      "## How this was measured",
    ] { #expect(text.contains(section + "\n"), "\(section)") }
    #expect(text.contains("**15 of 16 runs are finished so far.** Not yet: `aura-net-seed1`."))
    #expect(text.contains("| AURA-net | paper | 74.6 | 84.6 | 88.2 | 84.0 | 6.1 |"))
    let best = try #require(report.summary.summary(.iou, of: "unet"))
    #expect(text.contains("| unet | **\(Metric.iou.text(best.mean))** ± "))
    #expect(text.contains("The AC loss raises IoU in all four pairs\": here it raises"))
    #expect(text.contains("in 0 of 4 pairs"))
    #expect(
      text.contains(
        "- All: 256 pixels a side, the paper's 512; augmentation standard, the protocol's paper.\n"
          + "- `unet-resnet`: random weights"))
  }

  @Test func `a terminal gets a line a recipe, beside the paper's figures`() throws {
    let fixture = try ReportFixture(isFinished: { $0.recipe != "aura-net" })
    let report = try ComparisonReport(fixture.folder)
    let lines = report.lines.split(separator: "\n").map { $0.split(separator: " ") }
    // The heading, seven recipes with scores, and the one that is not finished.
    #expect(lines.count == 9)
    #expect(lines.contains { $0.first == "aura-net" && $0.contains("yet") })
    #expect(lines[0].joined(separator: " ") == "recipe IoU [95 %] Dice HD paper: IoU Dice")
    let iou = try #require(report.summary.summary(.iou, of: "unet+ac"))
    let row = try #require(lines.first { $0.first == "unet+ac" })
    #expect(row[1] == Metric.iou.text(iou.mean))
    #expect(row.suffix(2) == ["38.3", "53.7"])
    #expect(Set(report.lines.split(separator: "\n").map(\.count)).count == 1)
    let own = try ReportFixture(seeds: [0], paperTable: nil)
    #expect(!(try ComparisonReport(own.folder).lines.contains("paper")))
    let none = try ReportFixture(seeds: [0], isFinished: { _ in false })
    #expect(try ComparisonReport(none.folder).lines.isEmpty)
  }

  @Test func `a run that broke off is told wherever its recipe is`() throws {
    let fixture = try ReportFixture(isFinished: { $0.name != "aura-net-seed1" })
    let run = try #require(fixture.plan.runs.first { $0.name == "aura-net-seed1" })
    try fixture.folder.write(breakdown: "the loss is no number any more", of: run)
    let text = try ComparisonReport(fixture.folder).text
    #expect(
      text.contains(
        "**15 of 16 runs are finished so far.** **Broken off, in no figure below: `aura-net-seed1`.**"
      ))
    #expect(!text.contains("Not yet"))
    #expect(
      text.split(separator: "\n").contains {
        $0.hasPrefix("| aura-net ") && $0.hasSuffix("| 5, 1 of 2 runs |")
      })
    #expect(
      text.contains("| aura-net-seed1 | aura-net | none | - | broke off: the loss is no number"))
  }

  @Test func `a report is written whole, and the same when made again`() throws {
    let fixture = try ReportFixture(seeds: [0])
    try ComparisonReport(fixture.folder).write()
    let files = fixture.folder.reportFiles
    let names = files.map { $0.lastPathComponent }
    #expect(
      names == ["scores.csv", "summary.csv", "curves.svg", "predictions.png"]
        + ReportFixture.recipes.map { "worst-\($0.name).png" }.sorted() + ["report.md"])
    let before = try files.map { try Data(contentsOf: $0) }
    try ComparisonReport(fixture.folder).write()
    #expect(fixture.folder.reportFiles == files)
    #expect(try files.map { try Data(contentsOf: $0) } == before)
    let text = try String(contentsOf: fixture.folder.reportFile, encoding: .utf8)
    for line in text.split(separator: "\n") where line.hasPrefix("![") {
      let name = try #require(line.split(separator: "(").last?.dropLast())
      #expect(FileManager.default.fileExists(atPath: fixture.place.url.path + "/" + name))
    }
    let summary = try String(contentsOf: fixture.folder.summaryFile, encoding: .utf8)
    #expect(summary.split(separator: "\n").count == 1 + 8 * 7)
  }

  @Test func `a comparison without a finished run has a report that says so`() throws {
    let fixture = try ReportFixture(seeds: [0], isFinished: { _ in false })
    let report = try ComparisonReport(fixture.folder)
    try report.write()
    #expect(fixture.folder.reportFiles.count == 3)
    #expect(report.text.contains("**0 of 8 runs are finished so far.**"))
  }

  @Test func `one recipe, seed and image make a report without intervals`() throws {
    let fixture = try ReportFixture(
      recipes: [ReportFixture.recipes[0]], seeds: [0], images: 1, paperTable: nil)
    let report = try ComparisonReport(fixture.folder)
    try report.write()
    #expect(fixture.folder.reportFiles.count == 6)
    #expect(report.text.contains("# Comparison of 1 recipe\n"))
    #expect(!report.text.contains("±  "))
    #expect(!report.text.contains("## Paired"))
  }

  @Test func `folds are each scored on their own images`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    let plan = ComparisonPlan(
      data: LabelledFolders(images: "/i"), division: .folds(2, seed: 0, groups: nil),
      recipes: [ReportFixture.recipes[0]])
    try folder.begin(plan)
    for (index, run) in plan.runs.enumerated() {
      let files = folder.folder(of: run)
      try AtomicWrite.makeFolder(files.url)
      try files.write([
        ImageScore(
          image: ImageKey("\(index).png"), trainedOn: false,
          scores: Scores([.iou: 0.5 + 0.25 * Double(index), .dice: 0.5]))
      ])
    }
    let summary = ComparisonSummary(try ComparisonResults(folder))
    #expect(summary.summary(.iou, of: "unet")?.mean == 0.625)
    #expect(summary.summary(.iou, of: "unet")?.count == 2)
    #expect(summary.summary(.hausdorff, of: "unet") == nil)
    // Nothing but the tables is there: the figures say so instead of failing.
    try ComparisonReport(folder).write()
    #expect(folder.reportFiles.count == 6)
  }
}

extension ComparisonFolder {
  /// The files of the report that are there, its pictures by name.
  fileprivate var reportFiles: [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: figuresFolder.path)) ?? []
    let pictures = names.sorted().map { figuresFolder.appending(path: $0) }
    return ([scoresFile, summaryFile] + pictures + [reportFile])
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }
}
