import TestSupport
import Testing

@testable import Imaging

@Suite("One-to-one pairs of the largest weight")
struct SparseAssignmentTests {
  private typealias Edge = SparseAssignment.Edge

  /// The largest weight that any pairing has, by trying all.
  private func largest(_ rows: Int, _ edges: [Edge]) -> PairWeight {
    func best(from row: Int, taken: Set<Int>) -> PairWeight {
      guard row < rows else { return .zero }
      var most = best(from: row + 1, taken: taken)
      for edge in edges where edge.row == row && !taken.contains(edge.column) {
        most = max(most, edge.weight + best(from: row + 1, taken: taken.union([edge.column])))
      }
      return most
    }
    return best(from: 0, taken: [])
  }

  private func randomEdges(
    rows: Int, columns: Int, levels: Int, using generator: inout SplitMix
  ) -> [Edge] {
    var edges: [Edge] = []
    for row in 0..<rows {
      for column in 0..<columns where Int.random(in: 0..<10, using: &generator) < 6 {
        // Few levels: many ties.
        let level = Int.random(in: 1...levels, using: &generator)
        edges.append(
          Edge(
            row: row, column: column,
            weight: PairWeight(
              matches: Int.random(in: 0...1, using: &generator),
              iou: Double(level) / Double(levels),
              common: Int.random(in: 1...3, using: &generator))))
      }
    }
    return edges
  }

  @Test("No other pairing weighs more", arguments: 0..<400)
  func bruteForce(seed: Int) {
    var generator = SplitMix(seed: seed)
    let (rows, columns) = (
      Int.random(in: 0...6, using: &generator), Int.random(in: 0...6, using: &generator)
    )
    let edges = randomEdges(
      rows: rows, columns: columns, levels: seed % 2 == 0 ? 3 : 1000, using: &generator)
    let columnOfRow = SparseAssignment.heaviest(rows: rows, columns: columns, edges: edges)
    #expect(columnOfRow.count == rows)
    let taken = columnOfRow.compactMap(\.self)
    #expect(Set(taken).count == taken.count)
    let chosen = edges.filter { columnOfRow[$0.row] == $0.column }
    #expect(chosen.count == taken.count)
    #expect(chosen.reduce(.zero) { $0 + $1.weight } == largest(rows, edges))
  }

  @Test("A match is worth more than any IoU, and IoU more than common pixels")
  func order() {
    let match = PairWeight(matches: 1, iou: 0.1, common: 1)
    let near = PairWeight(matches: 0, iou: 1, common: 1)
    let large = PairWeight(matches: 0, iou: 0.99, common: 1_000_000)
    #expect(match > near + near)
    #expect(near > large)
    #expect(large > .zero)
  }
}
