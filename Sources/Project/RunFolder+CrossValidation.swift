import Files
import Foundation
public import Recipes

extension RunFolder {
  private var crossValidationFile: URL { url.appending(path: "crossvalidation.json") }

  /// Writes what is known of the run by labels that it was trained again without.
  public func write(_ validation: CrossValidation) throws(ProjectError) {
    try ProjectFiles.write(validation, to: crossValidationFile, below: url)
  }

  /// What is known of the run by labels that it was trained again without, all trainings done or not; nil without any.
  public var crossValidation: CrossValidation? {
    try? ProjectFiles.decode(CrossValidation.self, from: crossValidationFile)
  }

  /// Removes what is said of weights that are to be trained on.
  public func removeCrossValidation() { AtomicWrite.remove(crossValidationFile) }
}
