public import Comparison
import Foundation
public import Project
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
  /// No run of a project's folder has a name.
  case noRun(String, project: String)
  /// A run is not removed, since it is the newest with weights.
  case newestWeights(run: String)
  /// No recipe has a name; whether it might have been a file.
  case noRecipe(String, orFile: Bool)
  /// No row of a table has a name; its rows, and where the name was given.
  case noRow(String, rows: [String], place: String)
  /// A folder of predictions has none of an image.
  case noPrediction(String, ImageKey)
  /// No size to look at the images of a path with is found.
  case noSize(String)
  /// No image of a folder can be compared with others.
  case noLook(String)
  /// No mask of a folder has the name of an image of another.
  case noMatchingMask(masks: String, images: String, notes: [String] = [])
  /// All masks are of one kind, so that nothing can be learnt from them, or compared; how many there are.
  case oneClass(isCell: Bool, count: Int)
  /// Labels cannot be used: which and why.
  case labels(LabelTroubles)
  /// An image cannot be used, and the error does not say which.
  case image(ImageKey, any Error)
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
  /// Work is done but for files and folders that could not be read.
  case leftOut([RefusedFile])
  /// Masks of a project are not taken since their images are gone from its folder.
  case goneImages([ImageKey], project: String)
  /// No network of a project is trained yet.
  case untrained
  /// An image had an accepted mask and has none any more.
  case noMaskAnyMore(ImageKey)
  /// A run that was told to stop did not.
  case notStopped
  /// No run of a project was stopped with a checkpoint.
  case noStoppedRun

  /// What lies where something is to be written, as the text says it.
  public enum Occupant: String, Sendable {
    /// One of the user's images or masks.
    case original = "is an image or mask of yours and is not replaced"
    /// The project's own folders.
    case project = "would lie in the project itself"
    case picture = "is a picture already, not a mask that aura wrote, and is not replaced"
    case file = "is there already and is not replaced"
  }

  /// What is done with masks, as the text says it.
  public enum MaskUse: String, Sendable {
    case comparing = " to compare with"
    case augmenting = " to move with it"
    /// Images that have one are divided.
    case dividing = ""
  }

  /// What of a comparison an error is of.
  public enum ComparisonPart: Sendable, CustomStringConvertible {
    /// A recipe by its name.
    case recipe(String)
    /// A run by its name.
    case run(String)
    /// A line of the search by the weight that it varies.
    case search(SearchParameter)

    /// As it stands before an error.
    public var description: String {
      switch self {
      case .recipe(let name): "recipe '\(name)'"
      case .run(let name): "run '\(name)'"
      case .search(let parameter): "the line search over \(parameter)"
      }
    }
  }
}

