import Foundation
public import Imaging
public import Project
import Recipes

/// Masks of images with the way to read them.
public struct MaskSet: Sendable {
  /// Masks in files that others made.
  private let files: [ImageKey: MaskMatch]
  /// What the numbers in them mean.
  private let rule: MaskRule
  /// What of a folder of masks is not looked at.
  let leftOut: LeftOut
  /// The project whose accepted masks count before any file.
  let store: ProjectStore?
  /// Lines for the user: how the masks are read, which match nothing.
  public let notes: [String]

  /// What masks are taken for.
  enum Kind {
    /// What people say of images: asked for where it cannot be told, or is nearly nothing or all.
    case truth
    /// What a network says of them, which may be wrong all over.
    case prediction
  }

  /// Which images have masks, and the accepted masks of a project, if any.
  init(names: [MaskMatch] = [], leftOut: LeftOut = LeftOut(), store: ProjectStore?) {
    files = Dictionary(names.map { ($0.key, $0) }) { first, _ in first }
    (rule, self.leftOut, self.store, notes) = (.project, leftOut, store, [])
  }

  /// Takes masks that were found and finds out together what their numbers mean, where that is not said.
  ///
  /// - Throws: `MaskTrouble` where it cannot be told without asking.
  init(
    _ pairing: MaskPairing, values: MaskValues, as kind: Kind = .truth, store: ProjectStore? = nil
  ) throws(MaskTrouble) {
    try self.init(
      pairing.matches, values: values, as: kind, leftOut: pairing.leftOut, notes: pairing.notes,
      store: store)
  }

  /// Takes masks that were told already.
  init(
    _ matches: [MaskMatch], values: MaskValues, as kind: Kind = .truth,
    leftOut: LeftOut = LeftOut(), notes: [String] = [], store: ProjectStore? = nil
  ) throws(MaskTrouble) {
    self.store = store
    self.leftOut = leftOut
    files = Dictionary(matches.map { ($0.key, $0) }) { first, _ in first }
    var notes = leftOut.notices.map { "masks: \($0)" } + notes
    let pages = matches.flatMap(\.source.pictures)
    guard !pages.isEmpty else {
      (rule, self.notes) = (.project, notes)
      return
    }
    let decision =
      kind == .prediction && values.isAutomatic
      ? try Self.decideForPredictions(pages) : try MaskFile.decide(for: pages, given: values)
    rule = decision.rule
    notes += decision.notes
    self.notes = notes
  }

  /// How predictions are read: as masks are, but that 0 is never cell, and nothing or all may be.
  private static func decideForPredictions(
    _ pages: [MaskFile.Page]
  ) throws(MaskTrouble) -> MaskRule.Decision {
    do throws(MaskTrouble) {
      let found = try MaskFile.decide(for: pages)
      if !found.takesZero { return found }
    } catch {
      switch error {
      case .noCell, .allCell: break
      default: throw error
      }
    }
    return try MaskFile.decide(for: pages, given: .white)
  }

  /// Whether an image has a mask.
  func has(_ key: ImageKey) -> Bool {
    files[key] != nil || store?.entry(of: key).state.hasMask == true
  }

  /// Reads an image with what is annotated of it; nil where it has no mask.
  ///
  /// - Throws: `ImagingError` or `ProjectError` where either cannot be read or their sizes differ.
  public func read(_ image: ImageSource) throws -> (image: Image, annotation: Annotation)? {
    guard has(image.key) else { return nil }
    let pixels = try image.read()
    return try annotation(of: image, width: pixels.width, height: pixels.height)
      .map { (pixels, $0) }
  }

  /// Whether masks have both cell and ground, of which nothing is learnt alone and every score is perfect.
  ///
  /// Only as many are read as it takes; what cannot be read is passed over.
  ///
  /// - Throws: `WorkflowError.oneClass` where one of them is nowhere.
  func checkClasses(of images: [ImageSource]) throws(WorkflowError) {
    var classes = MaskClasses()
    for image in images where !classes.areBoth {
      guard let header = try? ImageFile.header(image.file, page: image.page),
        let found = try? annotation(of: image, width: header.width, height: header.height)
      else { continue }
      classes.add(found.mask, unknown: found.unknown)
    }
    try classes.check()
  }

  private func annotation(of image: ImageSource, width: Int, height: Int) throws -> Annotation? {
    if let accepted = try store?.acceptedAnnotation(of: image.key, expecting: (width, height)) {
      return accepted
    }
    return try files[image.key]?.source.read(
      rule: rule, width: width, height: height, image: (image.file, image.page))
  }
}

/// Which of cell and ground masks have.
struct MaskClasses {
  private(set) var hasCell = false
  private(set) var hasGround = false
  private var count = 0

  /// Whether nothing more is to be found.
  var areBoth: Bool { hasCell && hasGround }

  /// Looks at a mask; what nobody annotated is neither.
  mutating func add(_ mask: Mask, unknown: Mask?) {
    count += 1
    hasCell = hasCell || mask.pixels.contains(1)
    guard !hasGround else { return }
    hasGround =
      unknown.map { zip($0.pixels, mask.pixels).contains { $0 == (0, 0) } }
      ?? mask.pixels.contains(0)
  }

  /// Puts in what others have.
  mutating func add(_ other: MaskClasses) {
    count += other.count
    (hasCell, hasGround) = (hasCell || other.hasCell, hasGround || other.hasGround)
  }

  /// Refuses masks of one kind, but not where there are none.
  func check() throws(WorkflowError) {
    guard count > 0, !areBoth else { return }
    throw .oneClass(isCell: hasCell, count: count)
  }
}

extension ImageFolder {
  /// The masks of a folder of their own, or where none is named the project's and those beside the
  /// images.
  ///
  /// Where none `areRead`, it is not looked at what their numbers mean.
  ///
  /// - Throws: `WorkflowError` where no mask of the folder has an image's name, `MaskTrouble` where it cannot be
  ///   told without asking what their numbers mean.
  public func masks(in masks: String?, values: MaskValues?, areRead: Bool = true) throws -> MaskSet
  {
    guard let masks else {
      // What belongs to no image is told with the folder.
      let matches = store?.report.foundMasks ?? []
      guard areRead else { return MaskSet(names: matches, store: store) }
      return try MaskSet(
        matches, values: values ?? store?.settings.maskValues ?? .automatic, store: store)
    }
    let pairing = try MaskMatching.match(
      folder: URL(filePath: masks), images: images, links: links)
    guard !pairing.matches.isEmpty else {
      throw WorkflowError.noMatchingMask(masks: masks, images: path, notes: pairing.notes)
    }
    guard areRead else {
      return MaskSet(names: pairing.matches, leftOut: pairing.leftOut, store: nil)
    }
    return try MaskSet(pairing, values: values ?? .automatic)
  }
}
