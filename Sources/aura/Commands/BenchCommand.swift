import ArgumentParser
import Console
import Foundation
import Recipes
import Workflows

/// `aura bench`: how fast this machine trains and infers.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time training steps and inferences of a network on this machine.",
    discussion: """
      Stop everything else first: times under load mean little, so the load is printed with them.

      Examples:
        aura bench
        aura bench --network unet --size 512 --batch 2 --steps 7 --json
      """)

  @Option(help: ArgumentHelp("Network (default: aura-net).", valueName: "name"))
  var network = Architecture.auraNet

  @Option(
    help: ArgumentHelp("Side of the pictures, such as a multiple of 64.", valueName: "pixels"))
  var size = 256

  @Option(help: ArgumentHelp("Pictures in a training step.", valueName: "pictures"))
  var batch = 4

  @Option(help: ArgumentHelp("Pictures in an inference.", valueName: "pictures"))
  var inferenceBatch = 1

  @Option(help: "Steps and inferences that are timed; medians of them are told.")
  var steps = 5

  @Option(help: "Steps and inferences before those, not timed.")
  var warmup = 1

  @OptionGroup var machine: MachineOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func validate() throws {
    let least = network.leastSide
    guard (least...4096).contains(size), size.isMultiple(of: network.multiple) else {
      throw ValidationError(
        "--size \(size): \(network) takes \(network.sides), up to 4096, please")
    }
    // Batch norm needs two values a channel, and the deepest layer of 64 pixels has one a picture.
    try check("batch", batch, in: 2...256, "2 to 256")
    try check("inference-batch", inferenceBatch, in: 1...256, "1 to 256")
    try check("warmup", warmup, in: 0...1000, "0 to 1000")
    try check("steps", steps, in: 1...1000, "1 to 1000")
    let (need, memory) = (benchmark.bytes, ProcessInfo.processInfo.physicalMemory)
    guard need <= memory else {
      throw ValidationError(
        "this takes \(need >> 30) GiB of memory, this machine has \(memory >> 30); "
          + "a smaller --size, --batch or --inference-batch, please")
    }
  }

  private var benchmark: Benchmark {
    Benchmark(
      network: network, size: size, batch: batch, inferenceBatch: inferenceBatch, warmup: warmup,
      steps: steps, threads: machine.wantedCount)
  }

  func run() throws {
    _ = try machine.threadCount
    let report = benchmark.run { StandardStream.error.line($0) }
    try StandardStream.output.tell(report, asJSON: json, isIndented: false, report.table)
  }
}
