import Foundation
import Imaging
import Recipes
import TestSupport
import Testing
import Training
import Workflows

struct AugmentationSheetTests {
  private func sheet(of folder: TestFolder) throws -> AugmentationSheet {
    var recipe = Recipe()
    recipe.size = 64
    recipe.augmentation = try Recipe.Augmentation("rotation=30,elastic:0.5,clahe")
    let images = try ImageFolder(folder.path("images"))
    var sheet = AugmentationSheet(recipe, variants: 3)
    let drawn = try sheet.add(8, of: images, masks: try images.masks(in: nil, values: nil))
    #expect(drawn == ["1.png", "2.png"].map { ImageKey($0) })
    return sheet
  }

  @Test func `a sheet has a row an image with a mask, the same at every drawing`() throws {
    let folder = try TestFolder()
    for number in 1...3 { try folder.image("images/\(number).png") }
    for number in 1...2 { try folder.mask("images/masks/\(number).png", area: 6 * number) }
    let png = try sheet(of: folder).sheet.png
    #expect(try sheet(of: folder).sheet.png == png)
    try folder.write(png, to: "sheet.png")
    let sheet = try ImageFile.read(folder.url.appending(path: "sheet.png"))
    #expect(sheet.width == 2 * 4 * 64 && sheet.height == 2 * 64)
    // The first pair is the image as it is, the next ones are not.
    func picture(_ column: Int) -> [Float] {
      (0..<64).flatMap { (row: Int) -> ArraySlice<Float> in
        let start = row * sheet.width + 128 * column
        return sheet.values[start..<start + 64]
      }
    }
    #expect(picture(0) != picture(1) && picture(1) != picture(2))
  }

  @Test func `nothing is drawn without masks`() throws {
    let folder = try TestFolder()
    try folder.image("images/1.png")
    let error = #expect(throws: WorkflowError.self) { try sheet(of: folder) }
    #expect(error.map { "\($0)".hasSuffix("has a mask to move with it") } == true)
  }
}
