import Files
import Foundation

/// What a journal has one of a line.
protocol JournalLine: Codable, Sendable {
  /// The line as JSON.
  func json() throws -> [UInt8]
}

extension JournalLine {
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }
}

extension Decision: JournalLine {}
extension Proposal: JournalLine {}

/// A file of JSON lines that only ever grows: one `write` a line, and each is on disk before
/// `append` returns.
///
/// A line torn by a crash is cut off when the journal is opened; no finished line is ever touched.
final class Journal<Line: JournalLine> {
  /// The file.
  let file: URL
  private let appended: AppendedFile
  private(set) var length: Int
  private var needsNewline: Bool
  private let isAlone: Bool
  private let isDurable: Bool

  /// Opens a journal, made if absent, and reads it.
  ///
  /// `isAlone` says that no other process appends (the project's lock is held), so that the file may
  /// be cut; otherwise a torn line is closed with a newline and skipped for ever after. With
  /// `isDurable` an append waits for the disk.
  static func open(
    _ file: URL, isAlone: Bool, isDurable: Bool
  ) throws(ProjectError) -> (journal: Journal, contents: JournalContents<Line>) {
    let bytes = try Self.bytes(of: file)
    let contents = JournalContents<Line>(bytes)
    let journal = Journal(
      file: file, appended: try ProjectError.filing(AppendedFile(file)), length: bytes.count,
      isAlone: isAlone, isDurable: isDurable)
    journal.needsNewline = contents.needsNewline
    if contents.keptBytes < bytes.count { journal.cut(to: contents.keptBytes) }
    return (journal, contents)
  }

  /// Goes on with a journal of whole lines, so many bytes of them.
  convenience init(
    continuing file: URL, length: Int, isAlone: Bool, isDurable: Bool
  ) throws(ProjectError) {
    self.init(
      file: file, appended: try ProjectError.filing(AppendedFile(file)), length: length,
      isAlone: isAlone, isDurable: isDurable)
  }

  /// Reads a journal and leaves it as it is; an absent one is empty.
  static func read(_ file: URL) throws(ProjectError) -> JournalContents<Line> {
    JournalContents(try bytes(of: file))
  }

  /// Adds a line.
  ///
  /// On failure (disk full) the journal is as it was before.
  func append(_ line: Line) throws(ProjectError) {
    try append(contentsOf: [line])
  }

  /// Adds lines in one write: after a failure none of them is there.
  func append(contentsOf lines: [Line]) throws(ProjectError) {
    guard !lines.isEmpty else { return }
    var bytes = try Self.bytes(of: lines, for: file)
    if needsNewline { bytes.insert(0x0A, at: 0) }
    do {
      try appended.append(bytes, isDurable: isDurable)
    } catch {
      cut(to: length)
      throw .file(error)
    }
    length += bytes.count
    needsNewline = false
  }

  /// Takes lines back that were added behind a length.
  func takeBack(to kept: Int) {
    guard kept < length else { return }
    cut(to: kept)
    // The newline that an unfinished last line lacked may have gone with them; a blank line does no harm.
    needsNewline = kept > 0
  }

  /// Whether the path leads to the file that was opened.
  var isInPlace: Bool { appended.isInPlace }

  /// Lines as they stand in a file.
  static func bytes(of lines: [Line], for file: URL) throws(ProjectError) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines { bytes += try encode(line, for: file) }
    return bytes
  }

  private init(
    file: URL, appended: AppendedFile, length: Int, isAlone: Bool, isDurable: Bool
  ) {
    self.file = file
    self.appended = appended
    self.length = length
    self.isAlone = isAlone
    self.isDurable = isDurable
    needsNewline = false
  }

  /// Drops an unfinished line; where that is not possible the next line starts with a newline.
  private func cut(to kept: Int) {
    if isAlone, (try? appended.cut(to: kept)) != nil {
      length = kept
    } else {
      needsNewline = true
    }
  }

  private static func encode(_ line: Line, for file: URL) throws(ProjectError) -> [UInt8] {
    do {
      var text = try line.json()
      text.append(0x0A)
      return text
    } catch {
      throw .file(.system(file.path, "a line cannot be written as JSON (\(error))"))
    }
  }

  private static func bytes(of file: URL) throws(ProjectError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: file.path) else { return [] }
    do {
      return [UInt8](try Data(contentsOf: file))
    } catch {
      throw .file(.foundation(file.path, error))
    }
  }
}
