import Benchmark
import Imaging
import Objects

/// What makes cells of a mask, by their cores and by its shape, and measures them.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal], timeUnits: .microseconds, warmupIterations: 1,
    maxDuration: .seconds(1))
  for side in [512, 2048] {
    for size in [12, 50] {
      let cells = field(side: side, cell: size)
      let decoder = CellDecoder(cells.mask)
      let core = CoreTarget(cells).cores.labels.map { $0 == 0 ? Float(0.1) : 0.9 }
      let name = "\(side)x\(side) with \(cells.cells.count) cells"
      Benchmark("cells by their cores, \(name)") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(decoder.cells(core: core)) }
      }
      Benchmark("cells by the mask's shape, \(name)") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(decoder.cells()) }
      }
    }
  }
}

/// A field of discs in rows, most of which touch the next ones.
private func field(side: Int, cell size: Int) -> LabelImage {
  let across = side / size
  var labels = [LabelImage.Label](repeating: 0, count: side * side)
  for y in 0..<across * size {
    for x in 0..<across * size {
      let (row, column) = (y / size, x / size)
      let (dx, dy) = (2 * (x % size) + 1 - size, 2 * (y % size) + 1 - size)
      guard dx * dx + dy * dy <= size * size * 6 / 5 else { continue }
      labels[y * side + x] = LabelImage.Label(row * across + column + 1)
    }
  }
  return LabelImage(width: side, height: side, labels: labels)
}
