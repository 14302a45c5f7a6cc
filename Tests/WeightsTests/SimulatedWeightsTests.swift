import Foundation
import Testing

@testable import Weights

struct SimulatedWeightsTests {
  @Test func `the file is found beside the program, through links to it too, or is absent`() throws
  {
    let folder = try temporaryFolder().resolvingSymlinksInPath()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "bin/aura")
    let file = program.deletingLastPathComponent().appending(path: SimulatedWeights.path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: program)
    let link = folder.appending(path: "aura")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: program)
    #expect(SimulatedWeights.file(beside: program) == nil)
    try Data("weights".utf8).write(to: file)
    #expect(SimulatedWeights.file(beside: program)?.path == file.path)
    #expect(SimulatedWeights.file(beside: link)?.path == file.path)
    #expect(SimulatedWeights.file(beside: folder.appending(path: "other")) == nil)
  }

  @Test func `the package's folder is where the program looks, and says what belongs there`() throws
  {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Weights/Simulated").standardizedFileURL
    let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let name = try #require(SimulatedWeights.path.split(separator: "/").last)
    #expect(text.contains("`\(name)`") && text.contains("aura_Weights.resources"))
  }
}
