public import Imaging
public import Recipes

/// What `aura.json` holds: settings of a project that outlive a session.
public struct ProjectSettings: Codable, Equatable, Sendable {
  /// The newest version of the project's files that this aura knows.
  static let newestVersion = cellVersion
  /// The version from which on files tell one cell from another: an older aura would take numbers for masks.
  static let cellVersion = 2

  /// Version of the project's files: 1 until the first file or line is written that tells cells apart.
  public var version = 1
  /// The project's name, for the title line.
  public var name: String
  /// Side in pixels that images are worked at as somebody set it, which nothing replaces; nil to follow the recipe
  /// or what was found.
  public var workingSize: Int?
  /// The size that was found for the images by the network that comes with aura, until another is.
  public var foundSize: FoundSize?
  /// Which numbers are cell in masks that are read.
  public var maskValues = MaskValues.automatic
  /// Whether links that lead out of the folder of images are followed; nil where nobody said it.
  var followsLinks: Bool?
  /// The channel that is looked at where images have several; nil for the one found out.
  public var channel: Channel?
  /// Where the next run's recipe starts from; nil for the defaults by number of labels.
  public var recipe: Recipe?

  /// The settings of a new project.
  public init(name: String) { self.name = name }

  private enum CodingKeys: String, CodingKey {
    case version, name, workingSize, foundSize, maskPolarity, maskValues, followsLinks, channel
    case recipe
  }

  /// Reads settings; what is missing has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    version = try container.decode(Int.self, forKey: .version)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
    workingSize = try container.decodeIfPresent(Int.self, forKey: .workingSize)
    foundSize = try container.decodeIfPresent(FoundSize.self, forKey: .foundSize)
    maskValues =
      try container.decodeIfPresent(MaskValues.self, forKey: .maskValues)
      ?? container.decodeIfPresent(MaskValues.self, forKey: .maskPolarity) ?? .automatic
    followsLinks = try container.decodeIfPresent(Bool.self, forKey: .followsLinks)
    channel = try container.decodeIfPresent(Channel.self, forKey: .channel)
    recipe = try container.decodeIfPresent(Recipe.self, forKey: .recipe)
  }

  /// Writes settings; what an older Aura knows of masks under the name that it has there.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(workingSize, forKey: .workingSize)
    try container.encodeIfPresent(foundSize, forKey: .foundSize)
    try container.encode(maskValues, forKey: maskValues.isPolarity ? .maskPolarity : .maskValues)
    try container.encodeIfPresent(followsLinks, forKey: .followsLinks)
    try container.encodeIfPresent(channel, forKey: .channel)
    try container.encodeIfPresent(recipe, forKey: .recipe)
  }
}
