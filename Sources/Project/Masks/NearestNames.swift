/// Names that differ from another by few letters.
enum NearestNames {
  /// The nearest of some names, at most three, none of which differs in half of its letters or more.
  static func of(_ name: String, among names: [String]) -> [String] {
    let wanted = Array(RelativePath(name).stem.lowercased())
    let limit = max(1, (wanted.count - 1) / 2)
    var found: [(distance: Int, name: String)] = []
    for other in names {
      let worst = found.count < 3 ? limit : (found.last?.distance ?? limit) - 1
      let stem = Array(RelativePath(other).stem.lowercased())
      guard let distance = distance(wanted, stem, limit: worst) else { continue }
      let place = found.firstIndex { $0.distance > distance } ?? found.endIndex
      found.insert((distance, other), at: place)
      found = Array(found.prefix(3))
    }
    return found.map(\.name)
  }

  /// How many letters are to be put in, taken out or exchanged (Levenshtein); nil for more than a limit.
  static func distance(_ a: [Character], _ b: [Character], limit: Int) -> Int? {
    guard limit >= 0, abs(a.count - b.count) <= limit else { return nil }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      var least = row[0]
      for (j, y) in b.enumerated() {
        let cost = min(corner + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        (corner, row[j + 1]) = (row[j + 1], cost)
        least = min(least, cost)
      }
      if least > limit { return nil }
    }
    return row[b.count] <= limit ? row[b.count] : nil
  }
}
