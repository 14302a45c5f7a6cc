/// A colour for each cell, as a number, such that cells that lie close to each other differ.
///
/// Cells are coloured one after the other, each in the colour that follows from its number unless a neighbour has it.
/// An edit changes the colour only of cells that gained pixels by it, and of those only where a neighbour has it; seldom,
/// where a new cell would have none left, that of a neighbour. Cells that are gone come back in their colour.
public struct CellColours: Equatable, Sendable {
  /// Cells are neighbours where not more than this many pixels of ground less one lie between.
  private static let reach = 4

  /// How many colours there are.
  public let count: Int
  /// Those of cells that are gone as well.
  private var colours: [LabelImage.Label: Int] = [:]

  /// Colours all cells with so many colours; at least 6, that cells which touch can always differ.
  public init(of labels: TiledLabels, count: Int = 8) {
    precondition(count > 0, "\(count) colours")
    self.count = count
    let box = PixelBox(columns: 0..<labels.width, rows: 0..<labels.height)
    let known = CellDistances(in: labels, box: box, reach: Self.reach).byCell
    for label in labels.cells.keys.sorted() { choose(for: label) { known[$0] ?? [:] } }
  }

  /// The colour of a cell, from 0 on.
  public subscript(label: LabelImage.Label) -> Int {
    colours[label] ?? Int(max(label, 1) - 1) % count
  }

  /// Takes an edit in, `labels` being the cells after it; looks only around the pixels that it gave to cells.
  ///
  /// A cell that merely has another number keeps its colour, and nothing is looked at.
  ///
  /// - Returns: around how many cells it looked.
  @discardableResult
  public mutating func update(for edit: LabelEdit, on labels: TiledLabels) -> Int {
    let gains = Gain.gains(of: edit, width: labels.width)
    let losses = Gain.losses(by: edit)
    let before = colours
    var renumbered: Set<LabelImage.Label> = []
    var looks = 0
    for (label, gain) in gains {
      guard let old = gain.onlySource, let colour = before[old],
        gain.area == labels.cells[label]?.area
      else { continue }
      colours[label] = colour
      let kept = (labels.cells[old]?.area ?? 0) - (gains[old]?.area ?? 0)
      if kept == 0, losses[old] == gain.area { renumbered.insert(label) }
    }
    for (label, gain) in gains.sorted(by: { $0.key < $1.key })
    where labels.cells[label] != nil && !renumbered.contains(label) {
      let near = Self.neighbours(of: label, around: gain.box, on: labels)
      looks += 1
      let colour = colours[label]
      if colour == nil || near.keys.contains(where: { colours[$0] == colour }) {
        choose(for: label) { cell in
          looks += 1
          return labels.box(of: cell).map { Self.neighbours(of: cell, around: $0, on: labels) }
            ?? [:]
        }
      }
    }
    return looks
  }

  /// Takes a relabelling in: a cell that has another number keeps its colour, and one that is gone comes back in it.
  public mutating func update(for relabelling: Relabelling) {
    let before = self
    for (old, new) in relabelling.numbers where new != 0 { colours[new] = before[old] }
  }

  private static func neighbours(
    of label: LabelImage.Label, around box: PixelBox, on labels: TiledLabels
  ) -> [LabelImage.Label: Int] {
    let box = box.grown(by: reach, width: labels.width, height: labels.height)
    return CellDistances(in: labels, box: box, reach: reach, of: label).neighbours(of: label)
  }

  /// Gives a cell the colour that disturbs least.
  private mutating func choose(
    for label: LabelImage.Label, neighbours: (LabelImage.Label) -> [LabelImage.Label: Int]
  ) {
    let near = neighbours(label)
    // Cells that touch weigh more than all others that are near.
    var costs = [Int](repeating: 0, count: count)
    for (other, distance) in near {
      guard let colour = colours[other] else { continue }
      costs[colour] += distance == 1 ? 1 << 16 : Self.reach + 1 - distance
    }
    let wanted = self[label]
    let order = (0..<count).map { (wanted + $0) % count }
    let best = order.min { costs[$0] < costs[$1] } ?? wanted
    colours[label] = best
    guard costs[best] >= 1 << 16 else { return }
    for colour in order.sorted(by: { costs[$0] < costs[$1] }) {
      let rivals = near.filter { $0.value == 1 && colours[$0.key] == colour }.keys.sorted()
      if makeRoom(for: label, in: colour, rivals, neighbours: neighbours) { return }
    }
  }

  /// Gives a cell a colour that neighbours have, if each of these has another left.
  private mutating func makeRoom(
    for label: LabelImage.Label, in colour: Int, _ rivals: [LabelImage.Label],
    neighbours: (LabelImage.Label) -> [LabelImage.Label: Int]
  ) -> Bool {
    let before = colours
    colours[label] = colour
    for rival in rivals {
      let taken = Set(neighbours(rival).filter { $0.value == 1 }.keys.compactMap { colours[$0] })
      guard let free = (0..<count).first(where: { !taken.contains($0) }) else {
        colours = before
        return false
      }
      colours[rival] = free
    }
    return true
  }
}

/// What a cell gained by an edit.
private struct Gain {
  /// Around the pixels that it gained.
  var box: PixelBox
  /// Those pixels.
  var area = 0
  /// The one cell that all of them were of; nil where that is ground, or several.
  var onlySource: LabelImage.Label?

  static func gains(of edit: LabelEdit, width: Int) -> [LabelImage.Label: Gain] {
    var gains: [LabelImage.Label: Gain] = [:]
    for change in edit.changes where change.new != 0 {
      let (first, last) = (change.run.lowerBound, change.run.upperBound - 1)
      let rows = first / width..<last / width + 1
      let columns = rows.count == 1 ? first % width..<last % width + 1 : 0..<width
      let box = PixelBox(columns: columns, rows: rows)
      let old = change.old == 0 ? nil : change.old
      var gain = gains[change.new] ?? Gain(box: box, onlySource: old)
      if gain.onlySource != old { gain.onlySource = nil }
      gain.box = gain.box.union(box)
      gain.area += change.run.count
      gains[change.new] = gain
    }
    return gains
  }

  /// The pixels that each cell loses.
  static func losses(by edit: LabelEdit) -> [LabelImage.Label: Int] {
    var losses: [LabelImage.Label: Int] = [:]
    for change in edit.changes where change.old != 0 {
      losses[change.old, default: 0] += change.run.count
    }
    return losses
  }
}
