import Files
@testable import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Testing

struct ComparisonFolderTests {
  private let plan = ComparisonPlan(
    data: LabelledFolders(images: "/images"), division: .file("/split.csv"), seeds: [0, 1],
    recipes: [NamedRecipe("a", Recipe()), NamedRecipe("b", Recipe())])

  @Test func `a folder is compared into by one at a time`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url.appending(path: "out"))
    let lock = try folder.lock()
    let error = #expect(throws: ComparisonError.self) { _ = try folder.lock() }
    #expect(error?.description.contains("another aura (process ") == true)
    withExtendedLifetime(lock) {}
  }

  @Test func `a folder goes on with the weights that it began with`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    func begin(_ weights: KeyValuePairs<String, String>) throws {
      try folder.begin(plan, weights: weights.map { (name: $0.key, digest: $0.value) })
    }
    try begin(["simulated": "a", "w.safetensors": "b"])
    try begin(["simulated": "a"])
    // A recipe that came later brings its own.
    try begin(["later": "d", "simulated": "a"])
    for (name, digest) in [("later", "e"), ("w.safetensors", "c"), ("simulated", "c")] {
      #expect(
        throws: ComparisonError.otherPlan(
          folder.url.path, what: "the weights '\(name)' have changed since")
      ) { try begin([name: digest]) }
    }
  }

  @Test func `a larger plan on other images or weights leaves the folder as it was`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    let key = ImageKey("1.png")
    let (test, train) = (Split(parts: [key: .test]), Split(parts: [key: .train]))
    func begin(
      _ plan: ComparisonPlan, _ split: Split, image: String, weights: KeyValuePairs<String, String>
    ) throws {
      try folder.begin(
        plan, splits: [(nil, split)], images: [(key, image)],
        weights: weights.map { (name: $0.key, digest: $0.value) })
    }
    try begin(plan, test, image: "a", weights: ["simulated": "b"])
    let before = try place.texts()
    #expect(before.count == 4)
    var larger = plan
    larger.seeds = [0, 1, 2]
    for (split, image, digest) in [(train, "a", "b"), (test, "b", "b"), (test, "a", "a")] {
      #expect(throws: ComparisonError.self) {
        try begin(larger, split, image: image, weights: ["simulated": digest, "later": "c"])
      }
      #expect(try place.texts() == before)
    }
    try begin(larger, test, image: "a", weights: ["simulated": "b", "later": "c"])
    #expect(try folder.plan() == larger)
  }

  @Test func `a folder goes on with its own plan and refuses another`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    #expect(throws: ComparisonError.noComparison(place.url.path)) { try folder.plan() }
    try folder.begin(plan)
    try folder.begin(plan)
    #expect(try folder.plan() == plan)
    var other = plan
    other.recipes[1].recipe.loss.gamma = 0
    #expect(throws: ComparisonError.otherPlan(place.url.path, what: "another recipe 'b'")) {
      try folder.begin(other)
    }
    #expect(try folder.plan() == plan)
  }

  @Test func `a plan with more recipes and seeds goes on, one with fewer does not`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    try folder.begin(plan)
    var larger = plan
    larger.seeds = [0, 1, 2]
    larger.recipes.insert(NamedRecipe("c", Recipe()), at: 0)
    try folder.begin(larger)
    #expect(try folder.plan() == larger)
    #expect(throws: ComparisonError.otherPlan(place.url.path, what: "other seeds")) {
      try folder.begin(plan)
    }
    var fewer = larger
    fewer.recipes.removeLast()
    #expect(throws: ComparisonError.otherPlan(place.url.path, what: "it has a recipe 'b'")) {
      try folder.begin(fewer)
    }
    #expect(try folder.plan() == larger)
  }

  @Test func `a run that broke off is neither open nor a result`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    try folder.begin(plan)
    try folder.write(breakdown: "the loss is no number", of: plan.runs[1])
    let results = try ComparisonResults(folder)
    #expect(results.broken == [BrokenRun(run: plan.runs[1], reason: "the loss is no number")])
    #expect(results.unfinished == [plan.runs[0], plan.runs[2], plan.runs[3]])
    #expect(results.runs.isEmpty)
  }

  @Test func `a folder refuses another split of the images`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    let split = Split(parts: [ImageKey("1.png"): .train, ImageKey("2.png"): .test])
    try folder.begin(plan, splits: [(nil, split)])
    try folder.begin(plan, splits: [(nil, split)])
    #expect(throws: ComparisonError.self) {
      try folder.begin(plan, splits: [(nil, Split())])
    }
    try folder.begin(plan, splits: [(2, Split())])
  }

  @Test func `results are those of the runs with scores, in the plan's order`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    try folder.begin(plan)
    let score = ImageScore(
      image: ImageKey("p/1.png"), trainedOn: false,
      scores: Scores([
        .iou: 0.25, .dice: 0.4, .precision: 0.5, .recall: 1.0 / 3, .hausdorff: 3,
        .hausdorff95: 2.5,
      ]))
    let epoch = EpochRecord(
      epoch: 1, trainLoss: 0.5, validationLoss: nil, seconds: 2, imagesPerSecond: 4)
    for run in plan.runs { try AtomicWrite.makeFolder(folder.folder(of: run).url) }
    for run in [plan.runs[3], plan.runs[1]] {
      try folder.folder(of: run).write([epoch])
      try folder.folder(of: run).write([score])
    }
    try folder.folder(of: plan.runs[0]).write([epoch])
    let results = try ComparisonResults(folder)
    #expect(results.runs.map(\.run.name) == ["b-seed0", "b-seed1"])
    #expect(results.runs[0].scores == [score])
    #expect(results.runs[1].history == [epoch])
    #expect(results.runs[1].recipe.seed == 1)
    #expect(results.unfinished.map(\.name) == ["a-seed0", "a-seed1"])
    #expect(results.images == [ImageKey("p/1.png")])
    #expect(
      results.csv == """
        recipe,seed,fold,image,iou,dice,precision,recall,hausdorff,hausdorff95,boundary_iou,ap50,ap50_95,cell_f1,cell_precision,cell_recall,matched_iou,pq,aji,count_error,splits,merges
        b,0,,p/1.png,0.25,0.4,0.5,0.3333333333333333,3.0,2.5,,,,,,,,,,,,
        b,1,,p/1.png,0.25,0.4,0.5,0.3333333333333333,3.0,2.5,,,,,,,,,,,,

        """)
  }

  @Test func `a damaged table of scores is told, not passed over`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    try folder.begin(plan)
    try AtomicWrite.write("image,iou\nx,1\n", to: folder.folder(of: plan.runs[0]).scoresFile)
    #expect(throws: ComparisonError.self) { try ComparisonResults(folder) }
  }

  @Test func `pictures and masks come back as they were`() throws {
    let place = try TestFolder()
    let folder = ComparisonFolder(place.url)
    let key = ImageKey("plate/1.tif#2")
    let image = Image(width: 2, height: 1, bitDepth: 32, values: [0, 1])
    var mask = Mask(width: 2, height: 1)
    mask[1, 0] = true
    try folder.write(key, image: image, truth: mask)
    try folder.write(Mask(width: 2, height: 1), of: key, by: plan.runs[0])
    #expect(try folder.image(of: key).values == [0, 255])
    #expect(try folder.truth(of: key) == mask)
    #expect(try folder.prediction(of: key, by: plan.runs[0]).area == 0)
    #expect(throws: ComparisonError.self) {
      try folder.write(ImageKey("../1"), image: image, truth: mask)
    }
  }
}
