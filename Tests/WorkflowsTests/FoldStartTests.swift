import Foundation
import Project
import Recipes
import TestSupport
import Testing

@testable import Workflows

/// What a run is trained again from to be measured by its labels.
struct FoldStartTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// A run on some images that began with weights and kept a share of what it learnt.
  private func run(
    _ name: String, from weights: StartingWeights, on images: [String], kept: Double? = nil
  ) throws -> RunFolder {
    let url = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let run = RunFolder(id: name, url: url)
    var recipe = Recipe()
    recipe.weights = weights
    try run.write(recipe)
    try run.write(
      Split(parts: Dictionary(uniqueKeysWithValues: images.map { (ImageKey($0), .train) })))
    if let kept { try run.write(KeptShare(share: kept)) }
    return run
  }

  private func start(of run: RunFolder, _ images: [String]) throws -> FoldStart {
    FoldStart(of: run, try run.recipe(), labels: Set(images.map { ImageKey($0) }), in: nil)
  }

  @Test func `a first run is measured from its own start`() throws {
    let run = try run("one", from: .simulated, on: ["a", "b"], kept: 0.25)
    let start = try start(of: run, ["a", "b"])
    #expect(start.name == .simulated && start.share == 0.25)
  }

  @Test func `weights that have seen a label are followed back to those that had not`() throws {
    let first = try run("one", from: .simulated, on: ["a", "b"], kept: 0.5)
    let second = try run("two", from: .file(first.weightsFile.path), on: ["b", "c"], kept: 0.5)
    let third = try run("three", from: .file(second.weightsFile.path), on: ["a", "c"])
    let start = try start(of: third, ["a", "c"])
    #expect(start.name == .simulated && start.share == 1, "the last run kept all")
    let before = try self.start(of: second, ["b", "c"])
    #expect(before.name == .simulated && before.share == 0.75)
  }

  @Test func `weights of a run on other images are as good a start as any`() throws {
    let other = try run("other", from: .random, on: ["x"], kept: 0.5)
    let run = try run("run", from: .file(other.weightsFile.path), on: ["a"], kept: 0.5)
    let start = try start(of: run, ["a"])
    #expect(start.name == .file(other.weightsFile.path) && start.share == 0.5)
  }

  @Test func `runs that name each other have an end`() throws {
    let path = folder.url.appending(path: "two/weights.safetensors").path
    let first = try run("one", from: .file(path), on: ["a"])
    let second = try run("two", from: .file(first.weightsFile.path), on: ["a"])
    #expect(try start(of: second, ["a"]).name == .file(path))
  }

  @Test func `a project's runs are known by their names`() throws {
    try folder.image("cells/a.png")
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    let (first, second) = (try store.newRun(), try store.newRun())
    var recipe = Recipe()
    recipe.weights = .simulated
    try first.write(recipe)
    try first.write(Split(parts: [ImageKey("a.png"): .validation]))
    recipe.weights = first.weightsName
    #expect(recipe.weights == .file("runs/ft-01/weights.safetensors"))
    let start = FoldStart(of: second, recipe, labels: [ImageKey("a.png")], in: store)
    #expect(start.name == .simulated)
  }
}
