/// A value that is made of settings: its table reads it, checks it and writes it.
public protocol Settable: Codable, Equatable, Sendable {
  /// Every setting at its default.
  init()

  /// All its settings, in the order in which they are written.
  static var settings: [Setting<Self>] { get }

  /// Names that older versions wrote into JSON, each read as what it is now.
  static var former: [FormerSetting<Self>] { get }

  /// Settles what settings have to say to one another once some were read from text.
  ///
  /// - Parameter isGiven: Whether the setting at a place was among them.
  /// - Throws: `RecipeError` for settings that cannot be given together.
  mutating func settle(_ isGiven: (PartialKeyPath<Self>) -> Bool) throws(RecipeError)
}

extension Settable {
  /// None.
  public static var former: [FormerSetting<Self>] { [] }

  /// Nothing is to be said.
  public mutating func settle(_ isGiven: (PartialKeyPath<Self>) -> Bool) throws(RecipeError) {}

  /// The setting that stands at a place.
  ///
  /// - Precondition: there is one.
  public static func setting(_ path: PartialKeyPath<Self>) -> Setting<Self> {
    guard let setting = settings.first(where: { $0.path() == path }) else {
      preconditionFailure("no setting stands at \(path)")
    }
    return setting
  }

  /// Puts settings that are given as text into the value.
  ///
  /// - Throws: `RecipeError` for the first that cannot be.
  public mutating func take(_ given: [(setting: Setting<Self>, text: String)]) throws(RecipeError) {
    for (setting, text) in given { try setting.read(text, &self) }
    try settle { path in given.contains { $0.setting.path() == path } }
  }

  /// Puts a setting that is given as text into the value, alone.
  ///
  /// - Returns: Where it stands, for `settle`.
  /// - Throws: `RecipeError` where it cannot be.
  public mutating func take(
    _ setting: Setting<Self>, _ text: String
  ) throws(RecipeError) -> PartialKeyPath<Self> {
    try setting.read(text, &self)
    return setting.path()
  }

  /// Refuses a value with a setting out of its limits.
  ///
  /// - Throws: `RecipeError` naming the first one.
  func checkLimits() throws(RecipeError) {
    for setting in Self.settings {
      if let refusal = setting.refusal(self) { throw refusal }
    }
  }
}

/// A name that older versions wrote into JSON.
public struct FormerSetting<Root: Sendable>: Sendable {
  /// The name.
  let name: String
  /// The objects that it stands in, the outermost first.
  let groups: [String]
  /// Reads it.
  let decode: @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void

  init(
    _ name: String, groups: [String] = [],
    decode: @escaping @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void
  ) {
    (self.name, self.groups, self.decode) = (name, groups, decode)
  }

  /// The same of a value that has this one's root as a part of it.
  func within<Whole>(
    _ path: any WritableKeyPath<Whole, Root> & Sendable, group: String
  ) -> FormerSetting<Whole> {
    FormerSetting<Whole>(name, groups: [group] + groups) { [decode] in
      try decode($0, &$1[keyPath: path])
    }
  }
}
