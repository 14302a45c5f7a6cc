import Foundation
public import TestSupport

extension TestFolder {
  /// Images `1.png` and on with masks of growing area, and `split.csv`, which tests on the last.
  public func labelled(_ count: Int, area: Int) throws {
    var table = "image,split\n"
    for number in 1...count {
      try image("images/\(number).png")
      try mask("masks/\(number).png", area: area * number)
      table += "\(number),\(number == count ? "test" : "train")\n"
    }
    try write(Data(table.utf8), to: "split.csv")
  }
}
