import ArgumentParser
import Console
import Files
import Foundation
import Project
import Workflows

/// `aura check`: what a folder holds, how it is read, what is odd.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say how every image and mask of a folder is read, and what is odd about it.",
    discussion: """
      Examples:
        aura check my-cells/
        aura check images/ --masks truth/          how these masks are read
        aura check images/ --masks truth/ --mask-values cell=2
        aura check movie.tif --channel 1
        aura check my-cells/ --csv > check.csv     or --json

      A line an image: size, bits (f is floating point), what is looked at of several channels, \
      micrometres a pixel, the two values that become black and white, the part of the annotated \
      pixels that is cell, and how many cells there are: their numbers, or pieces that touch nowhere. \
      What is odd stands at the end. Nothing is written.

      --json is an object a line: image, axes, width, height, bits, float, color, channels, channel \
      (from 0), channelName, pages, pixelSize (x and y in micrometres), contrast (black and white), mask \
      (file, page, form: accepted, picture, cells, outlines, array or coco; share, unknown: the part not \
      annotated, objects, labelled, failure), odd, failure; what is not known is left out. The last line \
      is the folder: folder, images, failures, notes, troubles, findings (kind, place, text).

      Where an image, a mask or a file cannot be read, or it cannot be told what the numbers of masks \
      mean, that is told and the exit code is 65; what is merely odd leaves it 0.
      """)

  @Argument(help: "Image, folder of images, or of a project.", completion: .file())
  var path: String

  @OptionGroup var masks: MaskOptions
  @OptionGroup var project: ProjectOptions

  @Flag(help: "Look at headers only: no contrast, and no mask is read.")
  var quick = false

  @Flag(help: "One JSON object a line on standard output.")
  var json = false

  @Flag(help: "A table of comma-separated values on standard output.")
  var csv = false

  func validate() throws {
    guard !(json && csv) else { throw ValidationError("give either --json or --csv") }
  }

  func run() throws {
    let folder = try ImageFolder(
      path, project: project.url, links: project.links.choice, channel: project.channel.choice)
    var check = FolderCheck(
      folder, masks: masks.masks, values: masks.numbers.values, isQuick: quick)
    let troubles = check.troubles.map { Failure($0) }
    StandardStream.error.notes(check.notes + troubles.map(\.text))
    let stop = StopRequest()
    let signals = Signals(stopping: stop) { _ in "what was looked at is told" }
    defer { withExtendedLifetime(signals) {} }
    var summary = CheckSummary()
    var report = CommandReport(total: check.images.count, isJSON: json)
    try check.run(stop: stop) { record in
      summary.add(record)
      if let failure = record.failure ?? record.mask?.failure {
        report.failed(Failure(.badInput, "'\(record.image)': \(failure)"))
        if json { try StandardStream.output.json(record) }
      } else {
        try report.done(record, note: record.image)
      }
    }
    let ending = Result { try report.finish("\(summary.records.count) images looked at") }
    try tell(summary, check, troubles)
    if let number = stop.number { throw ExitCode(128 + number) }
    try ending.get()
    if let first = troubles.first {
      throw Failure(first.status, "the masks cannot be used, see above")
    }
    try check.checkWhole()
  }

  private func tell(_ summary: CheckSummary, _ check: FolderCheck, _ troubles: [Failure]) throws {
    if json {
      try StandardStream.output.json(
        [
          "folder": path, "images": summary.records.count, "failures": summary.failures,
          "notes": check.notes, "troubles": troubles.map(\.text), "findings": check.findings,
        ] as JSONObject)
    } else {
      try StandardStream.output.write(csv ? summary.csv : summary.text(check.findings))
    }
  }
}
