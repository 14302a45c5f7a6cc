import Screen
import Testing

struct PictureTests {
  private func grid(_ columns: Int, _ rows: Int) -> Grid {
    Grid(size: Size(columns: columns, rows: rows), style: Theme.dark.style(.text))
  }

  private func gray(_ x: Int, _ y: Int) -> RGB { RGB(UInt8(x * 16), UInt8(y * 16), 99) }

  @Test func `a picture of the area's size is shown pixel by pixel`() {
    var grid = grid(8, 4)
    let viewport = Viewport(fitting: 8, 8, in: grid.bounds)
    #expect(viewport.zoom == 1)
    Picture(viewport: viewport, depth: .direct).drawBoxes(into: &grid, theme: .dark) {
      gray($0.xs.lowerBound, $0.ys.lowerBound)
    }
    for row in 0..<4 {
      for column in 0..<8 {
        let cell = grid[column, row]
        #expect(cell?.character == "▀")
        #expect(cell?.style.foreground == gray(column, row * 2))
        #expect(cell?.style.background == gray(column, row * 2 + 1))
      }
    }
  }

  @Test func `a cell of two equal halves is a space, and beside the picture is background`() {
    var grid = grid(8, 4)
    let viewport = Viewport(fitting: 4, 8, in: grid.bounds)
    Picture(viewport: viewport, depth: .palette256)
      .drawBoxes(into: &grid, theme: .dark) { _ in RGB(9, 9, 9) }
    #expect(grid[3, 1] == Cell(" ", Style(foreground: RGB(9, 9, 9), background: RGB(9, 9, 9))))
    #expect(grid[0, 0]?.style.background == Theme.dark[.background])
    #expect(grid[7, 0]?.style.background == Theme.dark[.background])
  }

  @Test func `shrinking asks for boxes, which tell of a thin line`() {
    var grid = grid(2, 1)
    let viewport = Viewport(fitting: 8, 8, in: grid.bounds)
    let picture = Picture(viewport: viewport, depth: .direct)
    picture.drawBoxes(into: &grid, theme: .dark) { box in
      box.xs.contains(5) && box.ys.contains(6) ? RGB(255, 0, 0) : RGB(0, 0, 0)
    }
    #expect(grid[1, 0]?.style.background == RGB(255, 0, 0))
    #expect(grid[1, 0]?.style.foreground == RGB(0, 0, 0))
  }

  @Test func `without colour a ramp has more dots to the right, fewer with a light theme`() {
    for theme in [Theme.dark, Theme.light] {
      var grid = grid(16, 4)
      let viewport = Viewport(fitting: 256, 128, in: grid.bounds)
      Picture(viewport: viewport, depth: .none)
        .drawBoxes(into: &grid, theme: theme) { RGB(gray: Double($0.xs.lowerBound + 4) / 255) }
      let dots = (0..<16).map { column in
        (0..<4).map { row in
          let value = grid[column, row]?.character.unicodeScalars.first?.value ?? 0
          return value >= 0x2800 ? Int((value - 0x2800).nonzeroBitCount) : 0
        }.reduce(0, +)
      }
      #expect(theme.isLight ? dots == dots.sorted(by: >) : dots == dots.sorted())
      #expect(Set([dots[0], dots[15]]) == Set([0, 32]) || abs(dots[15] - dots[0]) >= 28)
    }
  }

  @Test func `sixteen colours show a grey ramp by shades that grow`() {
    let levels = (0..<32).map { step -> Double in
      let cell = Palette.shade(of: RGB(gray: Double(step) / 31))
      let amounts: [Character: Double] = [" ": 0, "░": 0.25, "▒": 0.5, "▓": 0.75]
      #expect(cell.style.foreground.red == cell.style.foreground.green)
      return cell.style.background.blended(
        with: cell.style.foreground, amount: amounts[cell.character] ?? 0
      ).luminance
    }
    #expect(levels == levels.sorted())
    #expect(Set(levels).count >= 10)
  }

