import Foundation
import Terminal

/// Measures how long the workbench takes from a key to the bytes of its screen, on a large image.
///
/// The whole way is real but for the disk: bytes are typed into a pseudo terminal, parsed, taken into
/// the model, drawn, compared and written by ncurses; whoever reads the other end counts them.
///
///     swift run -c release RedrawBenchmark [--side 7168] [--strokes 10000] [--columns 200] [--rows 60]
///       [--rounds 24] [--json]
@main
struct RedrawBenchmark {
  static func main() throws {
    let options = Options(CommandLine.arguments.dropFirst())
    let terminal = try PseudoTerminal(columns: options.columns, rows: options.rows)
    var rows: [Row] = []
    for subject in [Subject.blank, .drafted] {
      var desk = try Desk(subject, options, terminal)
      rows += desk.run(rounds: options.rounds)
      desk.screen.close()
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
  var isJSON = false

  init(_ arguments: some Sequence<String>) {
    var words = Array(arguments)
    isJSON = words.contains("--json")
    words.removeAll { $0 == "--json" }
    for (name, value) in zip(words, words.dropFirst()) {
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
enum Subject: String, Codable {
  /// A proposal and no stroke.
  case blank
  /// A proposal and thousands of strokes.
  case drafted
}
