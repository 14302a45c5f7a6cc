import Comparison
import Foundation
import Recipes

extension WorkflowError: CustomStringConvertible {
  /// One line.
  public var description: String {
    switch self {
    case .noImages(let path):
      "'\(path)' is not there; give an image or a folder of images"
    case .noLabels(let path):
      "no image of '\(path)' has a mask to learn from"
    case .noMasks(let path, let use):
      "no image of '\(path)' has a mask" + Self.text(of: use)
    case .noAcceptedMask(let project, _):
      "no mask is accepted in '\(project)'"
    case .noNetwork(let project):
      "no network is trained in '\(project)'; press g in the workbench"
    case .holdsRun(let path, let place):
      "'\(path)' holds a run already; give another \(place)"
    case .holdsNoRun(let path):
      "'\(path)' holds no run to go on with"
    case .noRecipe(let name, let orFile):
      "there is no recipe '\(name)'; take "
        + (orFile ? "a .yaml file, a run's recipe.json, or one of " : "")
        + RecipeCatalogue.entries.map(\.name).joined(separator: ", ")
    case .noRow(let name, let rows, let place):
      "\(place): '\(name)' is no row here; they are \(rows.joined(separator: ", "))"
    case .noPrediction(let path, let key):
      "'\(path)' has no mask for \(key); predict all images, or leave it out"
    case .noMatchingMask(let masks, let images):
      "no mask in '\(masks)' has the name of an image in '\(images)'; names may differ by "
        + "extension, seg_ before or _mask behind"
    case .labels(let troubles):
      troubles.text
    case .changed(let key):
      "'\(key)' or its mask has changed while they were compared; start again when they stay as they "
        + "are"
    case .occupied(let path, let occupant, let place):
      Self.text(of: occupant, at: path) + "; choose another \(place)"
    case .emptyPart(let images, let part):
      "the split of '\(images)' has no image to \(part) on, or its images have no masks; "
        + "see its lines and the names of the masks"
    case .nothingToValidate(let needed, let found):
      "a line search chooses by validation images: that takes \(needed) images to train on, here "
        + "are \(found)"
    case .comparison(let part, let error):
      "\(part): \(Self.text(of: error))"
    case .unresumable(let run, let reason, let folder):
      "run '\(run)' cannot be resumed: \(reason); remove its folder below '\(folder)', and the same "
        + "command begins it again"
    case .brokenOff(let count, let first, let reason, let folder):
      "\(count == 1 ? "a run" : "\(count) runs") broke off, such as \(first): \(reason); to try it "
        + "again remove '\(folder)'"
    case .untrained:
      "no network is trained yet; accept a mask and press g"
    case .noMaskAnyMore(let key):
      "\(key) has no accepted mask any more; R computes the list again"
    case .notStopped:
      "the run did not stop in time; its last checkpoint counts"
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

  private static func text(of use: MaskUse) -> String {
    switch use {
    case .comparing: " to compare with"
    case .augmenting: " to move with it"
    case .dividing: ""
    }
  }

  private static func text(of occupant: Occupant, at path: String) -> String {
    switch occupant {
    case .original: "'\(path)' is an image or mask of yours and is not replaced"
    case .project: "'\(path)' would lie in the project itself"
    case .picture:
      "'\(path)' is a picture already, not a mask that aura wrote, and is not replaced"
    case .file: "'\(path)' is there already and is not replaced"
    }
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

extension WorkflowError.ComparisonPart: CustomStringConvertible {
  /// As it stands before an error.
  public var description: String {
    switch self {
    case .recipe(let name): "recipe '\(name)'"
    case .run(let name): "run '\(name)'"
    case .search(let parameter): "the line search over \(parameter)"
    }
  }
}
