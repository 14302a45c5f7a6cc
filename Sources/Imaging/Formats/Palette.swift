/// The colours that stand for the numbers of a picture, and whether they are its data or only for show.
struct Palette: Equatable {
  /// Red, green and blue of each index.
  let entries: [UInt8]
  /// Whether the file's numbers are measured, whatever colours they are shown in: so in TIFF, which
  /// microscopes' programs write, but not in pictures from anywhere.
  let isMeasured: Bool

  init(_ entries: [UInt8], isMeasured: Bool) {
    (self.entries, self.isMeasured) = (entries, isMeasured)
  }

  private var count: Int { entries.count / 3 }

  /// Whether the index is the picture's value, and the colours are for show.
  ///
  /// A full table of greys that only rise or only fall is for show; any other of greys is what remains of a
  /// grey picture whose levels were numbered to save room. Colours are for show in a measured picture, and
  /// in others where they run on from each to the next, as look-up tables do and the colours of a photograph
  /// or of labels do not.
  var readsIndex: Bool { isGrey ? count == 256 && direction != 0 : isMeasured || isRun }

  /// What is odd about a picture in such colours.
  var remark: String? {
    guard readsIndex else {
      return isGrey ? nil : "the colours of its palette follow no order: it is read by brightness"
    }
    if direction > 0 { return nil }
    return direction < 0
      ? "its palette shows high values dark: the stored values are read, not the colours"
      : "its palette is for show and does not run from dark to light: the stored values are read"
  }

  /// The brightness of an index, 0 beyond the last.
  var brightness: [Float] {
    (0..<256).map { index in
      guard index < count else { return 0 }
      let (red, green, blue) = colors(index)
      return RawPicture.luma(red, green, blue)
    }
  }

  private func colors(_ index: Int) -> (Int, Int, Int) {
    (Int(entries[3 * index]), Int(entries[3 * index + 1]), Int(entries[3 * index + 2]))
  }

  private var isGrey: Bool {
    (0..<count).allSatisfy {
      let (red, green, blue) = colors($0)
      return red == green && red == blue
    }
  }

  /// 1 where it only becomes brighter from index to index, -1 where only darker, else 0.
  private var direction: Int {
    let steps = (1..<max(count, 1)).map { index in
      let (before, after) = (colors(index - 1), colors(index))
      return RawPicture.luma(after.0, after.1, after.2)
        - RawPicture.luma(before.0, before.1, before.2)
    }
    if steps.allSatisfy({ $0 >= 0 }) { return steps.contains { $0 > 0 } ? 1 : 0 }
    return steps.allSatisfy { $0 <= 0 } ? -1 : 0
  }

  /// Whether four in five colours lie midway between their neighbours, all but 4 of 255 steps.
  private var isRun: Bool {
    // What repeats at the end fills the table up.
    var count = count
    while count > 1, colors(count - 2) == colors(count - 1) { count -= 1 }
    guard count >= 64 else { return false }
    let smooth = (1..<count - 1).count { index in
      let (before, here, after) = (colors(index - 1), colors(index), colors(index + 1))
      func bends(_ a: Int, _ b: Int, _ c: Int) -> Bool { abs(a - 2 * b + c) > 4 }
      return !bends(before.0, here.0, after.0) && !bends(before.1, here.1, after.1)
        && !bends(before.2, here.2, after.2)
    }
    return smooth * 5 >= (count - 2) * 4
  }
}
