import Foundation
import Screen
import Testing

struct ThemeTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Themes")

  private func failure(_ yaml: String) -> String {
    do {
      _ = try Theme(yaml: yaml)
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test(arguments: Theme.builtIn)
  func `a built-in theme equals its file`(theme: Theme) throws {
    let file = Self.folder.appendingPathComponent("\(theme.name).yaml")
    #expect(try Theme(yaml: String(contentsOf: file, encoding: .utf8)) == theme)
  }

  @Test func `every file of Themes is built in`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(Theme.builtIn.map { "\($0.name).yaml" }))
  }

  @Test(arguments: Theme.builtIn)
  func `text has the contrast that WCAG asks for`(theme: Theme) {
    let least = theme.name == "high-contrast" ? 7.0 : 4.5
    for (front, back) in [
      (Role.text, Role.background), (.text, .panel), (.title, .background), (.dim, .background),
      (.accent, .background), (.warning, .background), (.error, .background),
      (.success, .background), (.selectionText, .selection), (.train, .background),
      (.validation, .background), (.best, .background), (.dim, .panel), (.accent, .panel),
    ] {
      let found = contrast(theme[front], theme[back])
      #expect(found >= least, "\(theme.name): \(front) on \(back) is \(found):1")
    }
  }

  @Test(arguments: Theme.builtIn)
  func `curves stand out, and from each other in 256 colours too`(theme: Theme) {
    let colors = Role.series.map { theme[$0] }
    for (role, color) in zip(Role.series, colors) {
      let found = contrast(color, theme[.background])
      #expect(found >= 3, "\(theme.name): \(role) on the background is \(found):1")
    }
    let indexes = Set(colors.map(Palette.index256))
    #expect(indexes.count == colors.count, "\(theme.name): \(colors.map(Palette.index256))")
    #expect(!indexes.contains(Palette.index256(of: theme[.title])))
  }

  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    func light(_ color: RGB) -> Double {
      let parts = [color.red, color.green, color.blue].map { value -> Double in
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (a, b) = (light(one), light(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test func `roles left out are those of the base`() throws {
    let theme = try Theme(yaml: "base: light\nmask: \"#010203\"\nname: mine\n")
    #expect(theme[.mask] == RGB(1, 2, 3))
    #expect(theme[.text] == Theme.light[.text])
    #expect(theme.name == "mine")
    #expect(try Theme(yaml: "# nothing\n")[.text] == Theme.dark[.text])
  }

  @Test func `colours are read with and without a hash, and short`() throws {
    let theme = try Theme(yaml: "text: 0a0B0c\ndim: '#123'\nmask: 112233")
    #expect(theme[.text] == RGB(10, 11, 12))
    #expect(theme[.dim] == RGB(0x11, 0x22, 0x33))
    #expect(theme[.mask] == RGB(0x11, 0x22, 0x33))
  }

  @Test(arguments: [
    ("text: \"#000000\"\nmsk: \"#000000\"", "line 2: no role is called 'msk'"),
    ("Outlines: \"#000000\"", "did you mean 'outline'"),
    ("text: #102030", "line 1: 'text' has no colour; write it in quotes"),
    ("\ntext: bluish", "line 2: 'bluish' is no colour for 'text'"),
    ("text: \"#12345\"", "'#12345' is no colour"),
    ("text: \"+12345\"", "'+12345' is no colour"),
    ("base: solarized", "line 1: no built-in theme is called 'solarized'"),
    ("- a\n- b", "this is not a list of roles"),
    ("text: [1, 2]", "'text' is not one colour"),
    ("text: \"#000000", "line"),
    ("text: \"#000000\"\ntext: \"#000000\"", "'text' stands there twice"),
  ])
  func `a wrong theme says the line and what to write`(yaml: String, message: String) {
    #expect(failure(yaml).contains(message), "\(failure(yaml))")
  }

  @Test func `a user's theme wins over a built-in one, and a missing one lists all`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("aura-themes-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let themes = folder.appendingPathComponent("aura/themes")
    try FileManager.default.createDirectory(at: themes, withIntermediateDirectories: true)
    try Data("text: \"#010101\"".utf8).write(to: themes.appendingPathComponent("dark.yaml"))
    try Data("txt: 1".utf8).write(to: themes.appendingPathComponent("broken.yaml"))
    let folders = ThemeFolders(environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(try folders.theme(named: "dark")[.text] == RGB(1, 1, 1))
    #expect(try folders.theme(named: "light") == .light)
    #expect(folders.available.contains("broken"))
    #expect(throws: ThemeError.unknownTheme("none", available: folders.available)) {
      try folders.theme(named: "none")
    }
    #expect {
      try folders.theme(named: "broken")
    } throws: {
      "\($0)".contains("broken.yaml', line 1: no role is called 'txt'")
    }
    #expect {
      try folders.theme(named: "/nowhere/x.yaml")
    } throws: {
      "\($0)" == "theme '/nowhere/x.yaml' cannot be read: no such file"
    }
  }
}
