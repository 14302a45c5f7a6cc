import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct JournalTests {
  private static let lines = [
    StrokeLine(
      image: ImageKey("plate 1/ä.tif#3"), stroke: .editMask(MaskEdit(added: [3..<9, 20..<21]))),
    StrokeLine(image: ImageKey("b.png"), stroke: .undo),
    StrokeLine(image: ImageKey("b.png"), stroke: .editMask(MaskEdit(removed: [0..<1]))),
    StrokeLine(image: ImageKey("c\n.png"), stroke: .redo),
    StrokeLine(
      image: ImageKey("d.png"), stroke: .adoptMask(MaskEdit(added: [7..<8], removed: [2..<4]))),
    StrokeLine(
      image: ImageKey("e.png"),
      stroke: .edit(LabelStroke([.init(65_535, [3..<9, 20..<21]), .init(0, [2..<4])]))),
    StrokeLine(image: ImageKey("e.png"), stroke: .adopt(LabelStroke([.init(1, [])]))),
    StrokeLine(image: ImageKey("e.png"), stroke: .edit(LabelStroke([]))),
    StrokeLine(image: ImageKey("f.png"), stroke: .relabel(Relabelling([9: 1, 2: 65_535, 3: 0]))),
    StrokeLine(image: ImageKey("f.png"), stroke: .relabel(Relabelling([:]))),
  ]

  @Test func `what is appended is read back`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "j.jsonl")
    try fill(file, with: Self.lines)
    let contents = try Journal<StrokeLine>.read(file)
    #expect(contents.lines == Self.lines)
    #expect(contents.damagedLines.isEmpty && !contents.needsNewline)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(#""add":[[3,6],[20,1]]"#))
    #expect(text.contains(#""do":"edit","set":[[65535,[[3,6],[20,1]]],[0,[[2,2]]]]}"#))
    #expect(text.contains(#""do":"relabel","cells":[[2,65535],[3,0],[9,1]]}"#))
    #expect(text.filter { $0 == "\n" }.count == Self.lines.count)
  }

  @Test func `a stroke's line says what the encoder would`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    let numbers = [0, 9, 10, 99, 100, 51_380_223, 99_999_999, 100_000_000, 1_000_000_070, 1 << 53]
    let runs = numbers.map { $0..<$0 + $0 / 2 + 1 }
    let more = ["\"quoted\"/\\", "\u{1F9EB}\u{7}\t"].flatMap { key in
      [MaskEdit(), MaskEdit(added: runs), MaskEdit(added: runs, removed: runs)].map {
        StrokeLine(image: ImageKey(key), stroke: .editMask($0))
      }
    }
    let cells = [[], [.init(7, [])], [.init(65_535, runs), .init(0, runs)]].map {
      StrokeLine(image: ImageKey("c"), stroke: .adopt(LabelStroke($0)))
    }
    for line in Self.lines + more + cells {
      let written = try line.json()
      #expect(try JSONDecoder().decode(StrokeLine.self, from: Data(written)) == line)
      let again = try JSONSerialization.jsonObject(with: Data(written))
      let plain = try JSONSerialization.jsonObject(with: try encoder.encode(line))
      #expect((again as? NSDictionary) == (plain as? NSDictionary))
      #expect(written.count == (try encoder.encode(line)).count)
    }
  }

  @Test func `numbers are written as they are everywhere else`() {
    var rng = Lehmer(state: 7)
    var numbers = Array(0...12_345) + [99_999_999, 100_000_000, 100_000_001, 1 << 53, .max]
    for end in [1_000_000, 16_777_216, 100_000_000, 1 << 40] {
      numbers += (0..<3_000).map { _ in Int.random(in: 0..<end, using: &rng) }
    }
    for number in numbers {
      var text = JSONText("")
      text.add(number)
      #expect(String(decoding: text.bytes, as: UTF8.self) == "\(number)")
    }
  }

  @Test func `a line that names a cell twice, or half of a pair, is damaged`() throws {
    for cells in ["[[1,2],[1,3]]", "[[1]]", "[[1,2,3]]", "[[1,70000]]"] {
      let line = #"{"image":"a","do":"relabel","cells":\#(cells)}"#
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(StrokeLine.self, from: Data(line.utf8))
      }
    }
  }

  @Test func `a journal torn at any byte keeps every finished line and takes new ones`() throws {
    let folder = try TestFolder()
    let whole = folder.url.appending(path: "whole.jsonl")
    try fill(whole, with: Self.lines)
    let bytes = [UInt8](try Data(contentsOf: whole))
    for length in 0...bytes.count {
      let file = folder.url.appending(path: "torn.jsonl")
      try Data(bytes[..<length]).write(to: file)
      let finished = bytes[..<length].count { $0 == 0x0A }
      let isOnlyNewlineMissing = length < bytes.count && bytes[length] == 0x0A
      let kept = Array(Self.lines.prefix(finished + (isOnlyNewlineMissing ? 1 : 0)))
      let opened = try Journal<StrokeLine>.open(file, isAlone: true, isDurable: false)
      #expect(opened.contents.lines == kept, "cut at \(length)")
      #expect(opened.contents.damagedLines.isEmpty)
      try opened.journal.append(Self.lines[1])
      let again = try Journal<StrokeLine>.read(file)
      #expect(again.lines == kept + [Self.lines[1]], "cut at \(length)")
      #expect(again.damagedLines.isEmpty, "cut at \(length)")
    }
  }

  @Test func `without a lock a torn line is closed and skipped, never cut`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "j.jsonl")
    try fill(file, with: [Self.lines[1]])
    let torn = try Data(contentsOf: file) + Data(#"{"image":"b.p"#.utf8)
    try torn.write(to: file)
    let opened = try Journal<StrokeLine>.open(file, isAlone: false, isDurable: true)
    try opened.journal.append(Self.lines[2])
    #expect(try Data(contentsOf: file).starts(with: torn))
    let again = try Journal<StrokeLine>.read(file)
    #expect(again.lines == [Self.lines[1], Self.lines[2]])
    #expect(again.damagedLines == [2])
  }

  @Test func `damage in the middle costs only its own line and is told by number`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "j.jsonl")
    let good = #"{"image":"b.png","do":"undo"}"#
    let bad = [
      "\u{0}\u{0}\u{0}", #"{"image":"b.png","do":"#, #"{"image":"b.png","do":"edit","add":[[1]]}"#,
      #"{"image":"b.png","do":"edit","add":[[-4,2]]}"#,
      #"{"image":"b.png","do":"edit","add":[[1,9223372036854775807]]}"#,
      #"{"image":"b.png","do":"edit","set":[[65536,[[1,2]]]]}"#,
      #"{"image":"b.png","do":"edit","set":[[-1,[[1,2]]]]}"#,
      #"{"image":"b.png","do":"edit","set":[[1]]}"#,
      #"{"image":"b.png","do":"edit","set":[[1,[[1,2]],3]]}"#,
      #"{"image":"b.png","do":"adopt","set":[[1,[[1,9223372036854775807]]]]}"#,
      #"{"image":"b.png","do":"edit","set":[[1.5,[[1,2]]]]}"#,
      #"{"image":"b.png","do":"edit","set":7}"#,
    ]
    let text = ([good] + bad.flatMap { [$0, good] } + ["", "  "]).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: file)
    let opened = try Journal<StrokeLine>.open(file, isAlone: true, isDurable: true)
    #expect(opened.contents.lines == Array(repeating: Self.lines[1], count: bad.count + 1))
    #expect(opened.contents.damagedLines == (1...bad.count).map { 2 * $0 })
    #expect(try Data(contentsOf: file) == Data(text.utf8), "nothing is rewritten")
  }

  @Test func `a full disk leaves the journal as it was, and the next line is whole`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      let file = folder.url.appending(path: "j.jsonl")
      let undo = StrokeLine(image: ImageKey("b.png"), stroke: .undo)
      let long = StrokeLine(
        image: ImageKey("b.png"),
        stroke: .editMask(MaskEdit(added: (0..<500).map { $0 * 3..<$0 * 3 + 1 })))
      let opened = try Journal<StrokeLine>.open(file, isAlone: true, isDurable: true)
      try opened.journal.append(undo)
      let before = try Data(contentsOf: file)
      limitFileSize(to: 1000)
      #expect(throws: ProjectError.file(.diskFull(file.path))) { try opened.journal.append(long) }
      #expect(try Data(contentsOf: file) == before)
      try opened.journal.append(undo)
      let contents = try Journal<StrokeLine>.read(file)
      #expect(contents.lines == [undo, undo] && contents.damagedLines.isEmpty)
    }
  }

  @Test func `lines taken back leave the line before them, and the next one, whole`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "j.jsonl")
    try fill(file, with: [Self.lines[1]])
    try Data(contentsOf: file).dropLast().write(to: file)
    let journal = try Journal<StrokeLine>.open(file, isAlone: true, isDurable: true).journal
    let length = journal.length
    try journal.append(Self.lines[2])
    journal.takeBack(to: length)
    try journal.append(Self.lines[3])
    let contents = try Journal<StrokeLine>.read(file)
    #expect(contents.lines == [Self.lines[1], Self.lines[3]] && contents.damagedLines.isEmpty)
  }

  private func fill(_ file: URL, with lines: [StrokeLine]) throws {
    let journal = try Journal<StrokeLine>.open(file, isAlone: true, isDurable: true).journal
    for line in lines { try journal.append(line) }
  }
}
