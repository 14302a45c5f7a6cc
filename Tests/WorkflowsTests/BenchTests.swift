@testable import Autograd
import Foundation
import Testing

@testable import Workflows

struct BenchTests {
  private static let steps = [
    ExecutionStep(
      layer: "encoder.conv1", op: "Convolution",
      work: StepWork(flops: 4e9, gradientFlops: [4e9, 4e9, 0], kernel: "winograd 4x4"),
      wanted: [false, true, true]),
    ExecutionStep(layer: "pool", op: "MaxPool"),
    ExecutionStep(
      layer: "head", op: "Convolution",
      work: StepWork(flops: 1e9, gradientFlops: [1e9, 1e9], kernel: "OpenBLAS"),
      wanted: [true, true]),
  ]

  /// Times of three repetitions, after one that warms up and takes a second a step.
  private static func recorded() -> StepTimes {
    var clock = 0.0
    let times = StepTimes(steps: 3) { clock }
    func run(_ step: Int, _ phase: ExecutionPhase, milliseconds: Double) {
      times.time(step, phase) { clock += milliseconds * 1e-3 }
      clock += 5e-6
    }
    for step in 0..<3 { run(step, .forward, milliseconds: 1000) }
    times.forget()
    for late in [0.0, 90, 0.5] {
      for (step, milliseconds) in [20.0, 2, 6].enumerated() {
        run(step, .forward, milliseconds: milliseconds + late)
      }
      run(2, .backward, milliseconds: 12 + late)
      run(0, .backward, milliseconds: 20 + late)
    }
    return times
  }

  @Test func `a layer's times are medians without the warm-up, its speed and share follow`() throws
  {
    let rows = LayerTime.rows(Self.steps, Self.recorded(), step: 0.08)
    #expect(rows.map(\.layer) == ["encoder.conv1", "pool", "head", "(all)"])
    let first = try #require(rows.first)
    #expect(abs(first.forwardMilliseconds - 20.5) < 1e-6)
    #expect(abs(first.backwardMilliseconds - 20.5) < 1e-6)
    // The gradient of the image is not wanted: 4 and 4 thousand million operations.
    #expect(abs(first.gigaflops - 8 / 0.041) < 1e-6)
    #expect(abs(first.share - 41.0 / 80) < 1e-9)
    #expect(rows[1].gigaflops == 0 && rows[1].backwardMilliseconds == 0)
    #expect(abs(rows[2].gigaflops - 3 / 0.019) < 1e-6)
    #expect(abs(rows.map(\.share).reduce(0, +) - 1) < 1e-9)
    #expect(rows[3].op == "Adam and the rest" && abs(rows[3].share - 17.5 / 80) < 1e-9)
  }

  @Test func `a phase that did not run takes no time and counts no work`() {
    let rows = LayerTime.rows(Self.steps, StepTimes(steps: 3) { 0 }, step: 0)
    #expect(rows.allSatisfy { $0.forwardMilliseconds == 0 && $0.gigaflops == 0 && $0.share == 0 })
  }

  @Test func `the table's columns are aligned`() {
    let text = LayerTime.table(LayerTime.rows(Self.steps, Self.recorded(), step: 0.1))
    #expect(
      text == """
        layer          op                 kernel        forward  backward  GFLOP/s   share
        encoder.conv1  Convolution        winograd 4x4    20.50     20.50    195.1  41.0 %
        pool           MaxPool                             2.50      0.00            2.5 %
        head           Convolution        OpenBLAS         6.50     12.50    157.9  19.0 %
        (all)          Adam and the rest                   0.00     37.50           37.5 %

        """)
  }

  @Test func `the report is the same in JSON as in text`() throws {
    let report = BenchmarkReport(
      network: "unet", size: 64, batch: 2, inferenceBatch: 3, threads: 2, simd: "avx2",
      blas: "OpenBLAS 1, kernel Haswell", trainingSteps: [0.08, 0.3, 0.07], trainingMedian: 0.08,
      inferences: [0.01, 0.02], inferenceMedian: 0.015, peakTrainingBytes: 3 << 20,
      loadAverage: 0.5, layers: LayerTime.rows(Self.steps, Self.recorded(), step: 0.08))
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(BenchmarkReport.self, from: json) == report)
    let line = String(decoding: json, as: UTF8.self)
    #expect(line.contains("\"layers\":[{"))
    let text = report.table
    #expect(text.contains("\n\nnetwork      unet, 64x64, batch 2, 2 threads, avx2\n"))
    #expect(text.contains("\ntraining     0.080 (0.070 to 0.300) s a step\n"))
    #expect(text.contains("\ninference    0.015 (0.010 to 0.020) s for 3 pictures\n"))
    #expect(text.contains("\nBLAS         OpenBLAS 1, kernel Haswell\n"))
  }
}
