import Testing

@testable import Console

struct ProgressLineTests {
  @Test func `the time left is what is to do at the speed so far`() {
    #expect(ProgressLine.eta(share: 0.25, elapsed: 30) == "ETA 1:30")
    #expect(ProgressLine.eta(share: 0, elapsed: 30) == "ETA --:--")
  }

  @Test func `a bar redraws itself within the window's width`() {
    for columns in [20, 40, 80, 200] {
      var text = ""
      var now = 0.0
      var line = ProgressLine(isTerminal: true, columns: columns, clock: { now }) { text += $0 }
      now = 10
      line.show(done: 1, of: 4, note: "epoch 1/4 loss 0.512")
      now = 20
      line.show(done: 2, of: 4, note: "x")
      let drawn = text.split(separator: "\r")
      #expect(drawn.count == 2)
      #expect(drawn.allSatisfy { $0.count < columns })
      #expect(!text.contains("\n"))
      #expect(drawn[0].count <= drawn[1].count, "what the longer line left is overwritten")
    }
  }

  @Test func `without a terminal there are plain lines, seldom, and the last one always`() {
    var text = ""
    var now = 0.0
    var line = ProgressLine(isTerminal: false, clock: { now }) { text += $0 }
    for step in 1...100 {
      now = Double(step) / 5
      line.show(done: Double(step), of: 100, note: "step \(step)")
    }
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.last == "100% step 100 ETA 0:00")
    #expect(!text.contains("\r"))
  }

  @Test func `names out of files cannot end a line or reach the terminal`() {
    var text = ""
    var line = ProgressLine(isTerminal: false, clock: { 10 }) { text += $0 }
    line.show(done: 1, of: 1, note: "a\u{1B}[2J\nb.tif")
    line.interrupt(with: "aura: 'a\u{2028}b' is damaged")
    #expect(text.split(separator: "\n").count == 2)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{2028}"))
  }
}
