import ArgumentParser
import Basics
import Console
import Foundation
import Project
import Recipes

/// `aura accept`: proposals that are estimated to be good, accepted unseen.
struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept all proposals of a project that are estimated to be good, unseen.",
    discussion: """
      Examples:
        aura accept my-cells/ --above 0.8 --dry-run   which that would be
        aura accept my-cells/ --above 0.8
        aura accept my-cells/ --undo                  the newest such acceptance

      Each proposal has an estimated quality: the IoU that its mask is thought to have with the true one, \
      which the queue is sorted by. Images that are decided about or drawn on stay as they are, and so do \
      proposals without an estimate, from before there was one. An empty mask, or one of the whole image, is \
      estimated at 0.

      Accepted masks are trained on as if they were drawn by hand; review.jsonl says which were accepted \
      so. --undo makes them proposals again, but for those that were drawn on or decided about since.
      """)

  @Argument(help: "Folder of images whose project is meant.", completion: .directory)
  var path = "."

  @Option(help: ArgumentHelp("Least estimated quality, above 0 to 1.", valueName: "quality"))
  var above: Double?

  @Flag(help: "Take the newest acceptance of this kind back.")
  var undo = false

  @Flag(help: "Only say what would be accepted.")
  var dryRun = false

  @OptionGroup var project: ProjectOptions

  @Flag(
    help: """
      As one JSON object: project, above, dryRun, accepted (image, quality), left (image, quality, why); \
      with --undo: project, takenBack.
      """)
  var json = false

  func validate() throws {
    if undo, above != nil || dryRun {
      throw ValidationError("--undo takes neither --above nor --dry-run")
    }
    guard !undo else { return }
    guard let above else { throw ValidationError("--above QUALITY, such as --above 0.8") }
    guard above > 0, above <= 1 else {
      throw ValidationError("--above \(above): a quality is above 0 and at most 1, such as 0.8")
    }
  }

  func run() throws {
    var store = try open(.readOnly)
    let now = Date().timeIntervalSince1970
    guard let above else {
      // A folder without a mask is left as it is.
      if !store.labelledKeys.isEmpty { store = try open(.readWrite) }
      defer { store.close() }
      return try tell(
        of: store.labelledKeys.isEmpty ? [] : store.takeBackAcceptance(time: now), store)
    }
    var result = store.acceptance(above: above)
    if !dryRun, !result.taken.isEmpty {
      store = try open(.readWrite)
      result = try ProgressLine.follow("accepting") { progress in
        try store.acceptProposals(above: above, time: now, progress: progress)
      }
    }
    defer { store.close() }
    try StandardStream.output.tell(
      [
        "project": store.folder.path, "above": above, "dryRun": dryRun, "accepted": result.taken,
        "left": result.left,
      ] as JSONObject, asJSON: json, text(of: result))
  }

  private func open(_ access: ProjectStore.Access) throws -> ProjectStore {
    try ProjectStore.open(
      images: URL(filePath: path, directoryHint: .isDirectory), project: project.url,
      links: project.links.choice, channel: project.channel.choice, access: access)
  }

  private func tell(of takenBack: [ImageKey], _ store: ProjectStore) throws {
    let lines =
      takenBack.isEmpty
      ? ["nothing to take back"]
      : ["\(NumberText.count(takenBack.count, "image")) proposed again:"]
        + takenBack.map { "  \($0)" }
    try StandardStream.output.tell(
      ["project": store.folder.path, "takenBack": takenBack] as JSONObject, asJSON: json,
      lines.joined(separator: "\n"))
  }

  private func text(of result: BulkAcceptance) -> String {
    let rows =
      result.taken.map { ["accepted", NumberText.hundredths($0.quality), "\($0.image)", ""] }
      + result.left.map { ["left", NumberText.hundredths($0.quality), "\($0.image)", $0.why] }
    let total =
      "\(NumberText.count(result.taken.count, "proposal"))\(dryRun ? " would be" : "") accepted, "
      + "\(result.left.count) left"
    return (rows.isEmpty ? "" : TextColumns.text(rows)) + total
  }
}
