import Imaging
import Project
public import Recipes
public import Training

extension AugmentationSheet {
  /// Adds the first images of a folder that have masks, as many as are wanted.
  ///
  /// - Returns: their names.
  /// - Throws: `WorkflowError.noMasks` where no image has one, what is wrong with a file else.
  public mutating func add(
    _ count: Int, of folder: ImageFolder, masks: MaskSet
  ) throws -> [ImageKey] {
    var drawn: [ImageKey] = []
    for image in folder.images where drawn.count < count {
      guard let (pixels, annotation) = try masks.read(image) else { continue }
      try add(Sample(key: image.key, image: pixels, annotation: annotation))
      drawn.append(image.key)
    }
    guard !drawn.isEmpty else { throw WorkflowError.noMasks(folder.path, .augmenting) }
    return drawn
  }
}
