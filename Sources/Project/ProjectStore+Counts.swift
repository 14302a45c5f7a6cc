import Imaging
public import Recipes
import Synchronization

/// How many cells images have of which no journal says it: those from before cells were counted.
extension ProjectStore {
  /// Images with accepted or proposed cells that were never counted.
  public var uncountedKeys: [ImageKey] {
    entries.filter { ($0.state.hasMask || $0.state == .proposed) && $0.cells == nil }.map(\.key)
  }

  /// Counts the accepted or proposed cells of such an image, and remembers it until the project is closed.
  ///
  /// - Returns: nil where the cells cannot be read or have more pixels than told, and where something was decided or
  ///   proposed meanwhile, with which they were counted.
  public func countCells(of key: ImageKey, mostPixels: Int) -> Int? {
    let isAccepted = entry(of: key).state.hasMask
    let before = state.withLock { (decision: $0.decisions[key], proposal: $0.proposals[key]) }
    guard
      let file = try? isAccepted ? files.mask(of: key) : files.proposal(of: key),
      let header = try? ImageFile.header(file), header.width * header.height <= mostPixels,
      let cells = isAccepted ? try? acceptedCells(of: key) : proposal(of: key)?.cells
    else { return nil }
    let count = cells.cells.count
    return state.withLock { state in
      guard state.decisions[key] == before.decision, state.proposals[key] == before.proposal else {
        return nil
      }
      if isAccepted {
        state.decisions[key]?.cells = count
      } else {
        state.proposals[key]?.cells = count
      }
      return count
    }
  }
}
