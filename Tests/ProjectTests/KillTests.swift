import Files
import Foundation
import Imaging
import Recipes
import Synchronization
import TestSupport
import Testing

@testable import Project

@Suite(.serialized)
struct KillTests {
  @Test(arguments: 0..<12)
  func `killed in the middle of anything, a store has all that it had acknowledged`(
    moment: Int
  ) async throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let path = folder.url.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, moment = moment as Int] in
      try workUntilKilled(in: URL(filePath: path), moment: moment)
    }
    let acknowledged = try String(
      contentsOf: folder.url.appending(path: "done.txt"), encoding: .utf8
    )
    .split(separator: "\n").compactMap { Int($0) }
    let last = acknowledged.last ?? -1
    let store = try ProjectStore.open(images: folder.url)
    let key = ImageKey("a.png")
    #expect(store.report.notices.isEmpty)
    // Step i appends stroke i and, every third time, accepts a cell i + 1 of i % 20 + 1 pixels.
    let strokes = store.strokes(of: key)
    #expect(strokes.count > last && strokes.count <= last + 2)
    for (index, stroke) in strokes.enumerated() {
      #expect(stroke == .drawing(index..<index + 2))
    }
    let decided = last / 3 * 3
    #expect(last < 0 || store.decision(on: key)?.state == .accepted)
    if let cells = try store.acceptedCells(of: key) {
      let possible = [decided, last + 1].filter { $0 % 3 == 0 }
      #expect(possible.contains { cells.areas == [UInt16($0 + 1): $0 % 20 + 1] })
    }
    // No line that tells cells apart stands in what an older program takes for its own.
    #expect(strokes.isEmpty || store.settings.version == ProjectSettings.cellVersion)
    if let count = store.decision(on: key)?.cells { #expect(count == 1) }
    try store.append(.undo, to: key)
    store.close()
    #expect(try ProjectStore.open(images: folder.url).strokes(of: key) == strokes + [.undo])
    #expect(!folder.listing.contains { $0.hasSuffix(AtomicWrite.suffix) })
  }
}

/// Draws and accepts, noting each finished step in `done.txt`, until a second thread kills the process
/// somewhere within a step that `moment` names.
private func workUntilKilled(in folder: URL, moment: Int) throws {
  let store = try ProjectStore.open(images: folder)
  let step = Mutex(0)
  let done = folder.appending(path: "done.txt")
  try Data().write(to: done)
  let notes = try FileHandle(forWritingTo: done)
  Thread.detachNewThread {
    while step.withLock({ $0 }) < 2 + moment * 2 {}
    var spin = moment * 137 % 41 * 400
    while step.withLock({ $0 }) > 0, spin > 0 { spin -= 1 }
    kill(getpid(), SIGKILL)
  }
  let key = ImageKey("a.png")
  for index in 0... {
    step.withLock { $0 = index + 1 }
    try store.append(.drawing(index..<index + 2), to: key)
    if index % 3 == 0 {
      let decision = Decision(image: key, state: .accepted, time: Double(index))
      var cells = LabelImage(width: 6, height: 4)
      cells.fill(0..<index % 20 + 1, with: UInt16(index + 1))
      try store.decide(decision, cells: cells)
    }
    try notes.write(contentsOf: Data("\(index)\n".utf8))
  }
}
