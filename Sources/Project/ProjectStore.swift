import Files
public import Foundation
public import Recipes
import Synchronization

/// A folder of images and the project that is kept for it on disk.
///
/// What is true is what the journals say. A decision writes its mask first and its line second, each
/// of them whole or not at all, so a crash between the two leaves either
/// - a mask of an image that is not accepted: it is ignored, and replaced by the next acceptance; or
/// - a new mask of an image that was accepted before: it is the one the user accepted last.
///
/// Rejecting an accepted image writes the line first and then moves the mask to `withdrawn/`; a crash
/// between the two leaves a mask that is ignored. Nothing is ever deleted but temporary files.
///
/// Reading is quick and never waits for a disk that is being written; every method may be called from
/// any thread.
public final class ProjectStore: Sendable {
  /// How a project is opened.
  public enum Access: Sendable {
    /// Locked against a second writer; crash traces are repaired.
    case readWrite
    /// Nothing is made, locked or repaired; writing throws.
    case readOnly
  }

  /// The folder of images.
  public let images: URL
  /// Where this user's own copy of the project is looked for at the next opening.
  public let ownFolder: URL
  /// What was found out while opening.
  public let report: OpeningReport
  /// The images in the order in which people count, each with the channel that is looked at, and their places.
  private let looked: Mutex<(sources: [ImageSource], places: [ImageKey: Int])>
  let location: Mutex<ProjectPlace>
  let state: Mutex<ProjectState>
  let writer: Mutex<ProjectWriter?>

  /// Opens the project of a folder of images, or makes one.
  ///
  /// `project` says where to keep the project, if not in `.aura` in the folder of images; in
  /// `environment` `XDG_DATA_HOME` and `HOME` are looked up.
  public static func open(
    images: URL, project: URL? = nil, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice(), access: Access = .readWrite,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ProjectError) -> ProjectStore {
    let kept = try ProjectPlace.find(
      images: images, given: project, environment: environment, makes: false)
    let scan = try ImageScan.of(
      images, excluding: excluded(project, in: images), project: ProjectFiles(folder: kept.folder),
      links: links, channel: channel)
    try scan.check()
    let place = try ProjectPlace.find(
      images: images, given: project, environment: environment, makes: access == .readWrite)
    return try ProjectStore(
      images: images, scan: scan, links: links, channel: channel, place: place,
      own: OwnFolder.find(for: images, environment).folder,
      access: place.isReadOnly ? .readOnly : access
    )
  }

  private init(
    images: URL, scan: ImageScan, links: LinkChoice, channel: ChannelChoice, place: ProjectPlace,
    own: URL, access: Access
  ) throws(ProjectError) {
    self.images = images
    ownFolder = own
    let files = ProjectFiles(folder: place.folder)
    looked = Mutex(
      (
        scan.images,
        Dictionary(
          scan.images.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { a, _ in a })
      ))
    var report = OpeningReport(scan)
    var (place, held, read): (_, ProjectWriter?, ProjectState?) = (place, nil, nil)
    if access == .readWrite {
      do throws(ProjectError) {
        let opened = try ProjectWriter.open(files, name: Self.name(of: images), report: &report)
        (held, read) = (opened.writer, opened.state)
      } catch {
        // A folder of several people, whose files are another's.
        guard case .file(.notWritable) = error, place.isProject else { throw error }
        place.isReadOnly = true
      }
    }
    writer = Mutex(held)
    location = Mutex(place)
    report.placeNotice = place.notice
    var loaded: ProjectState
    if let read {
      loaded = read
    } else {
      loaded = try ProjectState.read(files, name: Self.name(of: images), report: &report)
    }
    report.missingMasks = loaded.dropMissingMasks(of: scan.images.map(\.key), files: files)
    report.takeMasks(of: scan) { loaded.isUntouched($0) }
    report.gone = loaded.gone(besides: scan.images.map(\.key), files: files)
    self.report = report
    state = Mutex(loaded)
    if access == .readWrite, !place.isReadOnly, place.folder.path == own.path { recordImages() }
    guard access == .readWrite, !place.isReadOnly else { return }
    func choose(_ settings: inout ProjectSettings) {
      settings.followsLinks =
        links.follows ?? (scan.isFollowedUnasked ? true : settings.followsLinks)
      if let asked = channel.channel { settings.channel = asked == .automatic ? nil : asked }
    }
    var settings = loaded.settings
    choose(&settings)
    if settings != loaded.settings { try update(choose) }
  }

  // MARK: Reading

  /// Where the project is kept and why.
  public var place: ProjectPlace { location.withLock { $0 } }

  /// The project's folder.
  public var folder: URL { place.folder }

  var files: ProjectFiles { ProjectFiles(folder: folder) }

