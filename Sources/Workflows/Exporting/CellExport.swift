import Files
public import Foundation
import Imaging
public import Objects
public import Project
import Recipes

/// The cells of a project in a format of other programs, with a list of what was written.
public struct CellExport {
  /// What was written.
  public struct Written {
    /// The files.
    public var files: [URL] = []
    /// How many images are in them.
    public var images = 0
    /// How many cells.
    public var cells = 0
    /// How many of the images have cells that a network proposed and nobody reviewed.
    public var proposedImages = 0
    /// A line that names what was left out, if anything was.
    public var leftOut: String?
  }

  /// A line of the list of what was written.
  private struct Line {
    let image: String
    let file: String
    let state: String
    let cells: Int
  }

  private let store: ProjectStore
  private let format: CellFormat
  private let keys: [ImageKey]
  private let folder: URL
  private let files: [ImageKey: URL]
  private var manifest: URL { folder.appending(path: "manifest.csv") }

  /// Plans what is written where; where something would replace an original, the user is to choose another `place`.
  ///
  /// - Throws: `WorkflowError` where no image is selected, or something is in the way.
  public init(
    of store: ProjectStore, as format: CellFormat, _ selection: CellSelection, images: String,
    into output: String, place: String
  ) throws {
    (self.store, self.format) = (store, format)
    keys = store.entries.filter { entry in
      switch selection {
      case .accepted: entry.state.hasMask
      case .proposed: entry.state == .proposed
      case .all: entry.state.hasMask || entry.state == .proposed
      }
    }.map(\.key)
    guard !keys.isEmpty else {
      throw WorkflowError.noAcceptedMask(project: store.folder.path, images: images)
    }
    folder = URL(filePath: output, directoryHint: .isDirectory)
    switch format.writer {
    case .each:
      files = Output.files(of: store.keys, in: output, ending: format.fileName)
    case .together:
      let file = folder.appending(path: format.fileName)
      files = Dictionary(uniqueKeysWithValues: keys.map { ($0, file) })
    }
    let targets = Set(keys.compactMap { [files] in files[$0] })
    try Originals(store).spare(
      from: targets.sorted { $0.path < $1.path } + [folder.appending(path: "manifest.csv")],
      place: place)
  }

  /// Writes all images, one after the other, until it is stopped: what is whole by then is kept and listed.
  ///
  /// - Throws: what is wrong with the disk; `WorkflowError.labels` where every image is left out.
  public func run(
    isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int, _ name: String) -> Void
  ) throws -> Written {
    let target = try Output.resultFolder(folder.path)
    defer { target.removeIfEmpty() }
    var written = Written()
    var (lines, troubles, all) = ([Line](), LabelTroubles(), Data())
    var isCut = false
    var together: (any CellSetWriter)?
    if case .together(let begin) = format.writer {
      together = begin(keys.map { (try? store.source(of: $0))?.pixelSize })
    }
    for (index, key) in keys.enumerated() {
      guard !isStopped() else {
        isCut = true
        break
      }
      guard let file = files[key] else { continue }
      do {
        guard let exported = try cells(of: key) else { continue }
        if together != nil {
          all += try together?.add(exported) ?? Data()
        } else if case .each(let encode) = format.writer {
          try AtomicWrite.write(encode(exported), to: file, isDurable: false)
          written.files.append(file)
        }
        lines.append(
          Line(
            image: key.text, file: file.lastPathComponent, state: exported.state.rawValue,
            cells: exported.cells.cells.count))
      } catch {
        try troubles.add(error, at: key)
      }
      progress(index + 1, keys.count, key.text)
    }
    // A file of all images is not written of some.
    if isCut, together != nil { return Written() }
    if lines.isEmpty, troubles.notice != nil { throw WorkflowError.labels(troubles) }
    if together != nil, let file = files[keys[0]] {
      all += together?.end() ?? Data()
      try AtomicWrite.write(all, to: file, isDurable: false)
      written.files.append(file)
    }
    try AtomicWrite.write(table(of: lines), to: manifest, isDurable: false)
    written.images = lines.count
    written.cells = lines.reduce(0) { $0 + $1.cells }
    written.proposedImages = lines.count { $0.state == ExportedCells.State.proposed.rawValue }
    written.leftOut = troubles.notice
    return written
  }

  /// The cells of an image, with the image where the format shows it.
  private func cells(of key: ImageKey) throws -> ExportedCells? {
    let source = try store.source(of: key)
    let picture = format.needsPicture ? try source.read() : nil
    let header = try ImageFile.header(source.file, page: source.page)
    if let accepted = try store.acceptedAnnotation(
      of: key, expecting: (header.width, header.height))
    {
      return ExportedCells(
        of: key.text, accepted.objects, unknown: accepted.unknown, pixelSize: source.pixelSize,
        picture: picture)
    }
    guard let proposed = store.proposal(of: key)?.cells, proposed.width == header.width,
      proposed.height == header.height
    else { return nil }
    return ExportedCells(
      of: key.text, proposed, state: .proposed, pixelSize: source.pixelSize, picture: picture)
  }

  private func table(of lines: [Line]) -> String {
    CSV.text(
      lines,
      columns: [
        CSVColumn("image", \.image), CSVColumn("file", \.file), CSVColumn("state", \.state),
        CSVColumn("cells", \.cells),
      ])
  }
}
