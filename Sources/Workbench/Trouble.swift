public import Recipes

/// Something that could not be done: what it was, and what is wrong with it.
///
/// Only what it is about is shown and taken back: a stroke that the disk refuses ends no run.
public struct Trouble: Equatable, Sendable {
  /// What could not be done.
  public enum Source: Equatable, Sendable {
    /// To say what a run would do.
    case plan
    /// To begin the run that was asked for.
    case run
    /// To propose masks.
    case proposals
    /// To write a stroke on an image, which is kept and tried again.
    case stroke(ImageKey)
    /// To write a decision on an image, which is what it was before.
    case decision(ImageKey)
    /// To show an image.
    case image(ImageKey)
    /// To make the table of failure cases.
    case review
    /// To show a failure case.
    case reviewCase(ImageKey)
    /// To show a test image of a report.
    case report(ImageKey)
  }

  /// What could not be done.
  public var source: Source
  /// One line saying what is wrong, where, and what to do.
  public var text: String

  /// Tells of something that could not be done.
  public init(_ source: Source, _ text: String) {
    self.source = source
    self.text = text
  }
}
