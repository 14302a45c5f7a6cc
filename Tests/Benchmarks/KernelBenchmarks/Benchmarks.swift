import Benchmark

/// Convolutions and passes at the shapes that AURA-net spends its time on.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal], timeUnits: .microseconds, warmupIterations: 2,
    maxDuration: .seconds(1))
  addConvolutions()
  addPasses()
}
