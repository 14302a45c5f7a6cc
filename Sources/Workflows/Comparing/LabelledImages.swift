import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Training

/// The labelled images of a comparison, read when they are asked for, and how they are divided.
struct LabelledImages {
  /// Which images are learnt from and which are tested on, once a fold, whose number is from 1; nil where
  /// there is only one.
  let divisions: [(fold: Int?, split: Split)]
  /// Lines for the user.
  let notes: [String]
  /// What could not be read.
  let unread: [RefusedFile]
  /// What tells whether images and masks are those of before, sorted by name.
  let digests: [(name: ImageKey, digest: String)]
  private let labels: LabelSource
  /// Which images belong together; nil where each stands by itself.
  let groups: ImageGroups?

  /// Divides the images that have masks, and looks at each of them once.
  ///
  /// - Throws: `WorkflowError` where a part is empty, or all of its masks are of one kind, `MaskTrouble` where it
  ///   cannot be told what their numbers mean, `ProjectError` or `ImagingError` where something cannot
  ///   be read.
  init(
    _ plan: ComparisonPlan, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice()
  ) throws {
    let folder = try ImageFolder(plan.data.images, links: links, channel: channel)
    let masks = try folder.masks(
      in: plan.data.masks, values: plan.data.values.isAutomatic ? nil : plan.data.values)
    let labelled = folder.images.filter { masks.has($0.key) }
    let (divisions, groups, unknown) = try Self.divisions(plan.division, labelled.map(\.key))
    let used = Set(divisions.flatMap { $0.split.parts.keys })
    labels = LabelSource(labelled.filter { used.contains($0.key) }, masks: masks)
    for division in divisions {
      let parts = division.split.parts.values
      guard parts.contains(.test), parts.contains(.train) else {
        throw WorkflowError.emptyPart(
          images: plan.data.images, part: parts.contains(.test) ? "train" : "test")
      }
    }
    self.divisions = divisions
    unread = folder.unread(with: masks)
    notes =
      folder.notices + masks.notes
      + unknown.prefix(1).map {
        "\(unknown.count) images of the split are not there, such as \($0)"
      }
    self.groups = groups
    var classes: [ImageKey: MaskClasses] = [:]
    digests = try labels.training.sorted().compactMap { [labels] key in
      guard let sample = try labels.sample(key) else { return nil }
      classes[key, default: MaskClasses()].add(sample.mask, unknown: sample.unknown)
      return (key, PixelDigest(of: sample).text)
    }
    try Self.check(classes, divisions.map(\.split))
  }

  /// Refuses divisions of which one would learn from masks of one kind, or all would be tested on such.
  private static func check(
    _ classes: [ImageKey: MaskClasses], _ splits: [Split]
  ) throws(WorkflowError) {
    func joined(_ keys: some Sequence<ImageKey>) -> MaskClasses {
      keys.compactMap { classes[$0] }.reduce(into: MaskClasses()) { $0.add($1) }
    }
    for split in splits { try joined(split.parts.filter { $0.value != .test }.keys).check() }
    let tested = Set(splits.flatMap { $0.parts.filter { $0.value == .test }.keys })
    try joined(tested).check()
  }

  /// The images that a division leaves to learn from, those to validate on among them.
  func training(_ fold: Int?) -> [ImageKey] { images(fold) { $0 != .test } }

  /// The images that a division tests on.
  func testing(_ fold: Int?) -> [ImageKey] { images(fold) { $0 == .test } }

  /// Reads an image with its mask.
  ///
  /// - Throws: `WorkflowError.changed` where they are not those of the beginning any more, what is wrong
  ///   with a file else.
  func sample(_ key: ImageKey) throws -> Sample {
    guard let sample = try labels.sample(key),
      digests.contains(where: { $0 == (key, PixelDigest(of: sample).text) })
    else { throw WorkflowError.changed(key) }
    return sample
  }

  /// Which images of a division are validated on, where that is not left to the run's seed: what the
  /// split says, or groups drawn whole.
  func validation(_ fold: Int?, recipe: Recipe) throws(ProjectError) -> Split? {
    guard let split = split(fold) else { return nil }
    if split.parts.values.contains(.validation) { return split }
    let keys = training(fold)
    guard let groups, keys.count >= Recipe.fewestToValidate, recipe.validation > 0 else {
      return nil
    }
    return try Split(
      testing: 0, validating: recipe.validation, of: keys, groups: groups, seed: recipe.seed)
  }

  private func split(_ fold: Int?) -> Split? { divisions.first { $0.fold == fold }?.split }

  private func images(_ fold: Int?, where isWanted: (Split.Part) -> Bool) -> [ImageKey] {
    guard let split = split(fold) else { return [] }
    let there = Set(digests.map(\.name))
    return split.parts.filter { isWanted($0.value) && there.contains($0.key) }.keys.sorted()
  }

  private static func divisions(
    _ division: Comparison.Division, _ keys: [ImageKey]
  ) throws -> ([(fold: Int?, split: Split)], ImageGroups?, unknown: [String]) {
    if case .file(let path) = division {
      let (split, unknown) = try Split.read(URL(filePath: path), images: keys)
      return ([(nil, split)], nil, unknown)
    }
    let groups = try division.groups.map { try ImageGroups($0, of: keys) }
    let splits = try division.draw(keys, groups: groups ?? .none)
    let divisions = splits.enumerated().map { index, split in
      (fold: division.foldCount.map { _ in index + 1 }, split: split)
    }
    return (divisions, groups, groups?.unknown ?? [])
  }
}
