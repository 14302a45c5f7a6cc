import Foundation
import Imaging
import Logging
import Project
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

struct ProposedCellsTests {
  @Test(.mustEnd, arguments: [false, true])
  func `each proposed cell comes with how unsure the network is of it, and the project keeps that`(
    hasCores: Bool
  ) async throws {
    let folder = try TestFolder()
    // Whatever they see, all of it is cell to them with probability 0.88, whose entropy is 0.53 bits.
    let path = try folder.weights(of: .auraNet, hasCores: hasCores, logit: 2)
    for name in ["a", "b"] { try folder.image("images/\(name).png", width: 64, height: 64) }
    let store = try ProjectStore.open(images: folder.url.appending(path: "images"))
    defer { store.close() }
    let (reports, arrival) = AsyncStream<TrainingService.Report>.makeStream()
    let service = TrainingService(
      store: store, usual: try WeightsSource(.file(path), simulated: nil),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { arrival.yield($0) }
    service.proposeBeforeAnyRun()
    var proposed: [ImageKey] = []
    for await report in reports {
      if case .proposals(.done) = report { break }
      guard case .proposals(.proposed(let cells, let proposal, let doubts)) = report
      else { continue }
      let (key, uncertainty) = (proposal.image, proposal.uncertainty)
      proposed.append(key)
      #expect(!cells.cells.isEmpty && abs(uncertainty - 0.527) < 0.002)
      #expect(doubts.keys.sorted() == cells.cells)
      #expect(doubts.values.allSatisfy { abs($0 - uncertainty) < 0.001 })
      let kept = try #require(store.proposal(of: key))
      #expect(kept.cells == cells && kept.line.cells == cells.cells.count)
      // A byte each.
      #expect(kept.doubts.keys.sorted() == cells.cells)
      for (label, doubt) in doubts { #expect(abs((kept.doubts[label] ?? 9) - doubt) < 0.003) }
    }
    #expect(proposed.sorted() == store.keys)
    #expect(service.finish(within: Patience.seconds))
  }
}
