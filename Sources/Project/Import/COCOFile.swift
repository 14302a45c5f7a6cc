import Files
import Foundation

/// What a file of COCO's kind says of images and of the cells on them.
///
/// Each image, category and annotation is read by itself, so that one that cannot be used costs no other.
struct COCOFile: Decodable {
  /// What things are known by: COCO numbers them, other programs name them.
  struct Identifier: Decodable, Hashable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        text = "\(number)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  /// An image.
  struct Picture: Decodable {
    let id: Identifier
    let fileName: String
    /// Its size, where the file says it.
    let width: Int?
    let height: Int?

    enum CodingKeys: String, CodingKey {
      case id
      case fileName = "file_name"
      case width
      case height
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(Identifier.self, forKey: .id)
      fileName = try container.decode(String.self, forKey: .fileName)
      width = try? container.decode(Int.self, forKey: .width)
      height = try? container.decode(Int.self, forKey: .height)
    }
  }

  /// A kind of object.
  struct Category: Decodable {
    let id: Identifier
    let name: String
  }

  /// What can be read, or nil.
  fileprivate struct Lenient<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
  }

  let images: [Picture]
  /// Images without a number or a name.
  let namelessImages: Int
  let categories: [Category]
  /// Each with its place in the file, as `annotations[3]`; nil where it is none.
  let annotations: [(place: String, value: COCOAnnotation?)]

  fileprivate enum CodingKeys: CodingKey {
    case images, categories, annotations
  }

  /// Reads what a file says; LIVECell's parts number their annotations as names, which is read too.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let listed = try container.decode([Lenient<Picture>].self, forKey: .images)
    images = listed.compactMap(\.value)
    namelessImages = listed.count - images.count
    categories =
      try container.decodeIfPresent([Lenient<Category>].self, forKey: .categories)?
      .compactMap(\.value) ?? []
    if let named = try? container.decode(
      [String: Lenient<COCOAnnotation>].self, forKey: .annotations)
    {
      annotations = named.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
        .map { ("annotations['\($0.key)']", $0.value.value) }
    } else {
      let list = try container.decode([Lenient<COCOAnnotation>].self, forKey: .annotations)
      annotations = list.enumerated().map { ("annotations[\($0.offset)]", $0.element.value) }
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `ProjectError` where it cannot be read or is no such file, saying where in it.
  static func read(_ file: URL) throws(ProjectError) -> COCOFile {
    try decode(COCOFile.self, from: file)
  }

  /// The images that a file lists.
  struct Listing: Decodable {
    /// Nil where it is no such file.
    let images: [Picture]?
    /// Images that something is drawn on, well or not.
    let annotated: Set<Identifier>

    private struct Reference: Decodable {
      let image: Identifier

      enum CodingKeys: String, CodingKey { case image = "image_id" }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: COCOFile.CodingKeys.self)
      images = try? container.decode([Lenient<Picture>].self, forKey: .images).compactMap(\.value)
      let named = try? container.decode(
        [String: Lenient<Reference>].self, forKey: .annotations)
      let listed = try? container.decode([Lenient<Reference>].self, forKey: .annotations)
      annotated = Set((listed ?? named.map { Array($0.values) } ?? []).compactMap(\.value?.image))
    }
  }

  /// Reads which images a file lists and annotates, and no outline.
  static func readListing(_ file: URL) throws(ProjectError) -> Listing {
    try decode(Listing.self, from: file)
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, from file: URL
  ) throws(ProjectError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: try Data(contentsOf: file))
    } catch let error as DecodingError {
      throw .dataSet("'\(file.path)' is no COCO file: \(error.reason)")
    } catch {
      throw .file(.foundation(file.path, error))
    }
  }
}
