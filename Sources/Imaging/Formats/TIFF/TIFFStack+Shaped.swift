extension TIFFStack {
  /// The pages as tifffile says it wrote its array.
  func reading(of description: ShapedDescription) throws(ImagingError) -> Reading {
    let first = directories[kept[0]]
    let shape = description.shape
    let page = [first.height, first.width]
    let samples = first.samples > 1 ? [first.samples] : []
    let isPlanar = first.isPlanar && Array(shape.suffix(3)) == samples + page
    // Where the axes of a page stand behind those of the pages.
    let inPage: Int
    if isPlanar || !first.isPlanar && !samples.isEmpty && Array(shape.suffix(3)) == page + samples {
      inPage = 3
    } else if samples.isEmpty, Array(shape.suffix(2)) == page {
      inPage = 2
    } else {
      return Reading(pages: plain)
    }
    guard let planes = Self.product(shape.dropLast(inPage)) else { return Reading(pages: plain) }
    var reading = try pages(promised: planes, by: "tifffile")
    let letters = description.axes
    if isPlanar {
      // Three frames, one behind the other, are taken for red, green and blue by tifffile.
      let letter = letters.isEmpty ? first.isColor ? "Q" : "C" : letters[letters.count - 3]
      reading.splitsColors = letter != "S"
      reading.sampleAxis = Self.sampleAxes[letter] ?? .none
    }
    let axes = zip(letters, shape).dropLast(inPage).reversed().filter { $0.1 > 1 }
    let names = axes.map(\.0)
    guard !axes.isEmpty, Set(names).count == names.count, names.allSatisfy("TZC".contains),
      reading.pages.count == planes || reading.pages.last?.data != nil
    else { return reading }
    reading.pages = Self.placed(reading.pages, on: axes.map { (letter: $0.0, count: $0.1) })
    return reading
  }

  private static let sampleAxes: [Character: TIFFLayout.SampleAxis] = [
    "T": .time, "Z": .depth, "C": .channel, "S": .channel,
  ]
}
