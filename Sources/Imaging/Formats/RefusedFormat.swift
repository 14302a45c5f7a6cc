/// A kind of file that is refused by its name, and the free program that makes an image of it.
struct RefusedFormat: Sendable {
  /// What it is, with its article.
  let kind: String
  /// How its files' names end, in small letters; where several kinds begin alike, these tell them apart.
  let endings: [String]
  /// How its files begin, any of these; where there is none the name alone decides.
  let starts: [Start]
  /// What makes an image of it.
  let remedy: Remedy
  /// Whether it is a picture, of which a folder's listing speaks.
  let isPicture: Bool
  /// Whether it begins like a format that is read, and holds no more than a thumbnail in it.
  let isDisguised: Bool

  init(
    _ kind: String, _ endings: [String], starts: [Start] = [], _ remedy: Remedy,
    isPicture: Bool = true, isDisguised: Bool = false
  ) {
    (self.kind, self.endings, self.starts, self.remedy) = (kind, endings, starts, remedy)
    (self.isPicture, self.isDisguised) = (isPicture, isDisguised)
  }

  /// Bytes at a place near a file's start.
  struct Start: Sendable, ExpressibleByStringLiteral {
    private let pattern: [UInt8]
    private let offset: Int

    /// Bytes at the very start.
    init(_ pattern: UInt8...) { (self.pattern, offset) = (pattern, 0) }

    /// Characters at the very start.
    init(stringLiteral text: String) { (pattern, offset) = (Array(text.utf8), 0) }

    /// Characters at a place.
    init(_ text: String, at offset: Int) { (pattern, self.offset) = (Array(text.utf8), offset) }

    func fits(_ start: [UInt8]) -> Bool { start.dropFirst(offset).starts(with: pattern) }
  }

  /// The kind of a file that begins so; `seemsRead` where its bytes are also those of a format that is.
  ///
  /// `start` is ``FileSignature/byteCount`` bytes, or all where there are fewer.
  static func of(_ start: [UInt8], name: String, seemsRead: Bool) -> RefusedFormat? {
    let fitting = all.filter { format in format.starts.contains { $0.fits(start) } }
    let ending = name.fileEnding
    if let found = fitting.first(where: { $0.endings.contains(ending) }) ?? fitting.first {
      return found
    }
    let named = named(name)
    guard !seemsRead else { return named?.isDisguised == true ? named : nil }
    let byName = named?.starts.isEmpty == true ? named : nil
    guard let text = text(start) else { return byName }
    return text.isSpecific ? text.format : byName ?? text.format
  }

  /// The kind of a file with such a name.
  static func named(_ name: String) -> RefusedFormat? {
    let ending = name.fileEnding
    return all.first { $0.endings.contains(ending) }
  }

  /// What a text is; `isSpecific` where that counts for more than a name's ending.
  private static func text(_ start: [UInt8]) -> (format: RefusedFormat, isSpecific: Bool)? {
    if start.count >= 16, start.allSatisfy({ $0 == 0 }) { return (zeros, true) }
    let isText = start.allSatisfy { $0 >= 0x20 && $0 != 0x7f || (0x09...0x0d).contains($0) }
    // The last letter may be cut.
    let letters = (0...min(3, start.count)).lazy.compactMap {
      String(validating: start.dropLast($0), as: UTF8.self)
    }.first
    guard isText, !start.isEmpty, let letters else { return nil }
    let words = letters.drop { $0.isWhitespace || $0 == "\u{feff}" }.lowercased()
    if words.hasPrefix("version https://git-lfs") { return (largeFile, true) }
    if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") { return (webPage, true) }
    if words.contains("<svg") { return (drawing, true) }
    if words.hasPrefix("<?xml") { return (xml, false) }
    if words.hasPrefix("{") || words.hasPrefix("[") { return (json, false) }
    return (plainText, false)
  }

  /// What to do with a file that is refused: a sentence, or a command that names it.
  struct Remedy: Sendable {
    private let text: String
    private let target: String

    /// A sentence; in it, `{file}` is the file and `{target}` what becomes of it, whose name ends so.
    init(_ text: String, target: String = "") { (self.text, self.target) = (text, target) }

    /// The sentence for a file; the target is neither the file nor a name that is taken.
    func advice(on file: String, isTaken: (String) -> Bool) -> String {
      let target = Self.quoted(name(besides: file, isTaken: isTaken))
      return text.replacing("{target}", with: target)
        .replacing("{file}", with: Self.quoted(file))
    }

    private func name(besides file: String, isTaken: (String) -> Bool) -> String {
      let cut = file.split(separator: ".", omittingEmptySubsequences: false).dropLast()
      let whole = cut.contains { !$0.isEmpty } ? cut.joined(separator: ".") : file
      // A per cent would be a place for a number, for bfconvert and ffmpeg.
      let stem = whole.replacing("%", with: "_")
      let names = ["", "-converted"].map { stem + $0 } + (2...99).map { "\(stem)-converted-\($0)" }
      let free = names.first { name in
        let written = name + target.replacing("%s", with: "0")
        return written.lowercased() != file.lowercased() && !isTaken(written)
      }
      return (free ?? "\(stem)-converted-100") + target
    }

    /// The name as a shell takes it, never an option.
    private static func quoted(_ name: String) -> String {
      let name = name.hasPrefix("-") ? "./" + name : name
      let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "._-+%/".contains($0) }
      return isPlain ? name : "'" + name.replacing("'", with: "'\\''") + "'"
    }
  }
}

extension String {
  /// What stands behind the last dot, in small letters; empty without one.
  var fileEnding: String {
    guard let dot = lastIndex(of: "."), !self[dot...].contains("/") else { return "" }
    return self[index(after: dot)...].lowercased()
  }
}
