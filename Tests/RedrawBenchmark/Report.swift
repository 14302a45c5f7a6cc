import Foundation
import Screen

/// One event from its bytes to its screen's.
struct Sample {
  let wall: Double
  let processor: Double
  let bytes: Int
  let phases: Phases
}

/// Seconds of this thread on the processor, by what it did.
struct Phases {
  /// The model took events in.
  var update = 0.0
  /// What that asked of the world, as far as it is done at once: strokes written, jobs handed over.
  var effects = 0.0
  /// The model was drawn into a grid.
  var view = 0.0
  /// The grid was compared with the one before, and ncurses wrote what differs.
  var show = 0.0

  /// Their names, in order.
  static let names = ["update", "effects", "view", "show"]

  /// As the names are.
  var seconds: [Double] { [update, effects, view, show] }
}

/// The samples of one action.
struct Row: Codable {
  let subject: Subject
  let colors: String
  let action: String
  let view: String
  let samples: Int
  /// Milliseconds.
  let p50: Double
  let p99: Double
  /// Milliseconds of this thread on the processor: what a busy machine does not change.
  let processorP50: Double
  let processorP99: Double
  let bytesP50: Int
  /// Milliseconds of `Phases`, the median of each.
  let phases: [String: Double]

  init(
    _ subject: Subject, _ depth: ColorDepth, _ action: String, _ view: String,
    _ samples: [Sample]
  ) {
    self.subject = subject
    colors = depth.rawValue
    self.action = action
    self.view = view
    self.samples = samples.count
    let walls = samples.map(\.wall).sorted()
    let processors = samples.map(\.processor).sorted()
    p50 = Self.milliseconds(walls, 0.5)
    p99 = Self.milliseconds(walls, 0.99)
    processorP50 = Self.milliseconds(processors, 0.5)
    processorP99 = Self.milliseconds(processors, 0.99)
    bytesP50 = samples.map(\.bytes).sorted()[samples.count / 2]
    phases = Dictionary(
      uniqueKeysWithValues: Phases.names.enumerated().map { place, name in
        (name, Self.milliseconds(samples.map { $0.phases.seconds[place] }.sorted(), 0.5))
      })
  }

  /// The nearest rank of a sorted sample, in milliseconds rounded to hundredths.
  private static func milliseconds(_ sorted: [Double], _ share: Double) -> Double {
    let rank = Int((share * Double(sorted.count)).rounded(.up)) - 1
    return (sorted[max(0, rank)] * 100_000).rounded() / 100
  }
}

/// Says what was measured.
enum Report {
  private struct Document: Codable {
    let options: Options
    let load: [Double]
    let rows: [Row]
  }

  static func json(_ rows: [Row], _ options: Options) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let document = Document(options: options, load: load, rows: rows)
    print(String(decoding: try encoder.encode(document), as: UTF8.self))
  }

  static func table(_ rows: [Row], _ options: Options) {
    print(
      "\(options.side)x\(options.side) 16 bit, \(options.strokes) strokes,",
      "\(options.columns)x\(options.rows) cells; milliseconds; load", load)
    let phases = options.showsPhases ? Phases.names : []
    let titles = ["p50", "p99", "cpu p50", "cpu p99", "bytes"] + phases
    print(name("subject", "colors", "action", "view") + titles.map { right($0) }.joined())
    for row in rows {
      let figures = [row.p50, row.p99, row.processorP50, row.processorP99].map { "\($0)" }
      print(
        name(row.subject.rawValue, row.colors, row.action, row.view)
          + (figures + ["\(row.bytesP50)"] + phases.map { "\(row.phases[$0] ?? 0)" })
          .map { right($0) }.joined())
    }
  }

  private static var load: [Double] {
    var load = [0.0, 0, 0]
    let found = unsafe getloadavg(&load, 3)
    return Array(load.prefix(max(0, Int(found))))
  }

  private static func name(
    _ subject: String, _ colors: String, _ action: String, _ view: String
  ) -> String {
    subject.padding(toLength: 9, withPad: " ", startingAt: 0)
      + colors.padding(toLength: 8, withPad: " ", startingAt: 0)
      + action.padding(toLength: 19, withPad: " ", startingAt: 0)
      + view.padding(toLength: 7, withPad: " ", startingAt: 0)
  }

  private static func right(_ text: String) -> String {
    String(repeating: " ", count: max(1, 9 - text.count)) + text
  }
}
