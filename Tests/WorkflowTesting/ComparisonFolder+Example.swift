public import Comparison
import Files
import Imaging
import Project
import Recipes
public import TestSupport

extension ComparisonFolder {
  /// A comparison of two recipes on the image `a.png`, of which only the first has a prediction on disk.
  public static func withOnePrediction(in place: TestFolder) throws -> ComparisonFolder {
    let folder = ComparisonFolder(place.url)
    let key = ImageKey("a.png")
    let plan = ComparisonPlan(
      data: LabelledFolders(images: "/i"), division: .file("/split.csv"),
      recipes: [NamedRecipe("one", Recipe()), NamedRecipe("two", Recipe())])
    try folder.begin(plan)
    var truth = Mask(width: 8, height: 6)
    truth[3, 2] = true
    try folder.write(
      key,
      image: Image(width: 8, height: 6, bitDepth: 8, values: Array(repeating: 0.5, count: 48)),
      truth: truth)
    for run in plan.runs {
      try AtomicWrite.makeFolder(folder.folder(of: run).url)
      try folder.folder(of: run).write([
        ImageScore(image: key, trainedOn: false, scores: Scores([.iou: 1, .dice: 1]))
      ])
    }
    try folder.write(truth, of: key, by: plan.runs[0])
    return folder
  }
}
