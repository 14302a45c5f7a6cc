import Project
public import Recipes

extension Recipe {
  /// With fewer labels than this nothing is held out to validate on.
  public static var fewestToValidate: Int { HeldOut.fewestLabels }
}
