import Foundation
import Screen
import Terminal

/// Measures how long the workbench takes from a key to the bytes of its screen, on a large image.
///
/// Of fewer than 100 rounds `p99` is the worst frame.
///
/// The whole way is real: bytes are typed into a pseudo terminal, parsed, taken into the model, drawn,
/// compared and written by ncurses; whoever reads the other end counts them. Strokes and decisions are
/// written to a project in the folder for temporary files, by the host's rules.
///
///     swift run -c release RedrawBenchmark [--side 7168] [--strokes 10000] [--columns 200] [--rows 60]
///       [--rounds 24] [--only "stroke"] [--json] [--phases]
@main
struct RedrawBenchmark {
  static func main() throws {
    let options = Options(CommandLine.arguments.dropFirst())
    let terminal = try PseudoTerminal(columns: options.columns, rows: options.rows)
    var rows: [Row] = []
    for depth in [ColorDepth.direct, .palette256] {
      for subject in Subject.allCases {
        var desk = try Desk(subject, depth, options, terminal)
        rows += desk.run(rounds: options.rounds)
        desk.screen.close()
      }
    }
    terminal.giveBack()
    options.isJSON ? try Report.json(rows, options) : Report.table(rows, options)
  }
}

/// What the command line asks for.
struct Options: Codable {
  var side = 7168
  var strokes = 10_000
  var columns = 200
  var rows = 60
  var rounds = 24
  /// How the names of the actions begin that are measured.
  var only = ""
  var isJSON = false
  var showsPhases = false

  init(_ arguments: some Sequence<String>) {
    var words = Array(arguments)
    isJSON = words.contains("--json")
    showsPhases = words.contains("--phases")
    words.removeAll { $0 == "--json" || $0 == "--phases" }
    for (name, value) in zip(words, words.dropFirst()) {
      if name == "--only" { only = value }
      guard let number = Int(value) else { continue }
      switch name {
      case "--side": side = number
      case "--strokes": strokes = number
      case "--columns": columns = number
      case "--rows": rows = number
      case "--rounds": rounds = number
      default: break
      }
    }
  }
}

/// What the image carries before the first key.
enum Subject: String, Codable, CaseIterable {
  /// A proposal and no stroke.
  case blank
  /// A proposal and thousands of strokes.
  case drafted
  /// A proposal, among 20,000 images.
  case crowded
  /// A proposal of 2,025 cells, many of which touch, on 4096 by 4096 pixels at most.
  case cells

  /// The sides of the large image.
  func side(_ options: Options) -> Int { self == .cells ? min(options.side, 4096) : options.side }
}
