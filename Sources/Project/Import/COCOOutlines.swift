import Foundation
internal import Imaging

/// The cells of a COCO file's images that can be used, and what of it cannot.
struct COCOOutlines {
  /// The images that are listed.
  let pictures: [COCOFile.Picture]
  /// The cells of each image, each in its parts, by what the image is known by.
  private(set) var cells: [COCOFile.Identifier: [[CellOutlineShape]]] = [:]
  /// Images of which an annotation cannot be used at all.
  private(set) var flawed: Set<COCOFile.Identifier> = []
  /// Lines for the user: what is skipped, how much of it, and an example.
  private(set) var notes: [String] = []

  /// Annotations of one kind that are skipped, wholly or in part.
  private struct Skipped: Hashable {
    let flaw: COCOAnnotation.Flaw
    let isWhole: Bool
  }

  /// Takes the annotations of some categories of a file, or all; `file` names it in messages.
  ///
  /// - Throws: `ProjectError.dataSet` where the file has annotations and none of them can be used.
  init(
    _ contents: COCOFile, categories: Set<COCOFile.Identifier>? = nil, file: URL
  ) throws(ProjectError) {
    pictures = contents.images
    let listed = Dictionary(pictures.map { ($0.id, $0) }) { first, _ in first }
    var skipped: [Skipped: (count: Int, example: String)] = [:]
    for (place, annotation) in contents.annotations {
      guard let annotation else {
        Self.count(Skipped(flaw: .unreadable, isWhole: true), place, &skipped)
        continue
      }
      if let categories, annotation.category.map(categories.contains) != true { continue }
      var (shapes, flaw) = (annotation.shapes, annotation.flaw)
      if let image = annotation.image {
        if let picture = listed[image] {
          let fitting = shapes.filter { $0.fits(picture) }
          if fitting.count < shapes.count { (shapes, flaw) = (fitting, .outside) }
        } else {
          (shapes, flaw) = ([], .unknownImage)
        }
        if shapes.isEmpty {
          flawed.insert(image)
        } else {
          cells[image, default: []].append(shapes)
        }
      }
      if let flaw {
        let name = annotation.id.map { "\(place) (id \($0.text))" } ?? place
        Self.count(Skipped(flaw: flaw, isWhole: shapes.isEmpty), name, &skipped)
      }
    }
    if contents.namelessImages > 0 {
      notes.append("\(contents.namelessImages) listed images have no id or no file_name")
    }
    let kinds = skipped.sorted {
      ($0.key.flaw, $0.key.isWhole ? 0 : 1) < ($1.key.flaw, $1.key.isWhole ? 0 : 1)
    }
    notes += kinds.map { kind, found in
      let count = found.count == 1 ? "1 annotation is" : "\(found.count) annotations are"
      return "\(count) \(kind.isWhole ? "skipped" : "read in part"), \(kind.flaw.text), such as"
        + " \(found.example)"
    }
    guard cells.isEmpty, !skipped.isEmpty else { return }
    throw .dataSet(
      "'\(file.path)' has no annotation that can be used: " + notes.joined(separator: "; "))
  }

  private static func count(
    _ kind: Skipped, _ example: String, _ skipped: inout [Skipped: (count: Int, example: String)]
  ) {
    skipped[kind] = ((skipped[kind]?.count ?? 0) + 1, skipped[kind]?.example ?? example)
  }
}

extension CellOutlineShape {
  /// Whether it lies on an image as a file lists it, as far as that says how large it is.
  fileprivate func fits(_ picture: COCOFile.Picture) -> Bool {
    guard let width = picture.width, let height = picture.height else { return true }
    return fits(width: width, height: height)
  }
}

extension Annotation {
  /// Draws cells, each in its parts, and numbers them from 1; where two overlap the later one counts.
  ///
  /// - Precondition: all shapes fit the size.
  /// - Throws: `ImagingError.tooManyCells`, with `file` for a name.
  init(
    cells: [[CellOutlineShape]], width: Int, height: Int, file: String
  ) throws(ImagingError) {
    // Drawn one after the other into a mask of which only what a cell reaches is looked at and cleared.
    var drawn = Mask(width: width, height: height)
    var numbers = [UInt32](repeating: 0, count: width * height)
    for (index, shapes) in cells.enumerated() {
      for shape in shapes { shape.fill(&drawn) }
      for shape in shapes {
        let reach = shape.reach(width: width, height: height)
        for y in reach.rows {
          for x in reach.columns where drawn[x, y] {
            numbers[y * width + x] = UInt32(index + 1)
            drawn[x, y] = false
          }
        }
      }
    }
    self.init(try LabelImage(width: width, height: height, numbers: numbers, of: file))
  }
}
