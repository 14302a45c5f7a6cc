import Foundation

@testable import Imaging

extension FuzzTarget {
  /// PNG and TIFF, by what the bytes are: a picture that is read is as large as its header says, and its
  /// mask comes back from the PNG that is written of it.
  static func picture(_ data: Data) {
    guard let image = try? ImageFile.decode(data, name: "fuzz") else { return }
    precondition(image.values.count == image.width * image.height, "pixels are missing")
    precondition(image.values.allSatisfy(\.isFinite), "a value that is no number")
    guard let picture = try? ImageFile.picture(data, name: "fuzz", page: 0) else { return }
    let mask = MaskFile.mask(of: picture, polarity: .automatic)
    let written = try? ImageFile.picture(MaskFile.encode(mask), name: "again", page: 0)
    let again = written.map { MaskFile.mask(of: $0, polarity: .cellWhite) }
    precondition(again == mask, "a mask changed on its way through a file")
  }
}
