import Files
import Foundation
import Imaging
import Logging
import Networks
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import WorkflowTesting
import Workflows

@testable import Host

/// Labels, one of which is damaged or of another size, in the two desks.
struct DeskTests {
  private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// A project of three images, the first of them accepted, whose masks are then changed.
  private func withStore(
    masks: [String: Mask?] = [:], accepted: Int = 3, _ body: (ProjectStore) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aura-desk-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["a", "b", "c"] {
      let values = (0..<64 * 64).map { Float($0 % 251) }
      try PNG.encode(Image(width: 64, height: 64, bitDepth: 8, values: values))
        .write(to: folder.appending(path: "\(name).png"))
    }
    let store = try ProjectStore.open(images: folder)
    defer { store.close() }
    let drawn = Mask(width: 64, height: 64, pixels: (0..<64 * 64).map { $0 < 64 * 32 ? 1 : 0 })
    for key in store.keys.prefix(accepted) {
      try store.decide(Decision(image: key, state: .accepted, time: 1), mask: drawn)
    }
    for (name, mask) in masks {
      let file = store.folder.appending(path: "masks/\(name).png.png")
      try #require(FileManager.default.fileExists(atPath: file.path))
      try (mask.map { MaskFile.encode($0) } ?? Data("torn".utf8)).write(to: file)
    }
    try await body(store)
  }

  /// Events of a mailbox up to one that is waited for.
  private func events(
    until isLast: (Event) -> Bool, from start: (Mailbox) -> Void
  ) async -> [Event] {
    let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    let mailbox = Mailbox { arrival.yield() }
    start(mailbox)
    var events: [Event] = []
    for await _ in arrivals {
      events += mailbox.drain()
      if events.contains(where: isLast) { break }
    }
    return events
  }

  @Test(.mustEnd)
  func `a run leaves bad labels out and names them, and fails where none is left`() async throws {
    var recipe = Recipe()
    recipe.size = 64
    let masks: [String: Mask?] = ["a": nil, "c": Mask(width: 3, height: 3)]
    for isLeft in [true, false] {
      let bad = isLeft ? masks : masks.merging(["b": nil]) { $1 }
      try await withStore(masks: bad) { store in
        var desk: TrainingService?
        let events = await events(
          until: { event in
            if case .training(.failed) = event { true } else { false }
          },
          from: { mailbox in
            let made = TrainingService(
              store: store, usual: .nothing, logger: Self.quiet, threads: 1
            ) { mailbox.post(Event($0)) }
            // A single image at this size cannot be trained on: the run ends with that.
            var alone = recipe
            alone.batch = 1
            #expect(made.begin(alone).isEmpty)
            desk = made
          })
        let notices = events.compactMap { if case .notice(let text) = $0 { text } else { nil } }
        try #require(notices.count == (isLeft ? 1 : 0), "\(events)")
        if isLeft { #expect(notices[0].contains("a.png") && notices[0].contains("c.png")) }
        let failures = events.compactMap {
          if case .training(.failed(let text)) = $0 { text } else { nil }
        }
        try #require(failures.count == 1, "\(events)")
        let text = failures[0]
        #expect(text.contains("left out") == !isLeft)
        #expect(text.contains("batch norm") == isLeft)
        _ = desk?.finish()
      }
    }
  }

  @Test(.mustEnd)
  func `before any run every image without a mask is proposed for once, and plans come in between`()
    async throws
  {
    let folder = try TestFolder()
    let path = try folder.weights(of: .auraNet)
    let source = try WeightsSource(.file(path), simulated: nil)
    try await withStore(accepted: 1) { store in
      for isFirst in [true, false] {
        var desk: TrainingService?
        let events = await events(
          until: { event in
            if isFirst { event == .proposalsDone } else { event.forecast != nil }
          },
          from: { mailbox in
            let made = TrainingService(
              store: store, usual: source, logger: Self.quiet, threads: 1
            ) { mailbox.post(Event($0)) }
            made.proposeBeforeAnyRun()
            made.plan(nil)
            desk = made
          })
        #expect(events.compactMap(\.forecast).map(\.recipe.weights) == [.file(path)])
        let proposed = events.count {
          if case .proposed(_, _, _, _, path, _) = $0 { true } else { false }
        }
        #expect(proposed == (isFirst ? 2 : 0), "\(events)")
        let suggested = events.compactMap { event in
          if case .suggested(let images) = event { images } else { nil }
        }
        #expect(suggested == (isFirst ? [store.suggestedImages] : []))
        #expect(Set(store.suggestedImages) == Set(store.keys.suffix(2)))
        #expect(store.entries.map(\.state) == [.accepted, .proposed, .proposed])
        #expect(store.entries.map(\.proposedBy) == [nil, path, path])
        #expect(desk?.finish() == true)
      }
    }
  }

  /// What is told until the first proposals by weights as those that come with aura are there.
  private func firstProposals(
    in store: ProjectStore, by path: String
  ) async throws -> [Event] {
    let source = try WeightsSource(.simulated, simulated: URL(filePath: path))
    var desk: TrainingService?
    let events = await events(until: { $0 == .proposalsDone }) { mailbox in
      let made = TrainingService(
        store: store, usual: source, logger: Self.quiet, threads: 2
      ) { mailbox.post(Event($0)) }
      made.proposeBeforeAnyRun()
      desk = made
    }
    #expect(desk?.finish() == true)
    return events
  }

  @Test(.mustEnd)
  func `the weights that come with aura find the size first, and the project keeps it`()
    async throws
  {
    let folder = try TestFolder()
    let path = try folder.weights(of: .auraNet)
    try await withStore(accepted: 1) { store in
      let events = try await firstProposals(in: store, by: path)
      let looks = events.compactMap { event in
        if case .findingSize(let done, let count) = event { [done, count] } else { nil }
      }
      // Three images, the three least sizes.
      #expect(looks == (0..<9).map { [$0, 9] }, "\(events)")
      let told = events.compactMap { event in
        if case .foundSize(let found) = event { found } else { nil }
      }
      // Random weights may agree on nothing.
      #expect(told == [store.settings.foundSize].compactMap(\.self))
      #expect(store.settings.workingSize == nil)
      #expect(store.entries.map(\.state) == [.accepted, .proposed, .proposed])
    }
  }

  @Test(.mustEnd, arguments: [true, false])
  func `a size that is known, or was set by hand, is not looked for`(isSet: Bool) async throws {
    let folder = try TestFolder()
    let path = try folder.weights(of: .auraNet)
    let found = FoundSize(size: 128, referenceSide: 64, cellDiameter: 9, looks: [])
    try await withStore(accepted: 1) { store in
      try store.update {
        $0.foundSize = found
        if isSet { $0.workingSize = 64 }
      }
      let events = try await firstProposals(in: store, by: path)
      #expect(
        !events.contains {
          switch $0 {
          case .findingSize, .foundSize: true
          default: false
          }
        }, "\(events)")
      #expect(store.settings.foundSize == found)
      #expect(store.entries.map(\.state) == [.accepted, .proposed, .proposed])
    }
  }

