/// Numbers from 0 on, joined to sets.
struct DisjointSets {
  private var parents: [Int]

  /// Each number is a set of its own.
  init(count: Int) { parents = Array(0..<count) }

  /// The lowest number of the set that one is in.
  mutating func lowest(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  /// Makes one of the sets that two numbers are in.
  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (lowest(of: a), lowest(of: b))
    parents[max(a, b)] = min(a, b)
  }
}
