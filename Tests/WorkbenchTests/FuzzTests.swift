import Basics
import Imaging
import Objects
import Project
import Recipes
import Screen
import TestSupport
import Testing
import Workbench

/// Random sessions: nothing traps, and what is on disk is what is on the screen.
@Suite struct FuzzTests {
  static let keys: [Key] =
    Array("abcdefghijklmnopqrstuvwxyABCEHJKLMNRSXLG[]<>+-=01/?   ").map { .character($0) } + [
      .up(shift: false), .down(shift: true), .left(shift: true), .right(shift: false), .enter,
      .enter, .escape, .escape, .tab, .backspace, .home, .end, .pageUp, .pageDown, .control("r"),
      .control("l"), .control("z"), .function(1), .function(2), .function(3), .function(3),
      .function(3), .function(4), .function(5), .alt("x"), .delete,
    ]

  static func event(using random: inout SeededGenerator, size: Size) -> Event {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<3:
      return .resized(
        Size(
          columns: Int.random(in: -1...210, using: &random),
          rows: Int.random(in: -1...64, using: &random)))
    case 3..<6: return .resized(Size(columns: 80, rows: 24))
    case 6..<36:
      let actions: [Mouse.Action] = [
        .press, .drag, .drag, .drag, .release, .move, .scrollUp, .scrollDown,
      ]
      let buttons: [Mouse.Button] = [.left, .left, .left, .middle, .right, .none]
      let point = Point(
        column: Int.random(in: -5...(size.columns + 5), using: &random),
        row: Int.random(in: -5...(size.rows + 5), using: &random))
      return .input(
        .mouse(
          Mouse(
            actions.randomElement(using: &random) ?? .press,
            buttons.randomElement(using: &random) ?? .left, at: point)))
    case 36..<38:
      return .training(
        .epoch(
          EpochRecord(
            epoch: Int.random(in: 1...50, using: &random), trainLoss: 0.3,
            validationLoss: random.next() % 2 == 0 ? nil : 0.4, seconds: 2, imagesPerSecond: 3),
          isBest: random.next() % 2 == 0))
    case 38..<40:
      return .training(
        .step(StepRecord(step: 1, epoch: 1, loss: .random(in: -1...2, using: &random))))
    case 40: return .failed(.stroke(Session.key(3)), "no room")
    case 41: return .training(.failed("out of memory"))
    case 42:
      return random.next() % 2 == 0 ? .proposing(done: 1, of: 3) : .findingSize(done: 1, of: 3)
    case 43:
      return .failed(.image(Session.key(Int.random(in: 14..<23, using: &random))), "not an image")
    case 44: return .failed(.review, "no weights")
    case 45: return .input(.paste("img\n"))
    case 46:
      return .reviewed([
        ImageScore(image: Session.key(20), trainedOn: false, scores: Scores([.iou: .nan]))
      ])
    case 47:
      return .proposed(
        Session.key(17), ColouredCells(TiledLabels(width: 2, height: 2)), uncertainty: .nan,
        quality: .nan)
    case 48: return .unsaved(Int.random(in: -1...3, using: &random))
    case 49: return .failed(.decision(Session.key(17)), "disk full")
    case 50: return .exporting(done: 1, of: .random(in: 0...3, using: &random))
    case 51:
      return .exported(ExportOutcome(folder: "/p", [], isStopped: true, notices: ["left out"]))
    case 52:
      let cells = LabelImage(piecesOf: Session.square)
      return .measured(
        MeasuredCells(
          [MeasuredImage("a", cells: cells)], of: random.next() % 2 == 0 ? nil : Session.key(17),
          notes: ["a note"]))
    case 53: return .measuring(done: 2, of: .random(in: 0...3, using: &random))
    case 54: return .suggested([17, 19, 16].shuffled(using: &random).map(Session.key))
    case 55: return .comparing(done: 1, of: .random(in: 0...3, using: &random))
    default: return .input(.key(keys.randomElement(using: &random) ?? .enter))
    }
  }

  @Test(arguments: 0..<24)
  func `no sequence of events traps, and the disk holds every draft`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let depths = ColorDepth.allCases
    var session = Session(images: 7, from: 16, depth: depths[Int(seed) % depths.count])
    for step in 0..<600 {
      session.time += 0.2
      session.send(.tick(session.time))
      session.send(Self.event(using: &random, size: session.model.size))
      if random.next() % 40 == 0 {
        let key = Session.key(16 + Int(random.next() % 7))
        session.proposals[key] = Session.square
        session.send(.proposed(key, ColouredCells(TiledLabels(Session.square)), uncertainty: 0.5))
      }
      // Answers come late and out of order.
      while !session.waiting.isEmpty, random.next() % 3 > 0 {
        let index = Int(random.next() % UInt64(session.waiting.count))
        session.send(session.waiting.remove(at: index))
      }
      if step % 7 == 0 {
        let grid = view(session.model)
        #expect(grid.cells.count == grid.size.columns * grid.size.rows)
      }
      for index in 16..<23 {
        let key = Session.key(index)
        // Where no edit stands, what was accepted or proposed is looked at instead.
        guard let draft = session.model.draft(of: key), session.drafts(key).canUndo else {
          continue
        }
        #expect(draft == session.replayed(key), "seed \(seed) step \(step) \(key)")
      }
    }
  }

  @Test(arguments: 0..<8)
  func `undoing everything gives back the empty draft, redoing everything the last`(seed: UInt64) {
    var random = SeededGenerator(seed: 100 + seed)
    var session = Session()
    session.press(.enter)
    let keys = Array("hjklHJKL hjkl f b e [ ] ")
    for _ in 0..<300 { session.type(String(keys.randomElement(using: &random) ?? " ")) }
    session.press(.enter)
    let key = Session.key(0)
    let last = session.model.draft(of: key)
    let edits = session.strokes[key]?.count ?? 0
    #expect(edits > 3)
    for _ in 0..<edits { session.type("u") }
    #expect(session.model.draft(of: key)?.area == 0)
    for _ in 0..<edits { session.press(.control("r")) }
    #expect(session.model.draft(of: key) == last)
    #expect(session.replayed(key) == last)
  }
}
