import Foundation

@testable import Imaging

extension FuzzTarget {
  /// Pictures of all formats, by what the bytes are: a picture that is read is as large as its header says, and
  /// its mask comes back from the PNG that is written of it.
  static func picture(_ data: Data) {
    planes(data)
    guard let picture = try? ImageFile.picture(data, name: "fuzz", page: 0) else { return }
    let survey = MaskSurvey([MaskEvidence(picture)], places: [0], names: ["fuzz"])
    let rule = (try? survey.decide(.automatic))?.rule ?? .project
    guard let found = try? rule.apply(to: picture, file: "fuzz") else { return }
    let written = try? ImageFile.picture(MaskFile.encode(found), name: "again", page: 0)
    let again = written.flatMap { try? MaskRule.project.apply(to: $0, file: "again") }
    precondition(again?.mask == found.mask, "a mask changed on its way through a file")
    precondition(again?.unknown == found.unknown, "what is not annotated changed on its way")
  }

  /// Every plane that a small file's headers promise is read, or refused for its pixels.
  private static func planes(_ data: Data) {
    let bytes = PictureBytes([UInt8](data), name: "fuzz")
    guard let contents = try? ImageFile.contents(bytes) else { return }
    precondition(!contents.planes.isEmpty, "a file without a plane")
    for page in contents.planes.indices.prefix(16) {
      do {
        let image = try ImageFile.decode(data, name: "fuzz", page: page)
        precondition(image.values.count == image.width * image.height, "pixels are missing")
        precondition(image.values.allSatisfy(\.isFinite), "a value that is no number")
        let isFirst = page == 0
        precondition(!isFirst || image.width == contents.width, "a header of another width")
        precondition(!isFirst || image.height == contents.height, "a header of another height")
      } catch ImagingError.noSuchPage {
        preconditionFailure("a plane that its own headers do not know")
      } catch {}
    }
  }
}
