import Files
import Foundation

/// What a file of COCO's kind says of images and of the cells on them.
struct COCOFile: Decodable {
  /// An image.
  struct Picture: Decodable {
    let id: Int
    let fileName: String
    let width: Int
    let height: Int

    enum CodingKeys: String, CodingKey {
      case id
      case fileName = "file_name"
      case width
      case height
    }
  }

  /// A kind of object.
  struct Category: Decodable {
    let id: Int
    let name: String
  }

  /// An object on an image.
  struct Annotation: Decodable {
    let id: Int?
    let image: Int
    let category: Int?
    let segmentation: COCOSegmentation?

    enum CodingKeys: String, CodingKey {
      case id
      case image = "image_id"
      case category = "category_id"
      case segmentation
    }
  }

  let images: [Picture]
  let categories: [Category]
  let annotations: [Annotation]

  enum CodingKeys: CodingKey {
    case images, categories, annotations
  }

  /// Reads what a file says; LIVECell's parts number their annotations as names, which is read too.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    images = try container.decode([Picture].self, forKey: .images)
    categories = try container.decodeIfPresent([Category].self, forKey: .categories) ?? []
    if let named = try? container.decode([String: Annotation].self, forKey: .annotations) {
      annotations = Array(named.values)
    } else {
      annotations = try container.decode([Annotation].self, forKey: .annotations)
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `ProjectError` where it cannot be read or is no such file, saying where in it.
  static func read(_ file: URL) throws(ProjectError) -> COCOFile {
    do {
      return try JSONDecoder().decode(COCOFile.self, from: try Data(contentsOf: file))
    } catch let error as DecodingError {
      throw .dataSet("'\(file.path)' is no COCO file: \(error.reason)")
    } catch let error as ProjectError {
      throw .dataSet("'\(file.path)': \(error)")
    } catch {
      throw .file(.foundation(file.path, error))
    }
  }
}
