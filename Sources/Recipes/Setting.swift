/// A setting, once: its name, where it stands, what it may be, what it is for, and where it is shown.
///
/// JSON, YAML, the command line and the plan dialog read it, hold it to its limits and write it by this
/// row alone; its default is what `Root()` has there.
public struct Setting<Root: Sendable>: Sendable {
  /// A name that older versions wrote into JSON in a setting's place.
  struct Former: Sendable {
    let name: String
    let decode: @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void
  }

  /// Its name in JSON and YAML.
  public let name: String
  /// The objects that it stands in there, the outermost first; none for one at the top.
  public let groups: [String]
  /// Its name on a command line, without dashes.
  public let option: String
  /// What it is for, in a line, for the help of a command.
  public let help: String
  /// What stands for its value in the help: `steps`, `mean|sum`.
  public let valueName: String?
  /// What it may be, in words that follow a wrong value: `a number above 0, please`.
  public let advice: String
  /// The words that it may be, where it is one of a few.
  public let words: [String]
  /// Whether its value has several parts, with commas between them.
  public let isList: Bool
  /// Whether recipes in YAML have it; what makes one run another than the next they leave to the plan.
  public let isShared: Bool
  /// How the plan dialog moves it, if it shows it.
  public let screen: ScreenSteps?

  /// Where it stands.
  let path: @Sendable () -> PartialKeyPath<Root>
  /// Puts what a text says into a value; errors name the place.
  let read: @Sendable (String, inout Root, _ place: String) throws(RecipeError) -> Void
  /// What a value has, as `read` takes it; nil where it has none, or where it does not count.
  let write: @Sendable (Root) -> String?
  /// What is wrong with what a value has, if anything.
  let refusal: @Sendable (Root, _ place: String) -> RecipeError?
  /// Puts what a JSON object has under the name into a value.
  let decode:
    @Sendable (KeyedDecodingContainer<SettingKey>, inout Root, _ place: String) throws -> Void
  /// Puts what a value has under the name into a JSON object.
  let encode: @Sendable (Root, inout KeyedEncodingContainer<SettingKey>) throws -> Void
  /// What stood in its place before.
  var former: Former?

  /// The name, behind those of what it stands in: `fineTuning.warmup`.
  public var place: String { (groups + [name]).joined(separator: ".") }
}

extension Setting {
  /// What a value has, as text; nil where it has none, or where another setting takes its place.
  public func text(of root: Root) -> String? { write(root) }

  /// Moves the setting of a value as the plan dialog does.
  public func move(_ root: inout Root, by steps: Int) {
    guard let screen, let value = write(root).flatMap({ Int($0) }) else { return }
    try? read("\(screen.moved(value, by: steps))", &root, place)
  }

  /// A setting that always has a value; its `option` is `name` with dashes if not said, and `isUsed` says
  /// whether it counts, as another setting may take its place.
  init<Value>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ values: Values<Value>,
    option: String? = nil, valueName: String? = nil, isShared: Bool = true,
    isUsed: @escaping @Sendable (Root) -> Bool = { _ in true }, screen: ScreenSteps? = nil,
    former: Former? = nil, _ help: String
  ) {
    self.init(
      name, path, values, option: option, valueName: valueName, isShared: isShared,
      screen: screen, help, shown: { isUsed($0) ? $0[keyPath: path] : nil },
      held: { $0[keyPath: path] }, set: { $0[keyPath: path] = $1 })
    self.former = former
  }

  /// A setting that may be left out, without a value then.
  init<Value>(
    _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ values: Values<Value>,
    option: String? = nil, valueName: String? = nil, isShared: Bool = true,
    screen: ScreenSteps? = nil, _ help: String
  ) {
    self.init(
      name, path, values, option: option, valueName: valueName, isShared: isShared,
      screen: screen, help, shown: { $0[keyPath: path] }, held: { $0[keyPath: path] },
      set: { $0[keyPath: path] = $1 })
  }

  /// Both kinds: `held` is the value that is there, `shown` the same where it counts.
  private init<Value>(
    _ name: String, _ path: any PartialKeyPath<Root> & Sendable, _ values: Values<Value>,
    option: String?, valueName: String?, isShared: Bool, screen: ScreenSteps?, _ help: String,
    shown: @escaping @Sendable (Root) -> Value?, held: @escaping @Sendable (Root) -> Value?,
    set: @escaping @Sendable (inout Root, Value) -> Void
  ) {
    self.init(
      name: name, groups: [], option: option ?? name.dashed, help: help,
      valueName: valueName ?? values.name, advice: values.advice, words: values.words,
      isList: values.isList, isShared: isShared, screen: screen, path: { path },
      read: { text, root, place throws(RecipeError) in
        set(&root, try values.value(of: text, name: place))
      }, write: { shown($0).map(values.text) },
      refusal: { root, place in held(root).flatMap { values.refusal($0, name: place) } },
      decode: { container, root, place in
        if let value = try values.value(in: container, name: name, place: place) {
          set(&root, value)
        }
      },
      encode: { root, container in
        try container.encodeIfPresent(held(root), forKey: SettingKey(name))
      })
  }

  /// The same setting of a value that has this one's root as a part of it, in JSON and YAML in an object of
  /// its own if `group` names one.
  func within<Whole>(
    _ path: any WritableKeyPath<Whole, Root> & Sendable, group: String? = nil
  ) -> Setting<Whole> {
    Setting<Whole>(
      name: name, groups: (group.map { [$0] } ?? []) + groups, option: option, help: help,
      valueName: valueName, advice: advice, words: words, isList: isList, isShared: isShared,
      screen: screen,
      path: { [inner = self.path] in
        (path as PartialKeyPath<Whole>).appending(path: inner()) ?? path
      },
      read: { [read] text, whole, place throws(RecipeError) in
        try read(text, &whole[keyPath: path], place)
      }, write: { [write] in write($0[keyPath: path]) },
      refusal: { [refusal] in refusal($0[keyPath: path], $1) },
      decode: { [decode] in try decode($0, &$1[keyPath: path], $2) },
      encode: { [encode] in try encode($0[keyPath: path], &$1) },
      former: former.map { former in
        Setting<Whole>.Former(name: former.name) { try former.decode($0, &$1[keyPath: path]) }
      })
  }
}

extension String {
  /// `learningRate` as a command line has it: `learning-rate`.
  fileprivate var dashed: String {
    reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }
}
