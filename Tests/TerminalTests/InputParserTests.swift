import Screen
import Terminal
import Testing

struct InputParserTests {
  private func parse(_ text: String) -> [Input] {
    var parser = InputParser()
    return parser.feed(text.utf8) + parser.flush()
  }

  private static let keys: [(String, Key)] = [
    ("a", .character("a")), ("Z", .character("Z")), ("é", .character("é")),
    ("漢", .character("漢")), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace),
    ("\u{8}", .backspace), ("\u{1}", .control("a")), ("\u{1A}", .control("z")),
    ("\0", .control(" ")), ("\u{1C}", .control("\\")), ("\u{1B}", .escape), ("\u{1B}x", .alt("x")),
    ("\u{1B}é", .alt("é")), ("\u{1B}[", .alt("[")), ("\u{1B}O", .alt("O")), ("\u{1B}]", .alt("]")),
    ("\u{1B}[A", .up(shift: false)), ("\u{1B}OB", .down(shift: false)),
    ("\u{1B}[1;2C", .right(shift: true)), ("\u{1B}[d", .left(shift: true)),
    ("\u{1B}[1;5D", .left(shift: true)), ("\u{1B}[H", .home), ("\u{1B}[1~", .home),
    ("\u{1B}OF", .end), ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
    ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[B", .function(2)),
    ("\u{1B}[1;2R", .function(3)), ("\u{1B}[14~", .function(4)), ("\u{1B}[15~", .function(5)),
    ("\u{1B}[17~", .function(6)), ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)),
    ("\u{1B}[24;2~", .function(12)), ("\u{1B}[97;5u", .control("a")),
    ("\u{1B}[27;2;65~", .character("A")), ("\u{1B}[127u", .backspace),
  ]

  private static let mice: [(String, Mouse)] = [
    ("\u{1B}[<0;1;1M", Mouse(.press, .left, at: Point(column: 0, row: 0))),
    ("\u{1B}[<0;1;1m", Mouse(.release, .left, at: Point(column: 0, row: 0))),
    ("\u{1B}[<32;300;5M", Mouse(.drag, .left, at: Point(column: 299, row: 4))),
    ("\u{1B}[<34;3;5M", Mouse(.drag, .right, at: Point(column: 2, row: 4))),
    ("\u{1B}[<35;3;5M", Mouse(.move, .none, at: Point(column: 2, row: 4))),
    ("\u{1B}[<64;3;5M", Mouse(.scrollUp, .none, at: Point(column: 2, row: 4))),
    ("\u{1B}[<65;3;5M", Mouse(.scrollDown, .none, at: Point(column: 2, row: 4))),
    ("\u{1B}[<16;3;5M", Mouse(.press, .left, at: Point(column: 2, row: 4), control: true)),
    ("\u{1B}[<9;3;5M", Mouse(.press, .middle, at: Point(column: 2, row: 4))),
    ("\u{1B}[M !!", Mouse(.press, .left, at: Point(column: 0, row: 0))),
    ("\u{1B}[M#\"\"", Mouse(.release, .none, at: Point(column: 1, row: 1))),
  ]

  @Test(arguments: keys)
  func `a key is read in whole and in pieces`(text: String, key: Key) {
    #expect(parse(text) == [.key(key)])
    var parser = InputParser()
    var inputs: [Input] = []
    for byte in text.utf8 { inputs += parser.feed([byte]) }
    #expect(inputs + parser.flush() == [.key(key)])
    #expect(!parser.isWaiting)
  }

  @Test(arguments: mice)
  func `the mouse is read with its modifiers`(text: String, mouse: Mouse) {
    #expect(parse(text) == [.mouse(mouse)])
    var parser = InputParser()
    #expect(text.utf8.flatMap { parser.feed([$0]) } == [.mouse(mouse)])
  }

  @Test func `a press, its drags and the release arrive all though read at once`() {
    let inputs = parse("\u{1B}[<0;2;2M\u{1B}[<32;3;2M\u{1B}[<32;4;2M\u{1B}[<0;4;2mx")
    let point = { Point(column: $0, row: 1) }
    #expect(
      inputs == [
        .mouse(Mouse(.press, .left, at: point(1))), .mouse(Mouse(.drag, .left, at: point(2))),
        .mouse(Mouse(.drag, .left, at: point(3))), .mouse(Mouse(.release, .left, at: point(3))),
        .key(.character("x")),
      ])
  }

  @Test func `an Esc waits for time to tell it from a sequence`() {
    var parser = InputParser()
    #expect(parser.feed([0x1B]) == [])
    #expect(parser.isWaiting)
    #expect(parser.flush() == [.key(.escape)])
    #expect(parser.feed([0x1B]) == [])
    #expect(parser.feed(Array("[B".utf8)) == [.key(.down(shift: false))])
    #expect(parse("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up(shift: false))])
    #expect(parse("\u{1B}\r") == [.key(.escape), .key(.enter)])
  }

  @Test func `a paste is one text, wherever it is cut`() {
    let text = "\u{1B}[200~one\r\ntwo\r\u{1B}[A é\u{1B}[201~q"
    let expected: [Input] = [.paste("one\ntwo\n\u{1B}[A é"), .key(.character("q"))]
    #expect(parse(text) == expected)
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var parser = InputParser()
      let inputs = parser.feed(bytes[..<cut]) + parser.feed(bytes[cut...]) + parser.flush()
      #expect(inputs == expected, "cut at \(cut)")
    }
    var parser = InputParser()
    #expect(bytes.flatMap { parser.feed([$0]) } == expected)
  }

  @Test func `focus is reported and answers of the terminal are dropped`() {
    #expect(parse("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
    #expect(parse("\u{1B}]11;rgb:0000/0000/0000\u{7}x") == [.key(.character("x"))])
    #expect(parse("\u{1B}P1$r0m\u{1B}\\x") == [.key(.character("x"))])
    #expect(parse("\u{1B}[?62;22cx") == [.key(.character("x"))])
    #expect(parse("\u{1B}[12;40Rx") == [.key(.character("x"))])
    #expect(parse("\u{1B}[<66;1;1Mx") == [.key(.character("x"))])
    #expect(parse("\u{1B}[99~x") == [.key(.character("x"))])
  }

  @Test(arguments: ["\u{1B}[", "\u{1B}[<", "\u{1B}]"])
  func `a sequence beyond all measure is dropped to its end, wherever it is cut`(opening: String) {
    let end = opening.hasSuffix("]") ? "\u{1B}\\" : "M"
    let bytes = Array((opening + String(repeating: "1;", count: 3000) + end + "x").utf8)
    #expect(parse(String(decoding: bytes, as: UTF8.self)) == [.key(.character("x"))])
    var parser = InputParser()
    #expect(bytes.flatMap { parser.feed([$0]) } == [.key(.character("x"))])
    #expect(!parser.isWaiting)
  }

  @Test func `any bytes in any pieces never trap, and keys after them are read`() {
    var state: UInt64 = 7
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let likely = Array("\u{1B}[O<;0123456789MmAZ~u\u{7}]P".utf8)
    for _ in 0..<2000 {
      var parser = InputParser()
      for _ in 0..<random(6) {
        let bytes = (0..<random(12)).map { _ in
          random(3) > 0 ? likely[random(likely.count)] : UInt8(random(256))
        }
        _ = parser.feed(bytes)
        if random(2) == 0 { _ = parser.flush() }
      }
      _ = parser.feed(Array("\u{1B}[201~\u{7}".utf8))
      _ = parser.flush()
      #expect(parser.feed([UInt8(ascii: "k")]).last == .key(.character("k")))
    }
  }
}
