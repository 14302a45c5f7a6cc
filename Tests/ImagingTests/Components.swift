@testable import Imaging

/// The connected parts of a mask, numbered from 1 in the order of their first pixels.
///
/// Two passes over the rows with a table of equivalences (Rosenfeld and Pfaltz 1966).
struct Components: Equatable, Sendable {
  /// What counts as touching.
  enum Connectivity: Int, Sendable {
    /// Pixels that share an edge.
    case four = 4
    /// Pixels that share an edge or a corner.
    case eight = 8
  }

  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// `height * width` numbers: 0 outside, else the part that the pixel belongs to.
  let labels: [Int32]
  /// Pixels of each part; part `n` is at place `n - 1`.
  let areas: [Int]

  /// How many parts there are.
  var count: Int { areas.count }

  /// Finds the parts of a mask.
  init(of mask: Mask, connectivity: Connectivity = .eight) {
    width = mask.width
    height = mask.height
    var labels = [Int32](repeating: 0, count: mask.pixels.count)
    var parents: [Int32] = [0]
    let isEight = connectivity == .eight
    for y in 0..<mask.height {
      for x in 0..<mask.width where mask.pixels[y * mask.width + x] != 0 {
        let index = y * mask.width + x
        var label: Int32 = x > 0 ? labels[index - 1] : 0
        if y > 0 {
          let above = index - mask.width
          Self.join(&label, labels[above], &parents)
          if isEight && x > 0 { Self.join(&label, labels[above - 1], &parents) }
          if isEight && x + 1 < mask.width { Self.join(&label, labels[above + 1], &parents) }
        }
        if label == 0 {
          label = Int32(parents.count)
          parents.append(label)
        }
        labels[index] = label
      }
    }
    var numbers = [Int32](repeating: 0, count: parents.count)
    var areas: [Int] = []
    for index in labels.indices where labels[index] != 0 {
      let root = Int(Self.root(labels[index], &parents))
      if numbers[root] == 0 {
        areas.append(0)
        numbers[root] = Int32(areas.count)
      }
      labels[index] = numbers[root]
      areas[Int(numbers[root]) - 1] += 1
    }
    self.labels = labels
    self.areas = areas
  }

  /// The mask of one part, numbered from 1.
  func mask(of number: Int) -> Mask {
    Mask(width: width, height: height, pixels: labels.map { $0 == Int32(number) ? 1 : 0 })
  }

  private static func join(_ label: inout Int32, _ other: Int32, _ parents: inout [Int32]) {
    guard other != 0 else { return }
    guard label != 0 else {
      label = other
      return
    }
    guard label != other else { return }
    let (a, b) = (root(label, &parents), root(other, &parents))
    parents[Int(max(a, b))] = min(a, b)
    label = min(a, b)
  }

  private static func root(_ label: Int32, _ parents: inout [Int32]) -> Int32 {
    var label = label
    while parents[Int(label)] != label {
      parents[Int(label)] = parents[Int(parents[Int(label)])]
      label = parents[Int(label)]
    }
    return label
  }
}
