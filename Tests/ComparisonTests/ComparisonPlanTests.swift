import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Testing

struct ComparisonPlanTests {
  private let text = """
    data:
      images: images
      masks: ../masks
      split: {test: 0.3, seed: 4, groups: "^([A-Z]+)"}
    seeds: [3, 5]
    protocol: paper
    defaults:
      epochs: 12
      weights: none
    recipes:
      - aura-net
      - {name: narrow, base: unet+ac, lambda: 2.5, weights: runs/best.safetensors}
    """

  private func plan(_ text: String) throws -> ComparisonPlan {
    try ComparisonPlan(text, file: "plan.yaml", folder: URL(filePath: "/data/here/"))
  }

  @Test func `a plan names data, seeds and recipes`() throws {
    let plan = try plan(text)
    #expect(plan.data == LabelledFolders(images: "/data/here/images", masks: "/data/masks"))
    #expect(plan.division == .drawn(share: 0.3, seed: 4, groups: "^([A-Z]+)"))
    #expect(plan.scoring == .paper)
    #expect(plan.recipes.map(\.name) == ["aura-net", "narrow"])
    #expect(plan.recipes.map(\.recipe.epochs) == [12, 12])
    #expect(plan.recipes[1].recipe.weights == .file("/data/here/runs/best.safetensors"))
    #expect(
      plan.runs.map(\.name) == [
        "aura-net-seed3", "narrow-seed3", "aura-net-seed5", "narrow-seed5",
      ])
    #expect(plan.recipe(of: plan.runs[3])?.seed == 5)
    #expect(plan.recipe(of: plan.runs[3])?.loss.lambda == 2.5)
  }

  @Test(arguments: [
    "{test: 0.3, seed: 4, groups: \"^([A-Z]+)\"}", "{folds: 5, seed: 18446744073709551615}",
    "split.csv",
  ])
  func `a plan in full reads back the same`(split: String) throws {
    let plan = try plan(
      text.replacing("{test: 0.3, seed: 4, groups: \"^([A-Z]+)\"}", with: split)
        .replacing("protocol: paper", with: "protocol: own\npaper: table4"))
    #expect(plan.paperTable == 4)
    #expect(try ComparisonPlan(plan.yaml, file: "b", folder: URL(filePath: "/else")) == plan)
  }

  @Test
  func
    `a plan in full has its fields in order, a long path in one line, and what needs them quotes`()
    throws
  {
    let long = "my cells: " + String(repeating: "a long name ", count: 12) + "é"
    let yaml = try plan(text.replacing("images: images", with: "images: \"/\(long)\"")).yaml
    #expect(
      yaml.hasPrefix(
        """
        data:
          images: '/\(long)'
          masks: /data/masks
          maskPolarity: auto
          split: {test: 0.3, seed: 4, groups: '^([A-Z]+)'}
        seeds: [3, 5]
        protocol: paper
        recipes:
        - name: aura-net
          architecture: aura-net
        """), "\(yaml)")
  }

  @Test func `a plan that the version before wrote is read, its recipes further in`() throws {
    let plan = try plan(text)
    let head = try #require(plan.yaml.range(of: "recipes:\n"))
    let recipes = plan.yaml[head.upperBound...].split(separator: "\n").map { "  \($0)\n" }
    let before = plan.yaml[..<head.upperBound] + recipes.joined()
    #expect(try ComparisonPlan(String(before), file: "b", folder: URL(filePath: "/else")) == plan)
  }

  @Test func `what is said of masks is kept, under the older name where that knows it`() throws {
    func masks(_ line: String) throws -> ComparisonPlan {
      try plan(text.replacing("  images: images\n", with: "  images: images\n  \(line)\n"))
    }
    for word in ["white", "black", "auto"] {
      for name in ["maskPolarity", "maskValues"] {
        let plan = try masks("\(name): \(word)")
        #expect(try plan.data.values == MaskValues(word))
        #expect(plan.yaml.contains("maskPolarity: \(word)"))
      }
    }
    for said in ["cell=1,3 ignore=255", ">127", "labels"] {
      let plan = try masks("maskValues: '\(said)'")
      #expect(plan.data.values.text == said && !plan.yaml.contains("maskPolarity"))
      #expect(try ComparisonPlan(plan.yaml, file: "b", folder: URL(filePath: "/else")) == plan)
    }
    let error = #expect(throws: ComparisonError.self) { try masks("maskValues: cell=x") }
    #expect(error?.description.contains("maskValues: 'x' in 'cell=x' is no number") == true)
  }

  @Test func `a table of groups lies where the plan says`() throws {
    let plan = try plan(text.replacing("\"^([A-Z]+)\"", with: "groups.csv"))
    #expect(plan.division == .drawn(share: 0.3, seed: 4, groups: "/data/here/groups.csv"))
  }

  @Test func `folds are runs of their own`() throws {
    let plan = try plan(text.replacing("test: 0.3", with: "folds: 2"))
    #expect(
      plan.runs.prefix(4).map(\.name) == [
        "aura-net-seed3-fold1", "narrow-seed3-fold1", "aura-net-seed3-fold2", "narrow-seed3-fold2",
      ])
  }

  @Test(arguments: [
    ("seeds: [3, 5]", "seeds: [3, 3]", 5, "seed 3 stands there twice"),
    ("seeds: [3, 5]", "seeds: []", 5, "there are no seeds"),
    ("protocol: paper", "protocol: original", 6, "protocol is 'original'; it is own, paper"),
    ("test: 0.3,", "test: 0.3, folds: 3,", 4, "either `test:` (a share) or `folds:`"),
    ("test: 0.3,", "test: 1,", 4, "test is '1'; a share above 0 and below 1, please"),
    ("- aura-net", "- aura", 11, "'aura' is no recipe of the catalogue"),
    ("name: narrow", "name: aura-net", 12, "two recipes are called 'aura-net'"),
    ("lambda: 2.5", "size: 512", 11, "'aura-net' has 256, 'narrow' 512"),
    ("  images: images\n", "", 2, "the data have no `images:`"),
    ("protocol: paper", "seeds: [1]", 5, "'seeds' stands there twice"),
    ("seeds:", "seed:", 5, "'seed' is no setting of a comparison"),
  ])
  func `an error in a plan names the line`(
    part: String, other: String, line: Int, reason: String
  ) throws {
    let error = try #require(throws: ComparisonError.self) {
      try plan(text.replacing(part, with: other))
    }
    let said = error.description
    #expect(said.contains(reason), "\(said)")
    #expect(said.hasPrefix("plan.yaml:\(line): "), "\(said)")
  }
}
