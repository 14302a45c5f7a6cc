import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Workflows

struct OriginalsTests {
  @Test func `a result that would replace an image is refused, also through links`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("images"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("other.png"), withDestinationPath: folder.path("images/one.png"))
    for (path, output) in [
      ("images/one.png", "images"), ("images", "images"), ("link", "images"), ("images", "link"),
      ("link/one.png", "images"),
    ] {
      let images = try ImageFolder(folder.path(path))
      let error = #expect(throws: WorkflowError.self) {
        try PredictionJob(images, into: folder.path(output), place: "place")
      }
      let text = error?.description ?? ""
      #expect(text.contains("one.png' is an image") && text.hasSuffix("choose another place"))
    }
    let originals = try ImageFolder(folder.path("images")).originals
    #expect(throws: WorkflowError.self) {
      try originals.spare(from: [folder.url.appending(path: "other.png")], place: "place")
    }
  }

  @Test func `a picture at a target is spared, an earlier mask is not`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.image("out/photo.png")
    try folder.mask("out/mask.png", area: 3)
    try folder.write(Data("no picture".utf8), to: "out/text.png")
    let originals = try ImageFolder(folder.path("images")).originals
    let target = { (name: String) in [folder.url.appending(path: "out/" + name)] }
    #expect(throws: WorkflowError.self) {
      try originals.spare(from: target("photo.png"), place: "place")
    }
    for name in ["mask.png", "text.png", "new.png"] {
      try originals.spare(from: target(name), place: "place")
    }
  }

  @Test func `masks beside the images and those of the project are spared`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.mask("images/masks/one.png", area: 3)
    try folder.accept("one.png", area: 5)
    let before = try folder.data("images/one.png")
    for output in ["images/.aura/masks", "images"] {
      #expect(throws: WorkflowError.self) {
        try folder.export().copyMasks(of: "cells", to: folder.path(output), place: "place") {
          _, _, _ in
        }
      }
    }
    #expect(try folder.data("images/one.png") == before)
    try folder.image("labelled/one.png")
    try folder.mask("labelled/masks/one.png", area: 3)
    let labelled = try ImageFolder(folder.path("labelled"))
    #expect(throws: WorkflowError.self) {
      try PredictionJob(labelled, into: folder.path("labelled/masks"), place: "place")
    }
  }

  @Test func `a set replaces no file, and none of it is written if one is in the way`() throws {
    let folder = try TestFolder()
    try folder.write(Data("mine".utf8), to: "practice/masks/sim-02.png")
    func write(labelled: Int) throws -> (folder: String, images: [String], masks: [String]) {
      try SampleSet(count: 2, size: 64, seed: 0, labelled: labelled)
        .write(to: folder.path("practice"), place: "place") { _, _ in }
    }
    let error = #expect(throws: WorkflowError.self) { try write(labelled: 2) }
    #expect(error?.description.contains("masks/sim-02.png") == true)
    #expect(try folder.data("practice/masks/sim-02.png") == Data("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: folder.path("practice/sim-01.png")))
    // Without its mask the second image is in nobody's way.
    #expect(try write(labelled: 1).masks == ["masks/sim-01.png"])
    #expect(FileManager.default.fileExists(atPath: folder.path("practice/sim-02.tif")))
    #expect(throws: WorkflowError.self) {
      try SampleSet(count: 1, size: 64, seed: 0)
        .draw(on: folder.url.appending(path: "practice/sim-01.png"), place: "place")
    }
  }

  @Test(arguments: [nil, "work"])
  func `export copies the accepted masks and the newest weights`(project: String?) throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.image("images/plate/two.tif.png")
    #expect(throws: WorkflowError.self) {
      try folder.export(project).copyMasks(of: "cells", to: folder.path("out"), place: "place") {
        _, _, _ in
      }
    }
    try folder.accept("one.png", area: 5, project: project)
    try folder.accept("plate/two.tif.png", area: 7, project: project)
    let model = folder.url.appending(path: "model.safetensors")
    #expect(throws: WorkflowError.self) { try folder.export(project).copyWeights(to: model) }
    let place = project ?? "images/.aura"
    try folder.write(Data("old".utf8), to: place + "/runs/ft-01/best.safetensors")
    try folder.write(Data("new".utf8), to: place + "/runs/ft-02/best.safetensors")
    try folder.write(Data("none".utf8), to: place + "/runs/ft-03/recipe.json")
    let job = try folder.export(project)
    let (files, leftOut) = try job.copyMasks(
      of: "cells", to: folder.path("out"), place: "place"
    ) { _, _, _ in }
    #expect(leftOut == nil)
    #expect(files.map(\.path) == ["out/one.png", "out/plate/two.tif.png"].map(folder.path))
    for (file, area) in zip(files, [5, 7]) {
      #expect(try MaskFile.read(file, rule: .project).mask == Mask.leading(area))
    }
    try job.copyWeights(to: model)
    #expect(try folder.data("model.safetensors") == Data("new".utf8))
  }

  @Test func `what nobody annotated stays so in what is exported`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.accept("one.png", area: 5)
    var unknown = Mask(width: 6, height: 4)
    unknown.fill(12..<18, with: true)
    let kept = MaskFile.encode(Annotation(Mask.leading(5), unknown: unknown))
    try folder.write(kept, to: "images/.aura/masks/one.png.png")
    let (files, _) = try folder.export(nil).copyMasks(
      of: "cells", to: folder.path("out"), place: "place"
    ) { _, _, _ in }
    #expect(try Data(contentsOf: files[0]) == kept)
  }

  @Test func `the size of an image's pixels is written into its mask`() throws {
    let folder = try TestFolder()
    let size = try #require(ImageContents.PixelSize(x: 0.65, y: 0.5))
    let image = Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map(Float.init))
    for (name, data) in [
      ("one.png", PNG.encode(image, pixelSize: size)),
      ("two.tif", TIFF.encode(image, bitDepth: 8, pixelSize: size)),
    ] {
      try folder.write(data, to: "images/\(name)")
      try folder.accept(name, area: 5)
    }
    let (files, _) = try folder.export(nil).copyMasks(
      of: "cells", to: folder.path("out"), place: "place"
    ) { _, _, _ in }
    #expect(files.count == 2)
    for file in files {
      let found = try #require(try ImageFile.contents(of: file).pixelSize)
      // PNG counts whole pixels a metre.
      #expect(abs(found.x - 0.65) < 1e-6 && abs(found.y - 0.5) < 1e-6, "\(found)")
    }
  }

  @Test func `a mask that is not of its image's size is left out by name`() throws {
    let folder = try TestFolder()
    for name in ["one", "two"] {
      try folder.image("images/\(name).png")
      try folder.accept("\(name).png", area: 5)
    }
    try folder.image("images/two.png", width: 9)
    func export() throws -> (files: [URL], leftOut: String?) {
      try folder.export().copyMasks(of: "cells", to: folder.path("out"), place: "place") {
        _, _, _ in
      }
    }
    let copied = try export()
    #expect(copied.files.map(\.path) == [folder.path("out/one.png")])
    #expect(copied.leftOut?.contains("two.png") == true)
    #expect(copied.leftOut?.contains("6x4") == true && copied.leftOut?.contains("9x4") == true)
    try folder.image("images/one.png", width: 9)
    #expect(throws: WorkflowError.self) { try export() }
  }

  @Test func `a project elsewhere has the masks to learn from and to compare with`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.accept("one.png", area: 5, project: "work")
    let images = try ImageFolder(
      folder.path("images"), project: folder.url.appending(path: "work"))
    let masks = try images.masks(in: nil, values: nil)
    #expect(try masks.read(images.images[0])?.annotation.mask == Mask.leading(5))
  }
}

extension TestFolder {
  fileprivate func export(_ project: String? = nil) throws -> ProjectStore {
    try ProjectStore.open(
      images: url.appending(path: "images"), project: project.map { url.appending(path: $0) },
      access: .readOnly)
  }

  fileprivate func accept(_ key: String, area: Int, project: String? = nil) throws {
    let store = try ProjectStore.open(
      images: url.appending(path: "images"), project: project.map { url.appending(path: $0) })
    defer { store.close() }
    try store.decide(
      Decision(image: ImageKey(key), state: .accepted, time: 1), mask: Mask.leading(area))
  }
}
