import Basics

/// Names of files that are made of others' names.
public enum FileName {
  /// Bytes of the longest name that the disks in use take.
  static let longest = 255

  /// A name with something behind it; shortened where no disk takes it, so that no two names come to one.
  ///
  /// What is left of a shortened name ends with `~` and a hash (FNV-1a) of all of it.
  public static func fitting(_ name: String, ending: String) -> String {
    guard name.utf8.count + ending.utf8.count > longest else { return name + ending }
    var hash = FNV1a()
    for byte in name.utf8 { hash.add(UInt64(byte)) }
    let mark = "~" + String(hash.value, radix: 36)
    var start = name[...]
    while start.utf8.count + mark.utf8.count + ending.utf8.count > longest { start.removeLast() }
    return start + mark + ending
  }
}
