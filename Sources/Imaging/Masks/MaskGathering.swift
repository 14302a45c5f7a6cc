/// Counts the numbers of a mask and how they lie.
struct MaskGathering: MaskPlaneReader {
  /// What was counted.
  struct Result {
    var tallies: [MaskTally] = []
    var notFinite = MaskTally(lower: .nan, upper: .nan)
    var isWhole = true
    var borderPixels = 0
  }

  let width: Int
  let height: Int
  let isFloat: Bool

  func read<Number: MaskNumber>(_ plane: [Number]) -> Result {
    var result = Result()
    let range = range(of: plane, isWhole: &result.isWhole)
    let full = MaskEvidence.fullScale(for: range.upperBound, isFloat: isFloat)
    var counter = MaskCounter<Number>(min(0, range.lowerBound)...max(full, range.upperBound))
    let step = (range.upperBound - range.lowerBound) / 255
    unsafe plane.withUnsafeBufferPointer { numbers in
      for y in 0..<height {
        var x = 0
        while x < width {
          let (number, run) = unsafe run(from: x, of: y, in: numbers, step: step)
          if number.number.isFinite {
            counter.add(number, run)
          } else {
            result.notFinite.add(run)
          }
          x += run.count
        }
      }
    }
    for index in border {
      let one = MaskTally(border: 1)
      if plane[index].number.isFinite {
        counter.add(plane[index], one)
      } else {
        result.notFinite.add(one)
      }
      result.borderPixels += 1
    }
    result.tallies = counter.tallies
    return result
  }

  /// The least and the greatest finite number; 0 where there is none.
  private func range<Number: MaskNumber>(
    of plane: [Number], isWhole: inout Bool
  ) -> ClosedRange<Double> {
    guard isFloat else {
      return (plane.min()?.number ?? 0)...(plane.max()?.number ?? 0)
    }
    var (least, greatest, last) = (Double.infinity, -Double.infinity, nil as Number?)
    for number in plane where number != last {
      last = number
      let value = number.number
      guard value.isFinite else { continue }
      least = min(least, value)
      greatest = max(greatest, value)
      isWhole = isWhole && value == value.rounded()
    }
    return least > greatest ? 0...0 : least...greatest
  }

  /// The number at a place, and what there is to count of the pixels with it from there on to the right.
  private func run<Number: MaskNumber>(
    from start: Int, of y: Int, in plane: UnsafeBufferPointer<Number>, step: Double
  ) -> (Number, MaskTally) {
    let row = y * width
    let number = unsafe plane[row + start]
    var end = start + 1
    while end < width, unsafe plane[row + end] == number { end += 1 }
    let isLast = end == width
    var run = MaskTally()
    run.count = end - start
    let next = isLast ? number : unsafe plane[row + end]
    let isQuiet = abs(next.number - number.number) <= step
    run.quiet = run.count - (isQuiet ? 0 : 1)
    let (hasAbove, hasBelow) = (y > 0, y + 1 < height)
    var isTop = true
    if hasAbove, start > 0, unsafe plane[row - width + start - 1] == number { isTop = false }
    if hasAbove, !isLast, unsafe plane[row - width + end] == number { isTop = false }
    for x in start..<end {
      var others = (x == start && start > 0 ? 1 : 0) + (x == end - 1 && !isLast ? 1 : 0)
      if hasAbove {
        if unsafe plane[row - width + x] == number { isTop = false } else { others += 1 }
      }
      if hasBelow, unsafe plane[row + width + x] != number { others += 1 }
      if others < 2 { run.flat += 1 }
    }
    run.tops = isTop ? 1 : 0
    return (number, run)
  }

  /// The places of the outermost pixels.
  private var border: [Int] {
    (0..<height).flatMap { y in
      let step = y == 0 || y == height - 1 ? 1 : max(width - 1, 1)
      return stride(from: 0, to: width, by: step).map { y * width + $0 }
    }
  }
}
