import ArgumentParser
import Console
import Foundation
import Project
import TestSupport
import Testing
import WorkflowTesting

@testable import aura

struct InfoCommandTests {
  @Test func `no message names a command that does not exist`() throws {
    let folder = try TestFolder()
    try folder.image("cells/one.png")
    let command = try #require(
      ProjectError.unknownImage("x").description.firstMatch(of: /`aura ([a-z]+) PATH`/))
    try Shell.run([String(command.1), folder.path("cells")])
    #expect(throws: Failure.self) { try Shell.run(["info", folder.path("nowhere")]) }
  }
}
