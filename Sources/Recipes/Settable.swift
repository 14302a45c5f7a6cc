/// A value that is made of settings: its table reads it, checks it and writes it.
public protocol Settable: Codable, Equatable, Sendable {
  /// Every setting at its default.
  init()

  /// All its settings, in the order in which they are written.
  static var settings: [Setting<Self>] { get }

  /// Settles what settings have to say to one another once some were read from text.
  ///
  /// - Parameter isGiven: Whether the setting at a place was among them.
  /// - Throws: `RecipeError` for settings that cannot be given together.
  mutating func settle(_ isGiven: (PartialKeyPath<Self>) -> Bool) throws(RecipeError)
}

extension Settable {
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
    for (setting, text) in given { try setting.read(text, &self, setting.place) }
    try settle { path in given.contains { $0.setting.path() == path } }
  }

  /// Puts a setting that is given as text into the value, alone.
  ///
  /// - Returns: Where it stands, for `settle`.
  /// - Throws: `RecipeError` where it cannot be.
  public mutating func take(
    _ setting: Setting<Self>, _ text: String
  ) throws(RecipeError) -> PartialKeyPath<Self> {
    try setting.read(text, &self, setting.place)
    return setting.path()
  }

  /// Refuses a value with a setting out of its limits.
  ///
  /// - Throws: `RecipeError` naming the first one.
  func checkLimits() throws(RecipeError) {
    for setting in Self.settings {
      if let refusal = setting.refusal(self, setting.place) { throw refusal }
    }
  }
}

extension Settable {
  /// Reads settings; what is missing has its default, and a name that means nothing is refused.
  ///
  /// - Throws: `RecipeError` naming what is wrong, `DecodingError` for what is no JSON object.
  public init(from decoder: any Decoder) throws {
    self.init()
    try read(try decoder.container(keyedBy: SettingKey.self), in: [])
  }

  /// Writes every setting that has a value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SettingKey.self)
    try write(into: &container, in: [])
  }

  private mutating func read(
    _ container: KeyedDecodingContainer<SettingKey>, in groups: [String]
  ) throws {
    let settings = Self.settings.filter { $0.groups == groups }
    let formers = settings.compactMap(\.former)
    let inner = Self.groups(in: groups)
    let known = settings.map(\.name) + inner
    let unknown = Set(container.allKeys.map(\.stringValue)).subtracting(known + formers.map(\.name))
    if let key = unknown.min() { throw RecipeError.unknown(key, place: groups, known: known) }
    for former in formers where container.contains(SettingKey(former.name)) {
      try former.decode(container, &self)
    }
    for setting in settings { try setting.decode(container, &self, setting.place) }
    for group in inner where container.contains(SettingKey(group)) {
      let nested = try container.nestedContainer(
        keyedBy: SettingKey.self, forKey: SettingKey(group))
      try read(nested, in: groups + [group])
    }
  }

  private func write(
    into container: inout KeyedEncodingContainer<SettingKey>, in groups: [String]
  ) throws {
    for setting in Self.settings where setting.groups == groups {
      try setting.encode(self, &container)
    }
    for group in Self.groups(in: groups) {
      var nested = container.nestedContainer(keyedBy: SettingKey.self, forKey: SettingKey(group))
      try write(into: &nested, in: groups + [group])
    }
  }

  /// The objects that stand within one, each once.
  private static func groups(in groups: [String]) -> [String] {
    var inner: [String] = []
    for setting in settings where setting.groups.starts(with: groups) {
      guard setting.groups.count > groups.count else { continue }
      let group = setting.groups[groups.count]
      if !inner.contains(group) { inner.append(group) }
    }
    return inner
  }
}

/// A name in a JSON object of settings.
struct SettingKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
