import ArgumentParser
import Recipes

/// Which settings a command takes as options.
protocol SettingScope {
  /// What they are settings of.
  associatedtype Root: Settable
  /// They.
  static var settings: [Setting<Root>] { get }
  /// What the help gives as a setting's default; nil for nothing.
  static func standard(_ setting: Setting<Root>) -> String?
}

extension SettingScope {
  static func standard(_ setting: Setting<Root>) -> String? { setting.text(of: Root()) }
}

/// Settings as options of a command, each made from its row in the table: `--learning-rate <rate>`.
///
/// ArgumentParser finds the options of a type in its mirror; the mirror of this one is the table.
struct SettingOptions<Scope: SettingScope>: ParsableArguments, CustomReflectable {
  /// The settings that were given, as text.
  private(set) var given: [(setting: Setting<Scope.Root>, text: String)] = []

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: OptionKey.self)
    for setting in Scope.settings {
      let option = try container.decode(Option<String?>.self, forKey: OptionKey(setting.option))
      if let text = option.wrappedValue { given.append((setting, text)) }
    }
  }

  var customMirror: Mirror {
    Mirror(
      self,
      children: Scope.settings.map { setting in
        (label: setting.option, value: Self.option(setting))
      })
  }

  private static func option(_ setting: Setting<Scope.Root>) -> Option<String?> {
    let standard = Scope.standard(setting).map { " (default: \($0))." }
    return Option(
      name: .customLong(setting.option),
      help: ArgumentHelp(
        standard.map { setting.help.dropLast() + $0 } ?? setting.help,
        valueName: setting.valueName),
      completion: setting.words.isEmpty ? nil : .list(setting.words))
  }

  func validate() throws {
    var root = Scope.Root()
    for (setting, text) in given {
      do throws(RecipeError) {
        _ = try root.take(setting, text)
      } catch {
        throw ValidationError("--\(setting.option): \(error)")
      }
    }
    do throws(RecipeError) {
      try root.settle(gives)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// Whether the setting at a place was given.
  func gives(_ path: PartialKeyPath<Scope.Root>) -> Bool {
    let place = Scope.Root.setting(path).place
    return given.contains { $0.setting.place == place }
  }

  /// `base` with what was given in its place.
  ///
  /// - Throws: `RecipeError` for what `validate` refuses.
  func settings(over base: Scope.Root) throws(RecipeError) -> Scope.Root {
    var root = base
    try root.take(given)
    return root
  }
}

/// An option's name among those of a type.
private struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
