import Foundation
import Recipes
import Testing

struct LearntShareTests {
  private static func recipe(_ json: String) throws -> Recipe {
    try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
  }

  @Test(arguments: [
    (LearntShare.auto, "auto", "\"auto\""), (.fixed(0.25), "0.25", "0.25"), (.fixed(0), "0", "0"),
    (.fixed(1), "1", "1"),
  ])
  func `it is a word or a number, as text and in JSON`(
    share: LearntShare, text: String, json: String
  ) throws {
    #expect(LearntShare(text) == share && LearntShare(share.text) == share)
    let read = try Self.recipe("{\"fineTuning\": {\"learntShare\": \(json)}}")
    #expect(read.optimisation.learntShare == share)
    #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(read)) == read)
    var given = Recipe()
    try given.take([(Recipe.setting(\.optimisation.learntShare), text)])
    #expect(given == read)
  }

  @Test func `a recipe of before, which says nothing of it, leaves it to the images`() throws {
    #expect(try Self.recipe("{\"fineTuning\": {\"warmup\": 3}}").optimisation.learntShare == .auto)
  }

  @Test(arguments: ["x", "", "-0.1", "1.1", "nan", "inf", "Auto"])
  func `what is neither is refused with what it may be`(text: String) {
    var recipe = Recipe()
    let setting = Recipe.setting(\.optimisation.learntShare)
    let error = #expect(throws: RecipeError.self) { try recipe.take([(setting, text)]) }
    #expect(
      error?.description
        == "fineTuning.learntShare is '\(text)'; auto or a share from 0 to 1, please")
  }

  @Test func `what was kept is told in a line, with its reason`() throws {
    let few = KeptShare(share: 0.25, agreement: 0.4949, images: 12, disputed: [ImageKey("a.png")])
    #expect(
      few.text == "kept 25 % of what was learnt: on 12 images without labels the masks agree with "
        + "the earlier ones by 0.49")
    #expect(
      few.shortText == "kept 25 % of what was learnt: agreement with earlier masks 0.49, 12 images")
    #expect(few.shortText.count <= 78, "it fits a window of 80 columns")
    #expect(
      KeptShare(share: 1, agreement: 0.8, images: 1).text
        == "kept all of what was learnt: on 1 image without a label the masks agree with the "
        + "earlier ones by 0.80")
    let asked = KeptShare(share: 1, agreement: 0.4949, images: 12, hasSecondOpinion: true)
    #expect(
      asked.text == "kept all of what was learnt, beside a second opinion: on 12 images without "
        + "labels the masks agree with the earlier ones by 0.49")
    #expect(asked.shortText.count <= 78)
    #expect(
      asked.shortText
        == "all kept, a second opinion asked: agreement with earlier masks 0.49, 12 images")
    #expect(
      KeptShare(share: 1).text
        == "kept all of what was learnt: no image without a label says otherwise")
    #expect(KeptShare(share: 0.5).text == "kept 50 % of what was learnt, as was asked for")
    #expect(try JSONDecoder().decode(KeptShare.self, from: JSONEncoder().encode(few)) == few)
  }
}
