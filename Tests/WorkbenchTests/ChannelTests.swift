import Imaging
import Project
import Screen
import Testing

@testable import Workbench

/// Which channel is looked at, and how large its pixels are.
struct ChannelTests {
  @Test func `another channel is asked for, shown with its axes, and read anew`() {
    var session = Session()
    let key = Session.key(0)
    session.type("o")
    #expect(session.takeEffects() == [.showNextChannel(key)])
    let entries = (0..<3).map { index in
      ProjectEntry(key: Session.key(index), axes: "t\(index) c1", state: .new)
    }
    session.send(.channel(entries, "c1 'Phase' is looked at, of 3 images"))
    #expect(session.waiting.contains { if case .loaded(key, _) = $0 { true } else { false } })
    #expect(
      session.screen.contains("img_0.png t0 c1") && session.screen.contains("img_2.png t2 c1"))
    #expect(session.screen.contains("c1 'Phase' is looked at, of 3 images"))
    session.settle()
    session.press(.enter)
    session.type("o")
    #expect(session.takeEffects() == [.showNextChannel(key)])
  }

  @Test func `the size of pixels stands beside that of the image`() {
    for (x, y, text) in [(0.65, 0.65, "0.650 um/px"), (0.5, 0.25, "0.500 x 0.250 um/px")] {
      let open = OpenImage(
        image: Session.image(Session.key(0)), accepted: nil, proposal: nil, strokes: [],
        pixelSize: ImageContents.PixelSize(x: x, y: y))
      #expect(open.pixelSizeText == text)
    }
  }
}
