/// Why a pickle is not read.
public enum PickleFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// What makes no sense, or goes beyond the file.
  public enum Nonsense: String, Sendable {
    /// The bytes are at an end before the pickle is.
    case end = "the file ends within"
    /// More than one value is left.
    case leftOver = "values are left over"
    /// An opcode takes more values than there are.
    case missingValue = "a value is missing"
    /// An opcode takes all values to a mark that is not there.
    case missingMark = "a mark is missing"
    /// A value goes to something else than a list.
    case noList = "an append to no list"
    /// Items go to something else than a dictionary, or a key is without a value.
    case noDictionary = "items of no dictionary"
    /// The empty stack is to be remembered.
    case nothing = "nothing to remember"
    /// A number under which nothing was remembered.
    case unknownValue = "a value that was not remembered"
    /// A text goes beyond the end, or is not in UTF-8.
    case text = "a text that does not end or is not UTF-8"
    /// A name goes on for more than 256 bytes.
    case name = "a name without end"
    /// A name is put together of something else than texts.
    case noName = "a name that is no text"
    /// A whole number has more than 64 bits.
    case number = "a number of more than 8 bytes"
    /// Something gets a state that has none.
    case state = "a state of what has none"
  }

  /// It uses an opcode that its reader does not take.
  case opcode(UInt8, byte: Int)
  /// It is of a version that its reader does not take.
  case version(UInt8, byte: Int)
  /// It has more steps than are taken.
  case tooLong
  /// It makes no sense.
  case nonsense(Nonsense, byte: Int)

  /// What and where, without the file's name.
  public var description: String {
    switch self {
    case .opcode(let opcode, let byte):
      "it uses pickle's \(PickleOpcode.name(of: opcode)) (byte \(byte))"
    case .version(let version, let byte): "protocol \(version) (byte \(byte) of a pickle)"
    case .tooLong: "its pickle is too long"
    case .nonsense(let what, let byte): "\(what.rawValue) (byte \(byte) of a pickle)"
    }
  }
}
