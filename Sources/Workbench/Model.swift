public import Comparison
public import Imaging
public import Recipes
public import Screen

/// What the terminal shows, and all that it depends on: one of three workspaces.
public struct Model: Equatable, Sendable {
  /// What is open.
  var workspace: Workspace

  /// Opens a project.
  public init(
    projectName: String, entries: [ImageEntry], theme: Theme, colorDepth: ColorDepth, size: Size
  ) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = .project(
      WorkspaceModel(
        ProjectScreens(), ProjectContext(name: projectName, entries: entries, window: window)))
  }

  /// Watches a run that has no project: the train screen alone.
  public init(watching name: String, theme: Theme, colorDepth: ColorDepth, size: Size) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = .run(WorkspaceModel(RunScreens(), WatchContext(name: name, window: window)))
  }

  /// Opens the report of a comparison, and no project.
  public init(
    report results: ComparisonResults, name: String, theme: Theme, colorDepth: ColorDepth,
    size: Size
  ) {
    let window = Window(size: size, theme: theme, colorDepth: colorDepth)
    workspace = .report(
      WorkspaceModel(ReportScreens(), ReportContext(results, name: name, window: window)))
  }

  /// The window.
  public var size: Size {
    switch workspace {
    case .project(let project): project.shared.window.size
    case .run(let run): run.shared.window.size
    case .report(let report): report.shared.window.size
    }
  }

  /// The screen that is shown.
  public var tab: Tab {
    switch workspace {
    case .project(let project): project.shared.tab
    case .run(let run): run.shared.tab
    case .report(let report): report.shared.tab
    }
  }

  /// The images of the project, in the order of their keys.
  public var entries: [ImageEntry] { project?.list.entries ?? [] }

  /// The image on the annotate screen.
  public var openImage: ImageKey? { project?.opened }

  /// The mask of an image in memory as it is looked at; a stroke in hand is not part of it.
  public func draft(of key: ImageKey) -> Mask? { (project?.cache[key]?.working).map { Mask($0) } }

  private var project: ProjectContext? {
    if case .project(let project) = workspace { project.shared } else { nil }
  }
}

/// What can be open.
enum Workspace: Equatable, Sendable {
  /// The images of a folder, to be segmented.
  case project(ProjectModel)
  /// A run without a project, to be watched.
  case run(RunModel)
  /// The results of a comparison, to be looked at.
  case report(ReportModel)
}

extension Workspace {
  /// Takes an event in; what is open is moved out and back, so that nothing of it is copied.
  mutating func take(_ event: Event) -> [Effect] {
    switch consume self {
    case .project(var project):
      let effects = project.take(event)
      self = .project(project)
      return effects
    case .run(var run):
      let effects = run.take(event)
      self = .run(run)
      return effects
    case .report(var report):
      let effects = report.take(event)
      self = .report(report)
      return effects
    }
  }
}

/// A project on the screen.
typealias ProjectModel = WorkspaceModel<ProjectScreens>
/// A run on the screen.
typealias RunModel = WorkspaceModel<RunScreens>
/// A comparison's report on the screen.
typealias ReportModel = WorkspaceModel<ReportScreens>

/// Takes an event into the model and says what the world has to do about it.
///
/// Pure: the same model and event always give the same model and effects.
public func update(_ model: inout Model, _ event: Event) -> [Effect] {
  model.workspace.take(event)
}

/// Draws the model.
///
/// Pure, and never traps, however small the window is.
public func view(_ model: Model) -> Grid {
  switch model.workspace {
  case .project(let project): project.draw()
  case .run(let run): run.draw()
  case .report(let report): report.draw()
  }
}
