public import Project
public import Screen

/// An image of the project as it is known when the workbench opens.
public struct ImageEntry: Equatable, Sendable {
  /// The image.
  public var key: ImageKey
  /// Its newest state.
  public var state: ReviewState
  /// Mean binary entropy of the newest proposal, 0...1, if there is one.
  public var uncertainty: Double?

  /// Makes an entry.
  public init(key: ImageKey, state: ReviewState, uncertainty: Double? = nil) {
    self.key = key
    self.state = state
    self.uncertainty = uncertainty
  }
}

/// The whole state of the workbench.
public struct Model: Equatable, Sendable {
  /// The project's name, for the title line.
  public var projectName: String
  /// The images, in the order of their keys.
  public var entries: [ImageEntry]
  /// Colours and their roles.
  public var theme: Theme
  /// What the terminal can show.
  public var colorDepth: ColorDepth
  /// The window.
  public var size: Size

  /// Opens a project.
  public init(
    projectName: String, entries: [ImageEntry], theme: Theme, colorDepth: ColorDepth, size: Size
  ) {
    self.projectName = projectName
    self.entries = entries
    self.theme = theme
    self.colorDepth = colorDepth
    self.size = size
  }
}

/// Takes an event into the model and says what the world has to do about it.
public func update(_ model: inout Model, _ event: Event) -> [Effect] {
  if case .interrupted = event { return [.quit] }
  return []
}

/// Draws the model.
public func view(_ model: Model) -> Grid {
  Grid(size: model.size, style: model.theme.style(.text))
}