  @Test(.mustEnd)
  func `a case of the review has the cells that were accepted and predicted`() async throws {
    try await withStore { store in
      let (key, run) = (store.keys[0], try store.newOldRun())
      var (truth, predicted) = (
        LabelImage(width: 64, height: 64), LabelImage(width: 64, height: 64)
      )
      for label: UInt16 in 1...2 {
        truth.fill(Int(label) * 640..<Int(label) * 640 + 40, with: label)
        predicted.fill(Int(label) * 640..<Int(label) * 640 + 30, with: 3 - label)
      }
      try store.decide(Decision(image: key, state: .accepted, time: 2), cells: truth)
      try AtomicWrite.write(
        MaskFile.encode(predicted.mask), to: try run.predictionFile(of: key))
      try AtomicWrite.write(
        LabelFile.encode(predicted), to: try run.predictedCellsFile(of: key))
      var desk: ReviewDesk?
      let events = await events(
        until: { event in
          if case .reviewLoaded = event { true } else { false }
        },
        from: { mailbox in
          let made = ReviewDesk(store: store, mailbox: mailbox, logger: Self.quiet, threads: 1)
          made.load(key)
          desk = made
        })
      let image = try store.source(of: key).read()
      func loaded(_ cells: LabelImage?) -> Event {
        .reviewLoaded(
          key,
          ReviewCase(
            image: image, truth: Annotation(truth), prediction: predicted.mask, cells: cells))
      }
      #expect(events == [loaded(predicted)] && events != [loaded(nil)])
      desk?.finish()
    }
  }

  @Test(.mustEnd)
  func `review names bad labels and what any network before was trained on`() async throws {
    try await withStore(masks: ["c": Mask(width: 3, height: 3)]) { store in
      let run = try store.newOldRun()
      try run.write(Split(parts: [store.keys[0]: .train, store.keys[1]: .validation]))
      for key in store.keys {
        try AtomicWrite.write(
          MaskFile.encode(Mask(width: 64, height: 64)), to: try run.predictionFile(of: key))
        try AtomicWrite.write(
          LabelFile.encode(LabelImage(width: 64, height: 64)),
          to: try run.predictedCellsFile(of: key))
      }
      var desk: ReviewDesk?
      let events = await events(
        until: { event in
          if case .reviewed = event { true } else { false }
        },
        from: { mailbox in
          let made = ReviewDesk(store: store, mailbox: mailbox, logger: Self.quiet, threads: 1)
          made.refresh()
          desk = made
        })
      guard case .reviewed(let rows) = events.last, case .notice(let text) = events.first else {
        Issue.record("\(events)")
        return
      }
      #expect(rows.map(\.image.text) == ["a.png", "b.png"])
      #expect(rows.map(\.trainedOn) == [true, false])
      #expect(text.contains("c.png") && text.contains("3x3"))
      desk?.finish()
    }
  }
}

extension Event {
  /// What a run would do, if that is what it tells.
  fileprivate var forecast: RunForecast? {
    if case .planned(let forecast) = self { forecast } else { nil }
  }
}
