/// What is wrong with a ZIP file, or what of its kind is not read.
public enum ArchiveError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with one of its entries.
  public enum EntryFault: Equatable, Sendable {
    /// There is none of this name.
    case missing
    /// Its bytes are not those whose checksum was written.
    case damaged
    /// It needs a password.
    case encrypted
    /// It is deflated where whoever reads takes stored entries only.
    case compressed
    /// It is packed by another method than deflation.
    case method(Int)
    /// It is stored as it is, and its two sizes differ.
    case twoSizes
    /// The list names a place where it does not begin.
    case misplaced
    /// It goes beyond the entries' part of the file.
    case beyond(size: Int)
    /// There are two of one name.
    case twice
    /// It unpacks to more bytes than are taken, or than its packed ones can hold.
    case tooLarge(size: Int)
  }

  /// It is of the kind for more than 4 GB or 65,534 entries.
  case zip64
  /// It is one of several parts.
  case inParts
  /// The list of its entries is longer than the file.
  case listCutOff
  /// The list of its entries makes no sense from a byte on.
  case brokenList(byte: Int)
  /// The record at its end is missing.
  case noEnd
  /// Something is wrong with an entry.
  case entry(name: String, EntryFault)

  /// What it is, without the file's name.
  public var description: String {
    switch self {
    case .zip64: "a ZIP64 file"
    case .inParts: "a ZIP file in several parts"
    case .listCutOff: "the list of its entries is cut off"
    case .brokenList(let byte): "the list of its entries is broken at byte \(byte)"
    case .noEnd: "a ZIP file without its end, as a broken download leaves it"
    case .entry(let name, .missing): "it lacks the entry \(Shown.text(name))"
    case .entry(let name, let fault): "the entry \(Shown.text(name)) \(Self.text(of: fault))"
    }
  }

  private static func text(of fault: EntryFault) -> String {
    switch fault {
    case .missing: "is missing"
    case .damaged: "is damaged, its checksum differs"
    case .encrypted: "is encrypted"
    case .compressed: "is compressed"
    case .method(let method): "is packed by method \(method), only deflation (8) is read"
    case .twoSizes: "has two sizes"
    case .misplaced: "is not where the list says"
    case .beyond(let size): "of \(size) bytes goes beyond the file's entries"
    case .twice: "comes twice"
    case .tooLarge(let size): "says that it has \(size) bytes, more than it can hold or are read"
    }
  }
}
