import Foundation

/// One event from its bytes to its screen's.
struct Sample {
  let wall: Double
  let processor: Double
  let bytes: Int
}

/// The samples of one action.
struct Row: Codable {
  let subject: Subject
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

  init(_ subject: Subject, _ action: String, _ view: String, _ samples: [Sample]) {
    self.subject = subject
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
    let titles = ["p50", "p99", "cpu p50", "cpu p99", "bytes"]
    print(name("subject", "action", "view") + titles.map { right($0) }.joined())
    for row in rows {
      let figures = [row.p50, row.p99, row.processorP50, row.processorP99].map { "\($0)" }
      print(
        name(row.subject.rawValue, row.action, row.view)
          + (figures + ["\(row.bytesP50)"]).map { right($0) }.joined())
    }
  }

  private static var load: [Double] {
    var load = [0.0, 0, 0]
    let found = unsafe getloadavg(&load, 3)
    return Array(load.prefix(max(0, Int(found))))
  }

  private static func name(_ subject: String, _ action: String, _ view: String) -> String {
    subject.padding(toLength: 9, withPad: " ", startingAt: 0)
      + action.padding(toLength: 19, withPad: " ", startingAt: 0)
      + view.padding(toLength: 7, withPad: " ", startingAt: 0)
  }

  private static func right(_ text: String) -> String {
    String(repeating: " ", count: max(1, 9 - text.count)) + text
  }
}
