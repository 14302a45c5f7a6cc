public import Comparison
public import Project
public import Recipes
public import Screen

/// What the terminal shows, and all that it depends on: one of three workspaces.
public struct Model: Sendable {
  /// What is open: the images of a folder, a run without a project, or a comparison's report.
  var workspace: any Workspace

  /// Opens a project, to look at it where that is all that can be done with it.
  ///
  /// `copyFolder` is where a copy of its labels goes unless told otherwise.
  public init(
    projectName: String, entries: [ProjectEntry], isReadOnly: Bool = false,
    copyFolder: String = "", theme: Theme, colorDepth: ColorDepth, size: Size
  ) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = WorkspaceModel(
      ProjectScreens(),
      ProjectContext(
        name: projectName, entries: entries, isReadOnly: isReadOnly, copyFolder: copyFolder,
        window: window))
  }

  /// Watches a run that has no project: the train screen alone.
  public init(watching name: String, theme: Theme, colorDepth: ColorDepth, size: Size) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = WorkspaceModel(RunScreens(), WatchContext(name: name, window: window))
  }

  /// Opens the report of a comparison, and no project.
  public init(
    report results: ComparisonResults, name: String, theme: Theme, colorDepth: ColorDepth,
    size: Size
  ) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = WorkspaceModel(
      ReportScreens(), ReportContext(results, name: name, window: window))
  }

  /// The window.
  public var size: Size { workspace.window.size }

  /// Whether a key is text as things stand, so that as many as wait may come as one paste.
  public func isText(_ key: Key) -> Bool { workspace.isText(key) }

  /// The image on the annotate screen.
  public var openImage: ImageKey? {
    (workspace as? WorkspaceModel<ProjectScreens>)?.shared.opened
  }
}

/// What can be open, whatever its screens are.
protocol Workspace: Sendable {
  /// The window.
  var window: Window { get }

  /// Takes an event in and says what the world has to do about it.
  mutating func take(_ event: Event) -> [Effect]

  /// Whether a key is a character of a text that is being typed.
  func isText(_ key: Key) -> Bool

  /// Draws the window.
  func draw() -> Grid
}

extension WorkspaceModel: Workspace {
  var window: Window { shared.window }
}

/// Takes an event into the model and says what the world has to do about it.
///
/// Pure: the same model and event always give the same model and effects.
public func update(_ model: inout Model, _ event: Event) -> [Effect] {
  model.workspace.take(event)
}

/// Draws the model.
///
/// Pure, and never traps, however small the window is.
public func view(_ model: Model) -> Grid { model.workspace.draw() }
