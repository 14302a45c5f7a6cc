/// Where in a stack a ROI lies, each counted from 1; 0 stands for everywhere.
struct ROIPosition: Hashable, Sendable {
  /// The channel of a hyperstack.
  var channel = 0
  /// The slice of a hyperstack.
  var slice = 0
  /// The frame of a hyperstack.
  var frame = 0
  /// The image of a stack that tells no channels, slices and frames apart.
  var index = 0

  /// Whether it lies on every slice and frame.
  var isEverywhere: Bool { slice == 0 && frame == 0 && index == 0 }

  /// Whether it lies on the field of a plane, given by its place among all planes of the file, whichever channel
  /// it was drawn on: what outlines a cell in one outlines it in all.
  ///
  /// `order` has the places of the planes in the order in which ImageJ counts them.
  func isOn(_ page: Int, of planes: [ImageContents.Plane], order: [Int]) -> Bool {
    let plane = planes[page]
    guard slice > 0 || frame > 0 else {
      guard index > 0 else { return true }
      guard index <= order.count else { return false }
      let named = planes[order[index - 1]]
      let hasField = plane.time != nil || plane.depth != nil
      if !hasField, plane.channel == nil { return order[index - 1] == page }
      return named.time == plane.time && named.depth == plane.depth
    }
    // Slices and frames are easily mistaken for each other: where a file has one of both, the one counts that
    // goes beyond the first.
    switch (plane.depth, plane.time) {
    case (let depth?, let time?): return Self.means(slice, depth) && Self.means(frame, time)
    case (let depth?, nil): return Self.means(slice > 1 || frame < 2 ? slice : frame, depth)
    case (nil, let time?): return Self.means(frame > 1 || slice < 2 ? frame : slice, time)
    case (nil, nil): return plane.channel != nil || Self.means(max(slice, frame), page)
    }
  }

  /// The places of planes in the order in which ImageJ counts them: channels, then slices, then frames.
  static func order(of planes: [ImageContents.Plane]) -> [Int] {
    planes.indices.sorted { first, second in
      let (a, b) = (planes[first], planes[second])
      return (a.time ?? 0, a.depth ?? 0, a.channel ?? 0, first)
        < (b.time ?? 0, b.depth ?? 0, b.channel ?? 0, second)
    }
  }

  private static func means(_ number: Int, _ place: Int) -> Bool {
    number == 0 || number == place + 1
  }
}
