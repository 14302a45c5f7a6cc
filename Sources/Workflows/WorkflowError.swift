public import Comparison
public import Recipes
public import Training

/// What keeps a workflow from its result: what, where, and what to try.
///
/// Whoever shows it adds how the user of that program changes it: no text names an option.
public enum WorkflowError: Error {
  /// Neither an image nor a folder of images lies at a path.
  case noImages(String)
  /// No image of a folder has a mask to learn from.
  case noLabels(String)
  /// No image of a folder has a mask, which something is to be done with.
  case noMasks(String, MaskUse)
  /// No mask of a project is accepted; its folder and that of its images.
  case noAcceptedMask(project: String, images: String)
  /// No network of a project's folder is trained.
  case noNetwork(project: String)
  /// A folder for a new run holds one already: what to choose another of.
  case holdsRun(String, place: String)
  /// A folder holds no run to go on with.
  case holdsNoRun(String)
  /// No recipe has a name; whether it might have been a file.
  case noRecipe(String, orFile: Bool)
  /// No row of a table has a name; its rows, and where the name was given.
  case noRow(String, rows: [String], place: String)
  /// A folder of predictions has none of an image.
  case noPrediction(String, ImageKey)
  /// No mask of a folder has the name of an image of another.
  case noMatchingMask(masks: String, images: String)
  /// Labels cannot be used: which and why.
  case labels(LabelTroubles)
  /// An image or its mask is not what it was when a comparison began.
  case changed(ImageKey)
  /// What is to be written would replace something: what lies there, and what to choose another of.
  case occupied(String, Occupant, place: String)

  /// A folder has not the data of one of the paper's tables, or those of another.
  case noPaperData(String, dataset: Int, isAnother: Bool)
  /// The images of a data set show more cells than are annotated.
  case uncroppedPaperData(String, dataset: Int)
  /// A split leaves a part without images: `train` or `test`.
  case emptyPart(images: String, part: String)
  /// A search has no image to validate on: how many it takes and how many there are to train on.
  case nothingToValidate(needed: Int, found: Int)
  /// Something of a comparison fails: the recipe, the run or the line of a search that it is of.
  case comparison(ComparisonPart, any Error)
  /// A run of a comparison cannot be gone on with.
  case unresumable(run: String, reason: CheckpointFault, folder: String)
  /// Runs of a comparison broke off: how many, the first, why, and its folder.
  case brokenOff(count: Int, first: String, reason: String, folder: String)
  /// No network of a project is trained yet.
  case untrained
  /// An image had an accepted mask and has none any more.
  case noMaskAnyMore(ImageKey)
  /// A run that was told to stop did not.
  case notStopped

  /// What lies where something is to be written.
  public enum Occupant: Sendable {
    /// One of the user's images or masks.
    case original
    /// The project's own folders.
    case project
    /// A picture that is no mask of aura's.
    case picture
    /// Any file.
    case file
  }

  /// What is done with masks.
  public enum MaskUse: Sendable {
    /// Predictions are compared with them.
    case comparing
    /// They are moved with their images.
    case augmenting
    /// Images that have one are divided.
    case dividing
  }

  /// What of a comparison an error is of.
  public enum ComparisonPart: Sendable {
    /// A recipe by its name.
    case recipe(String)
    /// A run by its name.
    case run(String)
    /// A line of the search by the weight that it varies.
    case search(SearchParameter)
  }
}
