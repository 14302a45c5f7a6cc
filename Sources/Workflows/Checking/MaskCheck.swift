import Basics
import Files
import Foundation
import Imaging
import Project
import Recipes

/// Looks at the masks of images, and says of each what it is and what is odd about it.
struct MaskCheck {
  /// Masks in files, by their images.
  private let matches: [ImageKey: MaskMatch]
  /// The project whose accepted masks count before any file.
  private let store: ProjectStore?
  /// What the numbers in pictures mean; nil where that cannot be told.
  private let rule: MaskRule?
  /// Images whose masks do not look like the others.
  private var dissenters: Set<ImageKey> = []
  /// The folders that paths are told from.
  private let roots: [String]
  /// Lines for the user on how masks are read.
  let notes: [String]
  /// Why masks are not read.
  let trouble: MaskTrouble?

  /// Finds out how masks are read; with `isQuick` none is.
  init(
    _ matches: [MaskMatch], values: MaskValues, store: ProjectStore?, roots: [URL], isQuick: Bool
  ) {
    self.store = store
    self.roots = roots.map { $0.standardizedFileURL.path + "/" }
    let found = matches.filter { store?.entry(of: $0.key).state.hasMask != true }
    self.matches = Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
    let pages = found.flatMap { match in match.source.pictures.map { (match.key, $0) } }
    guard !isQuick, !pages.isEmpty else {
      (rule, notes, trouble) = (isQuick ? nil : .project, [], nil)
      return
    }
    do throws(MaskTrouble) {
      let decision = try MaskFile.decide(for: pages.map(\.1), given: values)
      (rule, notes, trouble) = (decision.rule, decision.notes, nil)
      dissenters = Set(decision.dissenters.map { pages[$0].0 })
    } catch {
      (rule, notes, trouble) = (nil, [], error)
    }
  }

  /// Says what the mask of an image is: of what form, and, where the image could be read, what it holds.
  ///
  /// Nil where there is none.
  func record(of image: ImageSource, _ record: ImageRecord) -> (mask: MaskRecord, odd: [String])? {
    guard var mask = form(of: image.key) else { return nil }
    guard let width = record.width, let height = record.height, record.failure == nil else {
      return (mask, [])
    }
    var odd: [String] = []
    do {
      let found = try annotation(of: image, (width, height)) { odd.append($0) }
      if let found { odd += mask.take(found) }
      if dissenters.contains(image.key) { odd.append("its mask looks unlike the others") }
    } catch {
      mask.failure = WorkflowError.text(of: error)
    }
    return (mask, odd)
  }

  /// Where the mask of an image lies.
  private func form(of key: ImageKey) -> MaskRecord? {
    if store?.entry(of: key).state.hasMask == true { return MaskRecord(.accepted) }
    guard let source = matches[key]?.source else { return nil }
    var (form, page): (MaskRecord.Form, Int?)
    switch source {
    case .picture(_, let number): (form, page) = (.picture, number)
    case .cells: (form, page) = (.cells, nil)
    case .outlines, .geoJSON: (form, page) = (.outlines, nil)
    case .array(_, let number): (form, page) = (.array, number)
    case .coco: (form, page) = (.coco, nil)
    }
    var mask = MaskRecord(form)
    let path = source.file.standardizedFileURL.path
    let root = roots.first { path.hasPrefix($0) }
    mask.file = root.map { String(path.dropFirst($0.count)) } ?? path
    mask.page = page.map { $0 + 1 }
    return mask
  }

  /// Reads the mask of an image; nil where it is not to be read, or it cannot be told how.
  private func annotation(
    of image: ImageSource, _ size: (width: Int, height: Int), _ tell: (String) -> Void
  ) throws -> Annotation? {
    if let store, store.entry(of: image.key).state.hasMask {
      return rule == nil && trouble == nil
        ? nil : try store.acceptedAnnotation(of: image.key, expecting: size)
    }
    guard let source = matches[image.key]?.source else { return nil }
    // Where a mask is not read, a header tells at least whether it lies over its image.
    guard let rule = rule ?? (trouble != nil && source.pictures.isEmpty ? .project : nil) else {
      for page in source.pictures {
        let header = try MaskFile.size(of: page)
        guard header.width == size.width, header.height == size.height else {
          throw ImagingError.maskSize(
            file: page.file.lastPathComponent, mask: "\(header.width)x\(header.height)",
            image: "\(size.width)x\(size.height)")
        }
      }
      return nil
    }
    return try source.read(
      rule: rule, width: size.width, height: size.height, image: (image.file, image.page),
      tell: tell)
  }
}

extension MaskRecord {
  /// Takes in what a mask says, and returns what is odd about it.
  fileprivate mutating func take(_ found: Annotation) -> [String] {
    let pixels = found.mask.pixels.count
    let area = found.mask.area
    let hidden = found.unknown?.area ?? 0
    let annotated = pixels - hidden
    share = annotated > 0 ? Double(area) / Double(annotated) : 0
    unknown = hidden > 0 ? Double(hidden) / Double(pixels) : nil
    // Numbers, or, where there are none, pieces of cell pixels that touch by an edge or a corner.
    (objects, labelled) = (
      found.cells?.cells.count ?? Pieces(of: found.mask).count, found.cells != nil
    )
    var odd: [String] = []
    if hidden > 0 {
      odd.append("\(NumberText.percent(Double(hidden) / Double(pixels) * 100)) is not annotated")
    }
    if area == 0 { odd.append("no pixel of its mask is cell") }
    if area == annotated, area > 0 { odd.append("its mask is all cell") }
    return odd
  }
}