extension WorkflowError: CustomStringConvertible {
  /// One line.
  public var description: String {
    switch self {
    case .noImages(let path):
      "'\(path)' is not there; give an image or a folder of images"
    case .noLabels(let path):
      "no image of '\(path)' has a mask to learn from"
    case .noMasks(let path, let use):
      "no image of '\(path)' has a mask" + use.rawValue
    case .noAcceptedMask(let project, _):
      "no mask is accepted in '\(project)'"
    case .noNetwork(let project):
      "no network is trained in '\(project)'; press g in the workbench"
    case .holdsRun(let path, let place):
      "'\(path)' holds a run already; give another \(place)"
    case .holdsNoRun(let path):
      "'\(path)' holds no run to go on with"
    case .noRun(let name, let project):
      "there is no run '\(name)' in '\(project)'"
    case .newestWeights(let run):
      "'\(run)' has the newest weights, with which the project proposes and goes on"
    case .noRecipe(let name, let orFile):
      "there is no recipe '\(name)'; take "
        + (orFile ? "a .yaml file, a run's recipe.json, or one of " : "")
        + RecipeCatalogue.entries.map(\.name).joined(separator: ", ")
    case .noRow(let name, let rows, let place):
      "\(place): '\(name)' is no row here; they are \(rows.joined(separator: ", "))"
    case .noPrediction(let path, let key):
      "'\(path)' has no mask for \(key); predict all images, or leave it out"
    case .noSize(let path):
      "no size is found for '\(path)': no two sizes agree on any cell, or there is too little memory"
    case .noLook(let path):
      "no image in '\(path)' can be compared: none can be read, or there is too little memory"
    case .noMatchingMask(let masks, let images, let notes):
      "no mask in '\(masks)' has the name of an image in '\(images)'; names may differ by "
        + "extension, seg_ before or _mask behind" + notes.prefix(1).map { ": \($0)" }.joined()
    case .oneClass(let isCell, let count):
      (isCell ? "all pixels" : "no pixel") + " of the "
        + (count == 1 ? "mask" : "\(count) masks") + (isCell ? " are cell" : " is cell")
        + ": nothing can be learnt from that, and saying so of all images would score perfectly"
    case .labels(let troubles):
      troubles.notice ?? ""
    case .image(let key, let error):
      "'\(key)': \(Self.text(of: error))"
    case .changed(let key):
      "'\(key)' or its mask has changed while they were compared; start again when they stay as they "
        + "are"
    case .occupied(let path, let occupant, let place):
      "'\(path)' \(occupant.rawValue); choose another \(place)"
    case .emptyPart(let images, let part):
      "the split of '\(images)' has no image to \(part) on, or its images have no masks; "
        + "see its lines and the names of the masks"
    case .nothingToValidate(let needed, let found):
      "a line search chooses by validation images: that takes \(needed) images to train on, here "
        + "are \(found)"
    case .comparison(let part, let error):
      "\(part): \(Self.text(of: error))"
    case .unresumable(let run, let reason, let folder):
      "run '\(run)' cannot be resumed: \(reason); "
        + (reason.isNewer ? "go on with that version, or " : "")
        + "remove its folder below '\(folder)', and the same command begins it again"
    case .brokenOff(let count, let first, let reason, let folder):
      "\(count == 1 ? "a run" : "\(count) runs") broke off, such as \(first): \(reason); to try it "
        + "again remove '\(folder)'"
    case .leftOut(let files):
      (files.count == 1
        ? "'\(files[0].path)' could not be read and is"
        : "\(files.count) files and folders could not be read and are")
        + " left out, see above"
    case .goneImages(let keys, let project):
      (keys.count == 1
        ? "the mask of '\(keys[0])' is left out, since its image is gone"
        : "\(keys.count) masks, such as that of '\(keys[0])', are left out, since their images are gone")
        + "; kept in '\(project)/masks'"
    case .untrained:
      "no network is trained yet; accept a mask and press g"
    case .noMaskAnyMore(let key):
      "\(key) has no accepted mask any more; R computes the list again"
    case .notStopped:
      "the run did not stop in time; its last checkpoint counts"
    case .noStoppedRun:
      "no run can be gone on with any more; g trains anew"
    case .noPaperData(let path, let dataset, let isAnother):
      "'\(path)' has neither masks/ nor BU-BIL_Dataset\(dataset)/RawImages and GoldStandard"
        + (isAnother ? ", it is another data set" : "")
    case .uncroppedPaperData(_, let dataset):
      "data set \(dataset) shows several cells an image of which one is annotated"
    }
  }

  /// One line for any error: the system's own words where it is none of ours.
  public static func text(of error: any Error) -> String {
    (error as? CocoaError).map(text) ?? "\(error)"
  }

  private static func text(of error: CocoaError) -> String {
    let path = error.filePath ?? error.url?.path ?? "a file"
    return switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "'\(path)' is not there; is the path right?"
    case .fileReadNoPermission: "'\(path)' may not be read by this user; check its permissions"
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
      "'\(path)' may not be written by this user; choose another folder"
    case .fileWriteOutOfSpace: "'\(path)' cannot be written, the disk is full; make room"
    case .fileReadCorruptFile, .fileReadUnknown: "'\(path)' cannot be read; is it damaged?"
    default: "'\(path)': \(error.localizedDescription)"
    }
  }
}
