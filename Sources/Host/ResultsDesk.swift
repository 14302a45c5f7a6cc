import Files
import Foundation
import Imaging
import Logging
import Objects
import Project
import Recipes
import Synchronization
import Workbench
import Workflows

/// Measures and exports a project's cells in the background, each on a thread of its own.
final class ResultsDesk: Sendable {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  /// Writes decisions, which are to be on disk before cells are read.
  private let recorder: Worker
  private let measurer = Worker(name: "measures", niceness: 10)
  private let exporter = Worker(name: "export", niceness: 10)
  /// What ends the work that was asked for last.
  private let stops = Mutex((measures: StopRequest(), export: StopRequest()))

  init(store: ProjectStore, mailbox: Mailbox, logger: Logger, recorder: Worker) {
    (self.store, self.mailbox, self.logger) = (store, mailbox, logger)
    self.recorder = recorder
  }

  /// Measures cells in place of what was being measured; answered by `Event.measured`.
  func measure(_ order: MeasureOrder) {
    let stop = StopRequest()
    stops.withLock { stops in
      stops.measures.giveUp()
      stops.measures = stop
    }
    measurer.perform { [self] in
      guard !stop.isAsked else { return }
      do {
        let measured =
          switch order {
          case .accepted: try measureAccepted(stop)
          case .shown(let key, let cells): try measure(cells, of: key)
          }
        if !stop.isAsked { mailbox.post(.measured(measured)) }
      } catch {
        guard !stop.isAsked else { return }
        tell(.measures, error)
      }
    }
  }

  /// Ends what is being measured.
  func stopMeasuring() { stops.withLock { $0.measures.giveUp() } }

  /// Writes cells after what is being exported; answered by `Event.exported`.
  func export(_ order: ExportOrder) {
    let stop = StopRequest()
    stops.withLock { $0.export = stop }
    exporter.perform { [self] in
      do {
        mailbox.post(.exported(try write(order, stop)))
      } catch {
        tell(.export, error)
      }
    }
  }

  /// Ends an export after the image in hand.
  func stopExport() { stops.withLock { $0.export.giveUp() } }

  /// Ends all, after the images in hand.
  func finish() {
    stopMeasuring()
    stopExport()
    measurer.close(waiting: 5)
    exporter.close(waiting: 5)
  }

  private func tell(_ trouble: Trouble, _ error: any Error) {
    logger.warning("results", metadata: ["error": "\(error)"])
    mailbox.post(.failed(trouble, WorkflowError.text(of: error)))
  }

  private func measureAccepted(_ stop: StopRequest) throws -> MeasuredCells {
    recorder.result {}
    let job = try MeasuringJob(store)
    var report = MeasureReport(of: job)
    var troubles: [String] = []
    var pace = Pace()
    try job.run(isStopped: { stop.isAsked }) { measured in
      report.add(measured)
      if pace.isDue { mailbox.post(.measuring(done: report.images.count, of: job.images.count)) }
    } failed: {
      troubles.append(WorkflowError.text(of: $0))
    }
    var notes = troubles.isEmpty ? [] : ["\(troubles.count) left out, such as: \(troubles[0])"]
    if !stop.isAsked {
      notes.insert(try write("tables and figures") { try report.write(into: $0) }, at: 0)
    }
    return MeasuredCells(report.images, of: nil, notes: notes)
  }

  /// Measures what is looked at of an image.
  private func measure(_ cells: TiledLabels, of key: ImageKey) throws -> MeasuredCells {
    let source = try store.source(of: key)
    let image = try source.read()
    guard image.width == cells.width, image.height == cells.height else {
      throw OtherImage(key: key)
    }
    let measured = MeasuredImage(
      key.text, cells: LabelImage(cells), image: image, pixelSize: source.pixelSize)
    var report = MeasureReport(pixelSizes: [source.pixelSize])
    report.add(measured)
    let note = try write("the table") { try report.writeCells(of: key, among: store, into: $0) }
    return MeasuredCells([measured], of: key, notes: [note])
  }

  /// Writes into the project's folder of measures, where that can be done.
  ///
  /// - Returns: a line that says where, or why not.
  private func write(_ what: String, _ body: (URL) throws -> Void) throws -> String {
    guard !store.place.isReadOnly else {
      return "The project is open to look at: \(what) cannot be written into it."
    }
    let folder = store.folder.appending(path: "measures", directoryHint: .isDirectory)
    do {
      try body(folder)
      return "\(what.prefix(1).uppercased() + what.dropFirst()) in \(folder.path)"
    } catch let error as FileError {
      return "\(what.prefix(1).uppercased() + what.dropFirst()) not written: \(error)"
    }
  }

  private func write(_ order: ExportOrder, _ stop: StopRequest) throws -> ExportOutcome {
    recorder.result {}
    let folder =
      order.folder.isEmpty
      ? store.folder.appending(path: "export", directoryHint: .isDirectory)
      : URL(
        filePath: NSString(string: order.folder).expandingTildeInPath, directoryHint: .isDirectory)
    let formats = order.formats.compactMap(CellFormat.named)
    var parts: [ExportOutcome.Part] = []
    var notices: [String] = []
    var pace = Pace()
    for (place, format) in formats.enumerated() where !stop.isAsked {
      let target = Self.freshFolder(format.name, in: folder)
      let job = try CellExport(
        of: store, as: format, order.selection, images: store.images.path, into: target.path,
        place: "folder")
      let written = try job.run(isStopped: { stop.isAsked }) { done, total, _ in
        if pace.isDue {
          mailbox.post(.exporting(done: place * total + done, of: formats.count * total))
        }
      }
      if let leftOut = written.leftOut, !notices.contains(leftOut) { notices.append(leftOut) }
      guard !written.files.isEmpty else { continue }
      parts.append(
        ExportOutcome.Part(
          folder: target.lastPathComponent, files: written.files.count, images: written.images,
          cells: written.cells, proposedImages: written.proposedImages))
    }
    return ExportOutcome(
      folder: folder.path, parts, isStopped: stop.isAsked, notices: notices)
  }

  /// A folder of a name, with a number behind it where something lies there already: nothing is replaced.
  private static func freshFolder(_ name: String, in folder: URL) -> URL {
    var number = 1
    while true {
      let target = folder.appending(
        path: number == 1 ? name : "\(name)-\(number)", directoryHint: .isDirectory)
      guard FileKind(target) != nil else { return target }
      let held = try? FileManager.default.contentsOfDirectory(atPath: target.path)
      if held?.isEmpty == true { return target }
      number += 1
    }
  }
}

/// Lets something through about ten times a second.
private struct Pace {
  private var last = ContinuousClock.now

  /// Whether it is time again.
  var isDue: Bool {
    mutating get {
      let now = ContinuousClock.now
      guard now - last >= .milliseconds(100) else { return false }
      last = now
      return true
    }
  }
}

/// Why an image is not measured: it is not the one that is looked at.
private struct OtherImage: Error, CustomStringConvertible {
  let key: ImageKey
  var description: String { "'\(key)' is another image now; Ctrl-L reads it again" }
}
