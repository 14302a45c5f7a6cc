import ArgumentParser
import Console
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import WorkflowTesting
import Workflows

@testable import aura

struct OriginalsTests {
  @Test func `a result that would replace an image is refused, also through links`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("images"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("other.png"), withDestinationPath: folder.path("images/one.png"))
    let before = try folder.data("images/one.png")
    for (path, output) in [
      ("images/one.png", "images"), ("images", "images"), ("link", "images"), ("images", "link"),
      ("link/one.png", "images"),
    ] {
      // The check comes before the weights are looked for.
      let arguments = [
        "predict", folder.path(path), "--weights", "absent.safetensors", "-o", folder.path(output),
      ]
      let failure = #expect(throws: Failure.self) { try Shell.run(arguments) }
      #expect(failure?.status == .cannotCreate)
      #expect(failure?.text.contains("one.png' is an image") == true)
      #expect(failure?.text.contains("choose another --output") == true)
    }
    let originals = try ImageFolder(folder.path("images")).originals
    #expect(throws: WorkflowError.self) {
      try originals.spare(from: [folder.url.appending(path: "other.png")], place: "--csv")
    }
    #expect(try folder.data("images/one.png") == before)
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
      try originals.spare(from: target("photo.png"), place: "-o")
    }
    try originals.spare(from: target("mask.png"), place: "-o")
    try originals.spare(from: target("text.png"), place: "-o")
    try originals.spare(from: target("new.png"), place: "-o")
  }

  @Test func `masks beside the images and those of the project are spared`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.mask("images/masks/one.png", area: 3)
    try accept("one.png", area: 5, in: folder)
    for output in ["images/.aura/masks", "images"] {
      #expect(throws: Failure.self) {
        try Shell.run(["export", folder.path("images"), "-o", folder.path(output)])
      }
    }
    try folder.image("labelled/one.png")
    try folder.mask("labelled/masks/one.png", area: 3)
    #expect(throws: Failure.self) {
      try Shell.run([
        "predict", folder.path("labelled"), "--weights", "absent.safetensors", "-o",
        folder.path("labelled/masks"),
      ])
    }
  }

  @Test func `export and evaluate spare images too`() throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try accept("one.png", area: 5, in: folder)
    let before = try folder.data("images/one.png")
    let image = folder.path("images/one.png")
    for arguments in [
      ["export", folder.path("images"), "-o", folder.path("images")],
      ["export", folder.path("images"), "--model", image],
      ["evaluate", folder.path("images"), "--weights", "absent.safetensors", "--csv", image],
    ] {
      let failure = #expect(throws: Failure.self) { try Shell.run(arguments) }
      #expect(failure?.status == .cannotCreate)
    }
    #expect(try folder.data("images/one.png") == before)
  }

  @Test func `simulate replaces no file, and writes none if one is in the way`() throws {
    let folder = try TestFolder()
    try folder.write(Data("mine".utf8), to: "practice/masks/sim-02.png")
    let arguments = ["simulate", folder.path("practice"), "--count", "2", "--size", "64"]
    let failure = #expect(throws: Failure.self) { try Shell.run(arguments) }
    #expect(failure?.status == .cannotCreate)
    #expect(failure?.text.contains("masks/sim-02.png") == true)
    #expect(try folder.data("practice/masks/sim-02.png") == Data("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: folder.path("practice/sim-01.png")))
    // Without its mask the second image is in nobody's way.
    try Shell.run(arguments + ["--labelled", "1"])
    #expect(FileManager.default.fileExists(atPath: folder.path("practice/sim-02.tif")))
  }

  @Test func `a file in the way is answered with what names it`() throws {
    let folder = try TestFolder()
    try folder.labelled(4, area: 3)
    try folder.write(Data("mine".utf8), to: "there.png")
    let there = folder.path("there.png")
    let images = [folder.path("images"), "--masks", folder.path("masks")]
    for (arguments, word) in [
      (["simulate", "--sheet", there], "another --sheet"),
      (["simulate", "--count", "1", folder.path("old")], "another folder"),
      (["augment"] + images + ["--sheet", there], "another --sheet"),
      (["split"] + images + ["--test", "0.3", "-o", there], "another --output"),
    ] {
      try folder.write(Data("mine".utf8), to: "old/sim-01.png")
      let failure = #expect(throws: Failure.self, "\(arguments)") { try Shell.run(arguments) }
      #expect(failure?.text.hasSuffix("is not replaced; choose \(word)") == true, "\(arguments)")
    }
  }

  @Test(arguments: [nil, "work"])
  func `export copies the accepted masks and the newest weights`(project: String?) throws {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try folder.image("images/plate/two.tif.png")
    try accept("one.png", area: 5, in: folder, project: project)
    try accept("plate/two.tif.png", area: 7, in: folder, project: project)
    let place = project ?? "images/.aura"
    try folder.write(Data("old".utf8), to: place + "/runs/ft-01/best.safetensors")
    try folder.write(Data("new".utf8), to: place + "/runs/ft-02/best.safetensors")
    try folder.write(Data("none".utf8), to: place + "/runs/ft-03/recipe.json")
    try Shell.run(
      [
        "export", folder.path("images"), "-o", folder.path("out"), "--model",
        folder.path("out/model.safetensors"),
      ] + (project.map { ["--project", folder.path($0)] } ?? []))
    for (name, area) in [("out/one.png", 5), ("out/plate/two.tif.png", 7)] {
      let reading = try MaskFile.read(folder.url.appending(path: name), polarity: .cellWhite)
      #expect(reading.mask == Mask.leading(area))
    }
    #expect(try folder.data("out/model.safetensors") == Data("new".utf8))
  }

  @Test func `a project elsewhere has the labels to train on and the masks to compare with`() throws
  {
    let folder = try TestFolder()
    try folder.image("images/one.png")
    try accept("one.png", area: 5, in: folder, project: "work")
    for name in ["train", "evaluate", "predict", "export"] {
      let command = try Aura.parseAsRoot(
        [name, folder.path("images"), "--project", folder.path("work")] + needed(by: name))
      let options =
        switch command {
        case let command as TrainCommand: command.project
        case let command as EvaluateCommand: command.project
        case let command as PredictCommand: command.project
        case let command as ExportCommand: command.project
        default: ProjectOptions()
        }
      #expect(options.url?.path == folder.path("work"), "\(name)")
    }
    let images = try ImageFolder(
      folder.path("images"), project: folder.url.appending(path: "work"))
    let masks = try MaskOptions.parse([]).find(for: images)
    #expect(try masks.read(images.images[0])?.mask == Mask.leading(5))
    // What train is given reaches the labels: without weights to start from it ends there.
    let failure = #expect(throws: Failure.self) {
      try Shell.run([
        "train", folder.path("images"), "--project", folder.path("work"), "--weights",
        folder.path("none"),
      ])
    }
    #expect(failure?.text.contains("'\(folder.path("none"))' is not there") == true)
  }

  private func needed(by command: String) -> [String] {
    switch command {
    case "evaluate": ["--weights", "x"]
    case "predict": ["--weights", "x", "-o", "y"]
    case "export": ["-o", "y"]
    default: []
    }
  }

  private func accept(
    _ key: String, area: Int, in folder: TestFolder, project: String? = nil
  ) throws {
    let store = try ProjectStore.open(
      images: folder.url.appending(path: "images"),
      project: project.map { folder.url.appending(path: $0) })
    defer { store.close() }
    try store.decide(
      Decision(image: ImageKey(key), state: .accepted, time: 1), mask: Mask.leading(area))
  }
}