  /// The images, in the order in which people count, each with the channel that is looked at.
  public var sources: [ImageSource] { looked.withLock(\.sources) }

  /// The keys of the images, in the order in which people count.
  public var keys: [ImageKey] { sources.map(\.key) }

  /// The images with their states.
  public var entries: [ProjectEntry] {
    let sources = sources
    return state.withLock { state in sources.map { state.entry(of: $0.key, axes: $0.axes) } }
  }

  /// Where an image stands.
  public func entry(of key: ImageKey) -> ProjectEntry {
    let axes = (try? source(of: key))?.axes ?? ""
    return state.withLock { $0.entry(of: key, axes: axes) }
  }

  /// The newest decision about an image.
  public func decision(on key: ImageKey) -> Decision? { state.withLock { $0.decisions[key] } }

  /// The images that have an accepted mask.
  public var labelledKeys: [ImageKey] {
    entries.filter(\.state.hasMask).map(\.key)
  }

  /// The file and page that hold an image.
  public func source(of key: ImageKey) throws(ProjectError) -> ImageSource {
    let source = looked.withLock { looked in looked.places[key].map { looked.sources[$0] } }
    guard let source else { throw .unknownImage(key.text) }
    return source
  }

  /// The strokes of an image, oldest first; `DraftHistory` replays them.
  public func strokes(of key: ImageKey) -> [Stroke] { state.withLock { $0.strokes[key] ?? [] } }

  /// The settings of the project.
  public var settings: ProjectSettings { state.withLock { $0.settings } }

  // MARK: Writing

  /// Adds a stroke; it is on disk when this returns.
  public func append(_ stroke: Stroke, to key: ImageKey) throws(ProjectError) {
    _ = try source(of: key)
    try write { writer throws(ProjectError) in
      if stroke.tellsCells { try tellOlderPrograms() }
      try writer.strokes.append(StrokeLine(image: key, stroke: stroke))
    } then: {
      state.withLock { $0.strokes[key, default: []].append(stroke) }
    }
  }

  /// Looks at other channels from now on, which ``ImageSource``s of the same images in the same order say.
  func look(at sources: [ImageSource]) {
    looked.withLock { $0.sources = sources }
  }

  /// Changes the settings.
  public func update(
    _ change: (inout ProjectSettings) -> Void
  ) throws(ProjectError) {
    var settings = settings
    try write { _ throws(ProjectError) in
      // As they are now that nobody else writes.
      settings = self.settings
      change(&settings)
      try ProjectFiles.write(settings, to: files.settings, below: folder)
    } then: {
      state.withLock { $0.settings = settings }
    }
  }

  /// Says in the settings that files tell cells apart, before the first one does.
  ///
  /// So a program that would take their numbers for something else refuses the project. To be called while nobody
  /// else writes.
  func tellOlderPrograms() throws(ProjectError) {
    var settings = settings
    guard settings.version < ProjectSettings.cellVersion else { return }
    settings.version = ProjectSettings.cellVersion
    try ProjectFiles.write(settings, to: files.settings, below: folder)
    state.withLock { $0.settings = settings }
  }

  /// Ends writing and frees the lock; what follows can only read.
  public func close() { writer.withLock { $0 = nil } }

  /// Does some writing while nothing else is written, and takes it in when it is on disk.
  ///
  /// Where the project's folder is not the one that was opened, before or after, nothing is taken for
  /// written and no line of it stays in a journal.
  func write(
    _ body: (ProjectWriter) throws(ProjectError) -> Void, then done: () -> Void = {}
  ) throws(ProjectError) {
    try writer.withLock { writer throws(ProjectError) in
      guard let writer else { throw .file(.notWritable(folder.path)) }
      try writer.check()
      let lengths = writer.lengths
      do throws(ProjectError) {
        try body(writer)
        try writer.check()
      } catch {
        writer.takeBack(to: lengths)
        try writer.check()
        throw error
      }
      done()
    }
  }

  /// Takes decisions over that were written by other means.
  func remember(_ decisions: [Decision]) {
    state.withLock { state in
      for decision in decisions { state.decisions[decision.image] = decision }
    }
  }

  private static func name(of images: URL) -> String {
    images.standardizedFileURL.lastPathComponent
  }

  /// What of a project that lies among the images must not be taken for images.
  private static func excluded(_ project: URL?, in images: URL) -> [URL] {
    let isHere = project?.standardizedFileURL.path == images.standardizedFileURL.path
    guard isHere || FileKind(images.appending(path: "aura.json")) == .file else {
      return project.map { [$0] } ?? []
    }
    return ["masks", "runs", "proposals", "withdrawn"].map { images.appending(path: $0) }
  }
}
