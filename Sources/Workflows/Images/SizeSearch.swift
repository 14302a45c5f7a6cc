import Imaging
public import Project
public import Recipes
public import Training

extension Predictor {
  /// Finds the size to look at a folder's images with: a few of them, spread evenly over it, are looked at once with
  /// every size that is tried.
  ///
  /// - Returns: nil where stopped, or where nothing can be found.
  public func findSize(
    among images: [ImageSource], isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void
  ) -> FoundSize? {
    let few = images.spread(most: SizeFinder.mostImages).compactMap(SampledImage.init)
    return findSize(in: few, isStopped: isStopped, progress: progress)
  }

  /// Finds the size to look at labelled images with, as those masks say it that people drew and that show a cell.
  ///
  /// - Returns: nil where stopped, where there are too few labels, or where nothing can be found.
  public func findSize(
    among labels: LabelSource, isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void
  ) -> FoundSize? {
    let telling = labels.telling(most: SizeFinder.mostImages, isStopped: isStopped)
    guard telling.count >= SizeFinder.fewestLabels else { return nil }
    let few = telling.compactMap { key in
      labels.header(of: key).map { header in
        SampledImage(width: header.width, height: header.height) {
          try labels.sample(key).map { ($0.image, Annotation($0.mask, unknown: $0.unknown)) }
        }
      }
    }
    return findSize(in: few, isStopped: isStopped, progress: progress)
  }

  /// Looks from now on with the size that a project's settings say or know, else with one that is found now, else
  /// as before; for a network that was not trained on such images.
  ///
  /// - Returns: what was found, before or now; nil where a size is set, or none is found.
  /// - Throws: `TrainingError.workingSize` for one that the network cannot look with.
  public func fitSize(
    to images: [ImageSource], of settings: ProjectSettings?, isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void
  ) throws(TrainingError) -> FoundSize? {
    if let size = settings?.workingSize {
      try look(with: size)
      return nil
    }
    let found =
      settings?.foundSize ?? findSize(among: images, isStopped: isStopped, progress: progress)
    if let found { try look(with: found) }
    return found
  }
}

extension Array {
  /// At most so many of these, spread evenly from the first one on; the same ones each time.
  func spread(most: Int) -> [Element] {
    let few = Swift.min(count, most)
    return (0..<few).map { self[$0 * count / few] }
  }
}
