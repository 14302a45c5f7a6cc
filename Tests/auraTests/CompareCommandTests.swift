import ArgumentParser
import Comparison
import Console
import Foundation
import Recipes
import TestSupport
import Testing
import WorkflowTesting

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
    let place = try TestFolder()
    for option in ["--report", "--open"] {
      var command = try Aura.parseAsRoot(["compare", option, place.url.path])
      #expect(throws: ComparisonError.noComparison(place.url.path)) { try command.run() }
    }
  }

  @Test func `a report without a prediction is made and names it`() throws {
    let place = try TestFolder()
    let folder = try ComparisonFolder.withOnePrediction(in: place)
    let failure = #expect(throws: Failure.self) {
      try Shell.run(["compare", "--report", place.url.path])
    }
    #expect(failure?.status == .badInput && failure?.text.contains("a prediction") == true)
    #expect(FileManager.default.fileExists(atPath: folder.reportFile.path))
  }
}
