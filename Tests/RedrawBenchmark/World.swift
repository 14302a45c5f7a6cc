import Basics
import Foundation
import Imaging
import Project
import Recipes
import Synchronization
import Terminal
import Workbench

/// Answers effects as the host does: strokes are written at once, the rest is answered from other threads.
final class World: Sendable {
  private struct State {
    var answers: [Event] = []
    var isBusy = 0
  }

  private let state = Mutex(State())
  private let waker: Waker
  private let image: @Sendable () -> OpenImage
  private let small: @Sendable () -> OpenImage
  private let folder: URL
  private let store: ProjectStore

  init(_ subject: Subject, _ options: Options, waker: Waker) throws {
    self.waker = waker
    let side = subject.side(options)
    image = Self.image(subject, options, side: side)
    small = Self.image(.blank, options, side: side / 4)
    folder = FileManager.default.temporaryDirectory.appending(path: "aura-redraw-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What the journals say depends on the images' sizes, not on their pixels.
    for (key, side) in [(Desk.key, side), (Desk.other, side / 4)] {
      let values = [Float](repeating: 0, count: side * side)
      try PNG.encode(Image(width: side, height: side, bitDepth: 8, values: values))
        .write(to: folder.appending(path: key.text))
    }
    store = try ProjectStore.open(images: folder)
  }

  /// Removes the project.
  func close() {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Whether an answer is on its way.
  var isBusy: Bool { state.withLock { $0.isBusy > 0 } }

  /// What was answered since the last call.
  func drain() -> [Event] {
    state.withLock { state in
      defer { state.answers = [] }
      state.isBusy -= state.answers.count
      return state.answers
    }
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .load(let key):
      answer { [image, small] in .loaded(key, key == Desk.key ? image() : small()) }
    case .record(let stroke, let key): try? store.append(stroke, to: key)
    case .decide(let decision, let cells):
      answer { [store] in
        try? store.decide(decision, cells: cells.map { LabelImage($0) })
        return .saved(decision.image)
      }
    case .prepare(let key, let cells): answer { .prepared(key, CellDrawing(of: cells)) }
    case .stretch(let key, let shown, let contrast):
      answer { .stretched(key, shown.shown(with: contrast)) }
    default: break
    }
  }

  private func answer(_ work: @escaping @Sendable () -> Event) {
    state.withLock { $0.isBusy += 1 }
    Thread { [self] in
      let event = work()
      state.withLock { $0.answers.append(event) }
      waker.wake()
    }.start()
  }

  /// A 16-bit image of cells on uneven ground, a proposal that has most of them, and strokes all over.
  private static func image(
    _ subject: Subject, _ options: Options, side: Int
  ) -> @Sendable () -> OpenImage {
    var random = SeededGenerator(seed: 14)
    var values = [Float](repeating: 0, count: side * side)
    for y in 0..<side {
      for x in 0..<side {
        let index = y * side + x
        let noise = Float((index &* 2_654_435_761) >> 7 & 1023)
        values[index] = Float(8_000 + (x + 2 * y) % 4_096) + noise
      }
    }
    var proposal = TiledMask(width: side, height: side)
    for _ in 0..<(side * side / 40_000) {
      let centre = (x: random.index(below: side), y: random.index(below: side))
      let radius = 10 + random.index(below: 50)
      for run in proposal.stroked(
        from: PixelPoint(x: centre.x, y: centre.y), to: PixelPoint(x: centre.x + 20, y: centre.y),
        diameter: 2 * radius)
      {
        proposal.fill(run, with: true)
        for index in run { values[index] = min(65_535, values[index] + 12_000) }
      }
    }
    let image = Image(width: side, height: side, bitDepth: 16, values: values)
    if subject == .cells {
      return { [cells = Self.cells(side: side)] in
        OpenImage(image: image, accepted: nil, proposal: cells, strokes: [])
      }
    }
    let strokes = subject == .drafted ? strokes(options, &random) : []
    return { [cells = LabelImage(piecesOf: Mask(proposal))] in
      OpenImage(image: image, accepted: nil, proposal: cells, strokes: strokes)
    }
  }

  /// 45 by 45 cells, of which many touch, not numbered in the order in which they are read.
  static func cells(side: Int) -> LabelImage {
    let (across, pitch) = (45, side / 45)
    var cells = LabelImage(width: side, height: side)
    for y in 0..<across * pitch {
      for x in 0..<across * pitch {
        let (column, row) = (x / pitch, y / pitch)
        let number = (row * across + column) * 7 % (across * across)
        let (dx, dy) = (2 * (x % pitch) + 1 - pitch, 2 * (y % pitch) + 1 - pitch)
        let size = pitch - 6 + number % 14
        if dx * dx + dy * dy < size * size { cells[x, y] = UInt16(number + 1) }
      }
    }
    return cells
  }

  private static func strokes(_ options: Options, _ random: inout SeededGenerator) -> [Stroke] {
    let side = options.side
    let brush = TiledMask(width: side, height: side)
    return (0..<options.strokes).map { index in
      if index % 50 == 49 { return .undo }
      let start = PixelPoint(x: random.index(below: side), y: random.index(below: side))
      let end = PixelPoint(
        x: start.x + random.index(below: 80) - 40, y: start.y + random.index(below: 80) - 40)
      let runs = brush.stroked(from: start, to: end, diameter: 4 + random.index(below: 16))
      return .editMask(index % 5 == 4 ? MaskEdit(removed: runs) : MaskEdit(added: runs))
    }
  }
}
