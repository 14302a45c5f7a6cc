import Files
import Foundation

/// Whether links that lead out of a folder are followed, as the user says it.
public struct LinkChoice: Equatable, Sendable {
  /// Nil where the project is to say it, and without one they are not.
  let follows: Bool?
  /// How the user asks for it, for messages.
  let option: String

  /// Without arguments as the project has it.
  public init(_ follows: Bool? = nil, by option: String = "") {
    self.follows = follows
    self.option = option
  }

  /// The same once it is known.
  public func settled(_ follows: Bool) -> LinkChoice { LinkChoice(follows, by: option) }
}

/// What of a folder is not looked at though it may hold images or masks.
public struct LeftOut: Equatable, Sendable {
  /// Files and folders that cannot be read.
  public var unread: [RefusedFile] = []
  /// Links that are not followed, as relative paths.
  var links: [String] = []
  /// How the user asks for these.
  var option = ""

  /// Nothing is left out.
  public init() {}

  init(_ unread: [RefusedFile], links: [String], by choice: LinkChoice) {
    self.unread = unread
    self.links = links
    option = choice.option
  }

  /// Refuses a folder of which something cannot be read.
  func checkRead(in folder: URL) throws(ProjectError) {
    guard let first = unread.first else { return }
    throw .file(.unreadable(folder.appending(path: first.path).path, first.reason))
  }

  /// Says why a folder in which nothing was found may hold something.
  func check(in folder: URL) throws(ProjectError) {
    try checkRead(in: folder)
    guard let first = links.first else { return }
    throw .onlyLinks(folder.path, count: links.count, example: first)
  }

  /// A line for the user of each kind.
  public var notices: [String] {
    let read = unread.first.map { first in
      (unread.count == 1 ? "" : "\(unread.count) files and folders cannot be read, such as ")
        + "'\(first.path)'\(unread.count == 1 ? " cannot be read" : ""): \(first.reason)"
    }
    let linked = links.first.map { first in
      (links.count == 1
        ? "the link '\(first)' leads out of the folder and is not followed"
        : "\(links.count) links lead out of the folder and are not followed, such as '\(first)'")
        + (option.isEmpty ? "" : " (\(option))")
    }
    return [read, linked].compactMap(\.self)
  }
}

/// What lies in a folder and is no image of the project, and why.
public struct RefusedFile: Equatable, Sendable {
  /// Its path, relative to the opened folder.
  public let path: String
  /// One line.
  public let reason: String
}
