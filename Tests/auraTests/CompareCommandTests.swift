import ArgumentParser
import Comparison
import Testing

@testable import aura

struct CompareCommandTests {
  @Test(arguments: ["lambda,alpha", "beta,beta", "", "lambda="])
  func `--search takes the names of the loss's weights`(text: String) {
    #expect(throws: (any Error).self) {
      try CompareCommand.parse(["plan.yaml", "out", "--search", text])
    }
  }

  @Test func `--search is read in its order`() throws {
    let command = try CompareCommand.parse(["plan.yaml", "out", "--search", "gamma,lambda"])
    #expect(command.search == [.gamma, .lambda])
  }

  @Test func `a report is made again or opened from one folder, which is a comparison's`() throws {
    for arguments in [
      ["--report"], ["--report", "a", "b"], ["--report", "--open", "a"],
      ["--open", "a", "--paper", "table1", "--data", "d"],
    ] {
      #expect(throws: (any Error).self) { try Aura.parseAsRoot(["compare"] + arguments) }
    }
  }
}
