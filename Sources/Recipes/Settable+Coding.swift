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
    let former = Self.former.filter { $0.groups == groups }
    let settings = Self.settings.filter { $0.groups == groups }
    let inner = Self.groups(in: groups)
    let known = settings.map(\.name) + inner
    for key in container.allKeys.map(\.stringValue).sorted() where !known.contains(key) {
      guard former.contains(where: { $0.name == key }) else {
        throw RecipeError.unknown(key, place: groups, known: known)
      }
    }
    for setting in former where container.contains(SettingKey(setting.name)) {
      try setting.decode(container, &self)
    }
    for setting in settings { try setting.decode(container, &self) }
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
