import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct SizeSearchTests {
  @Test func `a few of many are spread evenly, and the same ones each time`() {
    #expect(Array(0..<10).spread(most: 3) == [0, 3, 6])
    #expect(Array(0..<2).spread(most: 6) == [0, 1])
    #expect([Int]().spread(most: 6) == [])
  }

  @Test func `a size that was set counts before one that was found, that before looking`() throws {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet)
    try folder.image("images/one.png", width: 40, height: 30)
    let images = try ImageFolder(folder.path("images")).images
    let predictor = try NetworkFile(weights).predictor(size: 64, views: .one, threads: 1)
    var looks = 0
    func fit(_ settings: ProjectSettings?) throws -> FoundSize? {
      looks = 0
      return try predictor.fitSize(to: images, of: settings, progress: { _, _ in looks += 1 })
    }
    var settings = ProjectSettings(name: "cells")
    settings.foundSize = FoundSize(size: 128, referenceSide: 60, cellDiameter: 9, looks: [])
    #expect(try fit(settings) == settings.foundSize && looks == 0)
    #expect(predictor.size == 128 && predictor.size(width: 30, height: 40) == 64)
    settings.workingSize = 96
    #expect(try fit(settings) == nil && looks == 0)
    #expect(predictor.size == 96 && predictor.size(width: 30, height: 40) == 96)
    settings.workingSize = 3
    #expect(throws: TrainingError.self) { try fit(settings) }
    // Random weights may agree on nothing, and go on as before then.
    for known in [nil, ProjectSettings(name: "cells")] {
      let found = try fit(known)
      #expect(looks == 3)
      #expect(predictor.size == found?.size ?? 96)
      try predictor.look(with: 96)
    }
  }

  @Test func `a folder of nothing that can be read has no size`() throws {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet)
    let predictor = try NetworkFile(weights).predictor(size: 64, threads: 1)
    let file = folder.url.appending(path: "torn.png")
    try Data("torn".utf8).write(to: file)
    let images = [ImageSource(key: ImageKey("torn.png"), file: file, page: 0)]
    #expect(predictor.findSize(among: images) { _, _ in Issue.record("looked at") } == nil)
  }
}
