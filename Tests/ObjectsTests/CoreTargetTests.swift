import Imaging
import Objects
import Testing

@Suite("What the core channel learns")
struct CoreTargetTests {
  @Test("Cells that touch have cores that do not")
  func touching() {
    var cells = LabelImage(width: 20, height: 10)
    for y in 0..<10 {
      cells.fill(y * 20..<y * 20 + 10, with: 1)
      cells.fill(y * 20 + 10..<y * 20 + 20, with: 2)
    }
    let cores = CoreTarget(cells).cores
    // Beyond the border is nobody: only the seam bounds them, from which the farthest pixel is ten away.
    for y in 0..<10 {
      for x in 0..<20 {
        let distance = x < 10 ? 10 - x : x - 9
        #expect(cores[x, y] == (distance > 4 ? (x < 10 ? 1 : 2) : 0))
      }
    }
  }

  @Test("A cell of a pixel or two has a core of one")
  func small() {
    var cells = LabelImage(width: 5, height: 5)
    cells[2, 2] = 7
    cells[3, 2] = 7
    #expect(CoreTarget(cells).cores.areas == [7: 1])
  }

  @Test("The outermost pixels are never core")
  func rim() {
    var cells = LabelImage(width: 6, height: 6)
    for y in 1..<5 { cells.fill(y * 6 + 1..<y * 6 + 5, with: 3) }
    #expect(CoreTarget(cells).cores.areas == [3: 4])
    #expect(CoreTarget(cells).cores[1, 2] == 0)
  }

  @Test("A cell that fills the picture is core throughout")
  func full() {
    let cells = LabelImage(width: 4, height: 3, labels: Array(repeating: 2, count: 12))
    #expect(CoreTarget(cells).cores == cells)
  }

  @Test("The seam is what lies between two cores, and nothing at an edge to the ground")
  func seam() {
    var cells = LabelImage(width: 40, height: 30)
    for y in 10..<20 {
      cells.fill(y * 40 + 5..<y * 40 + 15, with: 1)
      cells.fill(y * 40 + 15..<y * 40 + 25, with: 2)
      cells.fill(y * 40 + 30..<y * 40 + 38, with: 3)
    }
    let target = CoreTarget(cells)
    #expect(target.seam[14, 15] && target.seam[15, 15])
    #expect(!target.seam[5, 15] && !target.seam[24, 15] && !target.seam[30, 15])
    #expect(zip(target.seam.pixels, target.cores.labels).allSatisfy { $0 == 0 || $1 == 0 })
    #expect(zip(target.seam.pixels, cells.labels).allSatisfy { $0 == 0 || $1 != 0 })
  }
}
