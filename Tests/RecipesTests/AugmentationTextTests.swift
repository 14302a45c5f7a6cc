import Foundation
import Recipes
import Testing

struct AugmentationTextTests {
  private static func coded(_ augmentation: Recipe.Augmentation) throws -> Recipe.Augmentation {
    let data = try JSONEncoder().encode([augmentation])
    return try JSONDecoder().decode([Recipe.Augmentation].self, from: data)[0]
  }

  @Test(arguments: [
    "none", "standard", "strong", "paper", "rotation", "vertical-flip:0.5,elastic|grid|optical:0.8",
    "rotation=30.0:0.25,elastic=60.0/4.5,clahe=2.0:0.5",
  ])
  func `what is read is written again, as text and in a recipe`(text: String) throws {
    let augmentation = try Recipe.Augmentation(text)
    #expect(augmentation.text == text)
    #expect(try Self.coded(augmentation) == augmentation)
  }

  @Test func `recipes keep names as they were and hold lists as lists`() throws {
    func json(_ augmentation: Recipe.Augmentation) throws -> String {
      String(decoding: try JSONEncoder().encode([augmentation]), as: UTF8.self)
    }
    #expect(try json(.strong) == #"["strong"]"#)
    #expect(try json(Recipe.Augmentation("shear:0.5,noise")) == #"[["shear:0.5","noise"]]"#)
    let older = try JSONDecoder().decode(
      Recipe.self, from: Data(#"{"augmentation": "strong"}"#.utf8))
    #expect(older.augmentation == .strong)
  }

  @Test func `a change is as strong as it usually is, or as is said`() throws {
    let step = try AugmentationStep("elastic=60|rotation:0.5")
    #expect(step.probability == 0.5)
    #expect(step.choices.map(\.kind) == [.elastic, .rotation])
    #expect(step.choices.map(\.limit) == [60, 45])
    #expect(step.choices.map(\.sigma) == [6, nil])
  }

  @Test(arguments: [
    ("rotate", "rotation"), ("", "none, standard"), ("rotation:1.5", "probability"),
    ("rotation:", "probability"), ("rotation:0.5:1", "probability"), ("rotation=200", "180"),
    ("rotation=x", "180"), ("rotation=nan", "180"), ("vertical-flip=2", "takes no number"),
    ("elastic=120/0", "sigma"), ("grid=0.3/2", "0.9"), ("rotation,,shift", "none, standard"),
    ("rotation|:0.5", "none, standard"), ("standard,rotation", "'standard'"),
  ])
  func `what is no augmentation is refused with what there is`(text: String, hint: String) {
    let error = #expect(throws: RecipeError.self) { try Recipe.Augmentation(text) }
    let message = error?.description ?? ""
    #expect(message.contains(hint) && !message.contains("\n"), "\(message)")
    let list = text.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }
    #expect(throws: RecipeError.self) {
      try JSONDecoder().decode(
        Recipe.self, from: Data("{\"augmentation\": [\(list.joined(separator: ","))]}".utf8))
    }
  }
}
