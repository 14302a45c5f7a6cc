import ArgumentParser
import Testing

@testable import aura

struct BenchCommandTests {
  @Test(arguments: [
    "--batch 1", "--inference-batch 0", "--warmup -1", "--steps 0", "--size 100", "--threads 0",
    "--size 4096 --batch 256", "--size 4096 --inference-batch 256",
  ])
  func `what cannot be timed is refused`(option: String) {
    let arguments = ["bench"] + option.split(separator: " ").map(String.init)
    #expect(throws: (any Error).self) { try Aura.parseAsRoot(arguments) }
  }
}
