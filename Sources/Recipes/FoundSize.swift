import Basics

/// The working size that was found for images, and what was seen of them.
public struct FoundSize: Codable, Equatable, Sendable {
  /// What was seen at one size.
  public struct Look: Codable, Equatable, Sendable {
    /// The size.
    public let size: Int
    /// The mean IoU of its masks with those of the sizes beside it, 0...1; nil where no mask says anything.
    public let agreement: Double?
    /// The mean IoU of its masks with the true ones, 0...1; nil where no image has one.
    public let iou: Double?
    /// Seconds an image.
    public let seconds: Double

    /// Notes what was seen.
    public init(size: Int, agreement: Double?, iou: Double? = nil, seconds: Double) {
      (self.size, self.agreement, self.iou, self.seconds) = (size, agreement, iou, seconds)
    }
  }

  /// Pixels to which a smallest side of `referenceSide` is scaled.
  public let size: Int
  /// The smallest side in pixels of a typical image of those; larger and smaller ones are scaled alike.
  public let referenceSide: Int
  /// Pixels of the image across a typical cell, as across a disc of its area; nil where none was seen.
  public let cellDiameter: Double?
  /// What was seen at each size, the smallest first.
  public let looks: [Look]

  /// Whether it is a size that was looked at, or lies between it and its neighbour.
  public func isBeside(_ look: Look) -> Bool {
    let sizes = looks.map(\.size)
    if sizes.contains(size) { return look.size == size }
    return look.size == sizes.last { $0 < size } || look.size == sizes.first { $0 > size }
  }

  /// Whether true masks chose it.
  public var isByLabels: Bool { looks.contains { $0.iou != nil } }

  /// Notes what was found.
  public init(size: Int, referenceSide: Int, cellDiameter: Double?, looks: [Look]) {
    (self.size, self.referenceSide) = (size, referenceSide)
    (self.cellDiameter, self.looks) = (cellDiameter, looks)
  }

  /// A line for people: `cells look 40 px across; looked at with 512 px (of 128 to 768)`.
  public var text: String {
    let sizes = looks.map(\.size)
    let range = sizes.first.flatMap { least in sizes.last.map { " (of \(least) to \($0))" } }
    let reason = isByLabels ? ", as the labels say" : ""
    return [cellText, "looked at with \(size) px\(range ?? "")\(reason)"].compactMap(\.self)
      .joined(separator: "; ")
  }

  /// What stands beside a size that is shown: whether it is this one, and how large cells look.
  public func note(beside shown: Int) -> String {
    [shown == size ? "found" : nil, cellText].compactMap(\.self).joined(separator: "; ")
  }

  private var cellText: String? {
    cellDiameter.map { "cells look \(NumberText.decimal($0, digits: 0)) px across" }
  }
}
