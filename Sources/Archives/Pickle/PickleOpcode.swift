/// The opcodes of Python's pickle, protocols 2 to 5, that some reader takes.
public enum PickleOpcode: UInt8, CaseIterable, Sendable {
  /// A place on the stack to which values are taken together.
  case mark = 0x28
  /// A tuple of nothing.
  case emptyTuple = 0x29
  /// The end.
  case stop = 0x2E
  /// Bytes with a length of four.
  case binBytes = 0x42
  /// Bytes with a length of one.
  case shortBinBytes = 0x43
  /// A number of eight bytes, the highest first.
  case binFloat = 0x47
  /// A whole number of four bytes.
  case binInt = 0x4A
  /// A whole number of one byte.
  case binInt1 = 0x4B
  /// A whole number of two bytes.
  case binInt2 = 0x4D
  /// Python's `None`.
  case none = 0x4E
  /// What a value outside of the pickle is called.
  case binPersistentID = 0x51
  /// A call.
  case reduce = 0x52
  /// A text with a length of four bytes.
  case binUnicode = 0x58
  /// A list of nothing.
  case emptyList = 0x5D
  /// A value to a list.
  case append = 0x61
  /// A state to an object.
  case build = 0x62
  /// A name of a module's, in two lines.
  case global = 0x63
  /// Values to a list.
  case appends = 0x65
  /// A value that was remembered, by a number of one byte.
  case binGet = 0x68
  /// A value that was remembered, by a number of four.
  case longBinGet = 0x6A
  /// Remembers a value by a number of one byte.
  case binPut = 0x71
  /// Remembers a value by a number of four.
  case longBinPut = 0x72
  /// An item to a dictionary.
  case setItem = 0x73
  /// A tuple of what is above the mark.
  case tuple = 0x74
  /// Items to a dictionary.
  case setItems = 0x75
  /// A dictionary of nothing.
  case emptyDictionary = 0x7D
  /// The version of what follows.
  case `protocol` = 0x80
  /// An object of a class.
  case newObject = 0x81
  /// A tuple of one.
  case tuple1 = 0x85
  /// A tuple of two.
  case tuple2 = 0x86
  /// A tuple of three.
  case tuple3 = 0x87
  /// Python's `True`.
  case newTrue = 0x88
  /// Python's `False`.
  case newFalse = 0x89
  /// A whole number with a length of one byte.
  case long1 = 0x8A
  /// A whole number with a length of four bytes.
  case long4 = 0x8B
  /// A text with a length of one byte.
  case shortBinUnicode = 0x8C
  /// A text with a length of eight bytes.
  case binUnicode8 = 0x8D
  /// Bytes with a length of eight.
  case binBytes8 = 0x8E
  /// A set of nothing.
  case emptySet = 0x8F
  /// Values to a set.
  case addItems = 0x90
  /// A set of what is above the mark.
  case frozenSet = 0x91
  /// An object of a class, its arguments by name.
  case newObjectByName = 0x92
  /// A name of a module's, of two texts.
  case stackGlobal = 0x93
  /// Remembers a value by how many there are.
  case memoize = 0x94
  /// How long what follows is.
  case frame = 0x95
  /// Bytes that can be changed, with a length of eight.
  case byteArray8 = 0x96

  /// What Python's `pickletools` calls those that one reader or all refuse.
  private static let names: [UInt8: String] = [
    0x30: "POP", 0x31: "POP_MARK", 0x32: "DUP", 0x42: "BINBYTES", 0x43: "SHORT_BINBYTES",
    0x46: "FLOAT", 0x47: "BINFLOAT", 0x49: "INT", 0x4C: "LONG", 0x50: "PERSID",
    0x51: "BINPERSID", 0x53: "STRING", 0x54: "BINSTRING", 0x55: "SHORT_BINSTRING",
    0x56: "UNICODE", 0x64: "DICT", 0x67: "GET", 0x69: "INST", 0x6C: "LIST", 0x6F: "OBJ",
    0x70: "PUT", 0x81: "NEWOBJ", 0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", 0x8B: "LONG4",
    0x8C: "SHORT_BINUNICODE", 0x8D: "BINUNICODE8", 0x8E: "BINBYTES8", 0x8F: "EMPTY_SET",
    0x90: "ADDITEMS", 0x91: "FROZENSET", 0x92: "NEWOBJ_EX", 0x93: "STACK_GLOBAL",
    0x94: "MEMOIZE", 0x95: "FRAME", 0x96: "BYTEARRAY8", 0x97: "NEXT_BUFFER",
    0x98: "READONLY_BUFFER",
  ]

  /// What an opcode is called in a refusal.
  public static func name(of byte: UInt8) -> String {
    names[byte] ?? "0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
  }
}
