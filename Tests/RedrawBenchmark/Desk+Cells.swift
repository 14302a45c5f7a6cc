import Imaging
import Screen
import Workbench

extension Desk {
  /// What concerns all cells of the image.
  mutating func cells(_ proposed: ColouredCells, side: Int, _ rounds: Int) {
    measure("propose", "whole", rounds) { desk, _ in
      desk.send(.proposed(Self.key, proposed, uncertainty: 0.5))
      desk.draw()
    }
    measure("proposal, shown", "whole", rounds) { desk, _ in desk.type("v") }
    for _ in 0..<(3 - rounds % 3) % 3 { type("v") }
    measure("take all", "whole", rounds / 4) { desk, _ in
      desk.type("y")
    } before: { desk, round in
      desk.stroke(round)
    }
    measure("renumber", "whole", rounds / 4) { desk, _ in
      desk.type("#")
    } after: { desk, _ in
      desk.type("u")
    }
    measure("renumber: undo", "whole", rounds / 4) { desk, _ in
      desk.type("u")
    } before: { desk, _ in
      desk.type("#")
    }
    measure("renumber: stroke", "whole", rounds / 4) { desk, round in
      desk.mouse(.release, round)
    } before: { desk, round in
      desk.type("#")
      desk.mouse(.press, round)
      desk.mouse(.drag, round)
    } after: { desk, _ in
      for _ in 0..<2 { desk.type("u") }
    }
    measure("delete, undo", "whole", rounds) { desk, round in
      desk.type(round % 2 == 0 ? "d" : "u")
    }
    keepOnly(rounds / 4)
    takeOthers(proposed, side: side, rounds / 4)
    editAccepted(rounds / 4)
  }

  private mutating func keepOnly(_ rounds: Int) {
    // The pen stands on a cell then.
    stroke(0)
    measure("keep only", "whole", rounds) { desk, _ in
      desk.type("D")
    } after: { desk, _ in
      desk.type("u")
    }
    measure("keep only: undo", "whole", rounds) { desk, _ in
      desk.type("u")
    } before: { desk, _ in
      desk.type("D")
    }
  }

  /// A proposal all of whose cells lie elsewhere than those of the draft, which it takes the place of.
  private mutating func takeOthers(_ proposed: ColouredCells, side: Int, _ rounds: Int) {
    let cells = World.cells(side: side)
    let shift = 40 * side + 40
    let moved = ColouredCells(
      TiledLabels(
        LabelImage(
          width: side, height: side,
          labels: Array(cells.labels.suffix(shift)) + cells.labels.dropLast(shift))))
    measure("take all: others", "whole", rounds) { desk, _ in
      desk.type("y")
    } before: { desk, round in
      let other = round % 2 == 0 ? moved : proposed
      desk.send(.proposed(Self.key, other, uncertainty: 0.5))
    }
    send(.proposed(Self.key, proposed, uncertainty: 0.5))
    type("y")
    measure("take others: undo", "whole", rounds) { desk, _ in
      desk.type("u")
    } before: { desk, _ in
      desk.send(.proposed(Self.key, moved, uncertainty: 0.5))
      desk.type("y")
    }
  }

  /// Everything is taken back after the image was accepted: the next stroke begins with what is accepted.
  private mutating func editAccepted(_ rounds: Int) {
    measure("first of accepted", "whole", rounds) { desk, round in
      desk.mouse(.release, round)
    } before: { desk, round in
      desk.stroke(round)
      desk.type("a")
      desk.comeBack()
      desk.takeAllBack()
      desk.mouse(.press, round)
      desk.mouse(.drag, round)
    }
  }
}
