public import Recipes

extension ProjectStore {
  /// The images without a label in the order in which it was found best to label them; empty where it was not found
  /// yet.
  public var suggestedImages: [ImageKey] {
    (try? ProjectFiles.decode([ImageKey].self, from: files.suggested)) ?? []
  }

  /// Keeps the order in which to label images, in place of an earlier one; it can be found again.
  public func suggest(_ images: [ImageKey]) throws(ProjectError) {
    try write { _ throws(ProjectError) in
      try ProjectFiles.write(images, to: files.suggested, below: folder)
    }
  }
}
