/// An object on an image of a COCO file: as much of it as can be used.
struct COCOAnnotation: Decodable {
  /// Why an annotation, or a part of it, is not used.
  enum Flaw: Int, Comparable, CaseIterable {
    case unreadable, noImage, unknownImage, box, crowd, noOutline, fewPoints, oddPolygon,
      brokenRuns, outside

    /// What is said of annotations that have it.
    var text: String {
      switch self {
      case .unreadable: "no annotation that can be read"
      case .noImage: "without an image"
      case .unknownImage: "of an image that is not listed"
      case .box: "a box only, without an outline"
      case .crowd: "a crowd without an outline"
      case .noOutline: "without an outline"
      case .fewPoints: "a polygon of fewer than 3 points"
      case .oddPolygon: "a polygon that is no list of x and y"
      case .brokenRuns: "runs that do not make up the size they give"
      case .outside: "far outside of the image, or for one of another size"
      }
    }

    static func < (a: Flaw, b: Flaw) -> Bool { a.rawValue < b.rawValue }
  }

  let id: COCOFile.Identifier?
  let image: COCOFile.Identifier?
  let category: COCOFile.Identifier?
  /// The parts that make the object up; none where it cannot be used.
  let shapes: [CellOutlineShape]
  /// What is wrong with it, or with the parts that are left out.
  let flaw: Flaw?

  private enum CodingKeys: String, CodingKey {
    case id
    case image = "image_id"
    case category = "category_id"
    case segmentation, bbox, iscrowd
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try? container.decode(COCOFile.Identifier.self, forKey: .id)
    image = try? container.decode(COCOFile.Identifier.self, forKey: .image)
    category = try? container.decode(COCOFile.Identifier.self, forKey: .category)
    let outline = try? container.decodeIfPresent(COCOSegmentation.self, forKey: .segmentation)
    shapes = image == nil ? [] : outline?.shapes ?? []
    if image == nil {
      flaw = .noImage
    } else if shapes.isEmpty, outline?.flaw == nil {
      let isCrowd = (try? container.decode(Int.self, forKey: .iscrowd)) ?? 0 != 0
      flaw = isCrowd ? .crowd : container.contains(.bbox) ? .box : .noOutline
    } else {
      flaw = outline?.flaw
    }
  }
}
