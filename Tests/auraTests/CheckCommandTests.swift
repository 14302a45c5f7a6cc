import ArgumentParser
import Console
import Foundation
import Imaging
import Project
import Testing

@testable import aura

struct CheckCommandTests {
  @Test func `check takes masks, their values, a channel and a form of answer`() throws {
    let command = try #require(
      Aura.parseAsRoot([
        "check", "x", "--masks", "y", "--mask-values", "cell=2", "--channel", "1", "--json",
        "--quick",
      ]) as? CheckCommand)
    #expect(command.path == "x" && command.masks.masks == "y")
    #expect(command.masks.numbers.values?.text == "cell=2")
    #expect(command.project.channel.channel == .number(1))
    #expect(command.json && !command.csv && command.quick)
  }

  @Test(arguments: [
    ["check"], ["check", "x", "--json", "--csv"], ["check", "x", "--mask-values", "?"],
  ])
  func `what cannot be meant is refused`(arguments: [String]) {
    #expect(throws: (any Error).self) { try Aura.parseAsRoot(arguments) }
  }

  @Test func `the help names every key of a line of JSON`() {
    let help = Aura.helpMessage(for: CheckCommand.self, columns: 80)
    for key in [
      "image", "axes", "width", "height", "bits", "float", "color", "channels", "channel",
      "channelName", "pages", "pixelSize", "contrast", "mask", "file", "page", "form", "share",
      "unknown", "objects", "labelled", "odd", "failure", "findings", "troubles", "notes",
    ] { #expect(help.contains(key), "\(key)") }
  }

  /// The code that a look at a folder ends with, 0 where it ends well.
  private func code(_ files: [String: Data], _ arguments: [String] = []) throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "aura-check-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, data) in files { try data.write(to: folder.appending(path: name)) }
    do {
      var command = try Aura.parseAsRoot(["check", folder.path] + arguments)
      try command.run()
      return 0
    } catch {
      return Failure(error).status.rawValue
    }
  }

  @Test
  func `it ends with 0 where all is read, with 65 where an image is not, with 66 without any`()
    throws
  {
    let image = MaskFile.encode(Mask(width: 9, height: 7, pixels: (0..<63).map { $0 % 2 }))
    #expect(try code(["a.png": image]) == 0)
    #expect(try code(["a.png": image, "x.czi": Data("ZISRAWFILE".utf8)]) == 0)
    #expect(try code(["a.png": image, "b.png": image.prefix(45)]) == 65)
    #expect(try code(["a.png": image, "b.png": image.prefix(45)], ["--json"]) == 65)
    #expect(try code([:]) == 66)
  }
}
