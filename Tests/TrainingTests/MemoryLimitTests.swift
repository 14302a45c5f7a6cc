import Foundation
import Project
import Recipes
import TestSupport
import Testing

@testable import Training

struct MemoryLimitTests {
  private static func limit(_ files: [String: String]) throws -> MemoryLimit {
    let folder = try TestFolder()
    for (name, text) in files { try folder.write(Data(text.utf8), to: name) }
    return MemoryLimit.now(machine: 8_000_000_000, root: folder.url.path)
  }

  @Test func `without limits it is the machine's memory`() throws {
    let limit = try Self.limit([
      "proc/self/cgroup": "0::/user/session\n", "sys/fs/cgroup/user/memory.max": "max\n",
      "proc/self/limits":
        "Limit  Soft Limit  Hard Limit  Units\nMax address space  unlimited  unlimited  bytes\n",
    ])
    #expect(limit == MemoryLimit(total: 8e9, source: "this machine has"))
    #expect(try Self.limit([:]) == limit)
  }

  @Test func `the least along the path of the control group counts, of either version`() throws {
    let second = try Self.limit([
      "proc/self/cgroup": "0::/user/session\n", "sys/fs/cgroup/user/session/memory.max": "max\n",
      "sys/fs/cgroup/user/memory.max": "2000000000\n", "sys/fs/cgroup/memory.max": "3000000000\n",
    ])
    #expect(second.total == 2e9 && second.source == "its control group allows")
    let first = try Self.limit([
      "proc/self/cgroup": "5:cpu:/a\n4:memory,other:/docker/x\n0::/\n",
      "sys/fs/cgroup/memory/docker/memory.limit_in_bytes": "9223372036854771712\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "1000000000\n",
    ])
    #expect(first.total == 1e9)
  }

  @Test func `of a limit of addresses those that are taken are no more to be had`() throws {
    let limit = try Self.limit([
      "proc/self/limits": "Max address space         2048000000           unlimited  bytes\n",
      "proc/self/status": "Name:\taura\nVmSize:\t  1000000 kB\n",
    ])
    #expect(limit.addresses == 1_024_000_000)
    #expect(limit.holds(.init(total: 7e9, fresh: 1e9)))
    let need = MemoryLimit.Need(total: 7e9, fresh: 1.1e9)
    #expect(!limit.holds(need))
    #expect(limit.text(against: need).hasSuffix("leaves 1.0 GB"))
  }

  @Test(arguments: [(512, 16, 3e9), (512, 8, 3e9), (256, 64, 4e9)])
  func `what a refusal advises fits, and what is next larger does not`(
    size: Int, batch: Int, bytes: Double
  ) throws {
    var recipe = Recipe()
    (recipe.size, recipe.batch) = (size, batch)
    let limit = MemoryLimit(total: bytes, source: "this machine has")
    func refusal(_ recipe: Recipe) -> String? {
      do {
        try MemoryNeed.check(CheckedRecipe(recipe, labels: 200), limit: limit)
        return nil
      } catch {
        return "\(error)"
      }
    }
    let text = try #require(refusal(recipe))
    #expect(text.contains("\(batch) images of \(size)x\(size) a step need about "), "\(text)")
    func advised(_ pattern: Regex<(Substring, Substring)>) throws -> Int {
      try #require(text.firstMatch(of: pattern).flatMap { Int($0.1) }, "\(text)")
    }
    for (setting, advice, next) in [
      (\Recipe.batch, try advised(/a batch of at most (\d+)/), 1),
      (\Recipe.size, try advised(/a size of at most (\d+), which fits/), 32),
    ] {
      var changed = recipe
      changed[keyPath: setting] = advice
      #expect(refusal(changed) == nil, "\(text)")
      changed[keyPath: setting] = advice + next
      #expect(refusal(changed) != nil, "\(text)")
    }
  }

  @Test func `an image that takes more memory than there is is refused with figures`() throws {
    let predictor = try Predictor(
      weights: PredictorTests.passThroughWeights(), network: PassThrough(), size: 64, threads: 1)
    let limit = MemoryLimit(total: 300e6, source: "this machine has")
    try predictor.check(width: 512, height: 512, limit: limit)
    let error = #expect(throws: TrainingError.self) {
      try predictor.check(width: 8192, height: 8192, limit: limit)
    }
    #expect(error?.description.hasPrefix("8192x8192 pixels seen at 64 take about") == true)
    #expect(error?.description.contains("this machine has 300.0 MB") == true)
    var short = MemoryLimit(total: 8e9, source: "this machine has")
    short.addresses = 1e6
    #expect(throws: TrainingError.self) {
      try predictor.check(width: 512, height: 512, limit: short)
    }
  }
}
