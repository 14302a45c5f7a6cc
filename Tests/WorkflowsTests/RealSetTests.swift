import Foundation
import Imaging
import TestSupport
import Testing
import Training
import Workflows

struct RealSetTests {
  @Test func `a real set is called after its split, its folder or the one around it`() {
    #expect(RealSet("data/cells/images:m")?.name == "cells")
    #expect(RealSet("data/cells/RawImages/:m")?.name == "cells")
    #expect(RealSet("data/cells:m")?.name == "cells")
    #expect(RealSet("data/cells:m:splits/usii.csv")?.name == "usii")
  }

  @Test func `a real set leaves out the images for testing`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 5)
    }
    try folder.write(
      Data("image,split\na.png,train\nb.png,test\nc.png,validation\n".utf8), to: "s.csv")
    let set = try #require(
      RealSet(
        "\(folder.path("images")):\(folder.path("masks")):\(folder.path("s.csv"))"))
    let read = try set.read(values: nil).set
    #expect(read.name == "s" && read.count == 2)
    let missing = try #require(RealSet("\(folder.path("no")):\(folder.path("masks"))"))
    #expect(throws: WorkflowError.self) { try missing.read(values: nil) }
  }
}