  @Test func `256 colours keep greys grey and tints in their hue`() {
    for level in 0...255 {
      let color = Palette.color(Palette.index256(of: RGB(gray: Double(level) / 255)))
      #expect(color.red == color.green && color.green == color.blue)
      #expect(abs(Int(color.red) - level) <= 16)
    }
    for role in [Role.mask, .proposal, .truePositive, .falsePositive, .falseNegative] {
      let ramp = stride(from: 0, through: 255, by: 5).map { level in
        let tinted = RGB(gray: Double(level) / 255).blended(with: Theme.dark[role], amount: 0.4)
        return Palette.color(Palette.index256(of: tinted))
      }
      #expect(Set(ramp).count >= 4, "\(role)")
      for (darker, lighter) in zip(ramp, ramp.dropFirst()) {
        #expect(lighter.luminance >= darker.luminance - 40, "\(role)")
      }
      let strongest = parts(Theme.dark[role]).firstIndex(of: parts(Theme.dark[role]).max() ?? 0)
      for color in ramp {
        #expect(parts(color)[strongest ?? 0] == parts(color).max(), "\(role): \(color)")
      }
    }
    #expect((0...255).allSatisfy { Palette.index16(of: Palette.color($0)) < 16 })
    #expect(Palette.index16(of: RGB(0, 0, 0)) == 0)
    #expect(
      Palette.index256(of: RGB(255, 255, 255)) == 231
        || Palette.index256(of: RGB(255, 255, 255)) == 15)
  }

  private func parts(_ color: RGB) -> [UInt8] { [color.red, color.green, color.blue] }

  @Test func `theme colours keep their meaning with 16 colours`() {
    for theme in Theme.builtIn where theme.name != "colour-blind-safe" {
      #expect([1, 9].contains(Palette.index16(of: theme[.error])), "\(theme.name)")
      #expect([2, 10].contains(Palette.index16(of: theme[.success])), "\(theme.name)")
      #expect([3, 11].contains(Palette.index16(of: theme[.warning])), "\(theme.name)")
      #expect(
        Palette.index16(of: theme[.selection]) != Palette.index16(of: theme[.background]),
        "\(theme.name)")
      #expect(
        Palette.index16(of: theme[.selection]) != Palette.index16(of: theme[.selectionText]),
        "\(theme.name)")
    }
  }

  @Test func `without colour an outline is a line in a reversed band`() {
    var grid = grid(4, 4)
    let viewport = Viewport(fitting: 8, 16, in: grid.bounds)
    Picture(viewport: viewport, depth: .none)
      .drawBoxes(
        into: &grid, theme: .dark, isMarked: { $0.xs.contains(2) }
      ) { _ in RGB(255, 255, 255) }
    #expect(grid.text(row: 1) == "\u{28FF}\u{2847}\u{28FF}\u{28FF}")
    #expect((0..<4).map { grid[$0, 1]?.style.reversed } == [false, true, false, false])
  }

  @Test func `the pen marks half a cell`() {
    var grid = grid(8, 4)
    let viewport = Viewport(fitting: 8, 8, in: grid.bounds)
    Picture(viewport: viewport, depth: .direct, pen: (x: 3, y: 5))
      .drawBoxes(into: &grid, theme: .dark) { _ in RGB(1, 2, 3) }
    #expect(grid[3, 2]?.style == Style(foreground: RGB(1, 2, 3), background: Theme.dark[.pen]))
    #expect(grid[3, 2]?.character == "▀")
  }

  @Test(arguments: ColorDepth.allCases)
  func `pictures draw at any size and zoom`(depth: ColorDepth) {
    for (columns, rows) in [(0, 0), (1, 1), (10, 3), (30, 8), (80, 24), (200, 60)] {
      var grid = grid(columns, rows)
      for (width, height) in [(0, 0), (1, 1), (1024, 811), (3, 4000)] {
        for zoom in [0.0001, 0.3, 1, 7, 1e9] {
          var viewport = Viewport(
            fitting: width, height, in: grid.bounds.inset(columns: -1, rows: 0))
          viewport.zoom(by: zoom)
          viewport.pan(columns: 1e9, rows: -1e9)
          Picture(viewport: viewport, depth: depth, pen: (x: 0, y: 0))
            .drawBoxes(into: &grid, theme: .dark) { box in
              #expect(box.xs.lowerBound >= 0 && box.xs.upperBound <= width && !box.xs.isEmpty)
              #expect(box.ys.lowerBound >= 0 && box.ys.upperBound <= height && !box.ys.isEmpty)
              return RGB(50, 60, 70)
            }
        }
      }
    }
  }
}

extension RGB {
  /// A grey, 0...1.
  fileprivate init(gray: Double) {
    let level = UInt8((gray * 255).rounded())
    self.init(level, level, level)
  }
}
