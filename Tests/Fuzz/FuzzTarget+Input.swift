import Screen
import Terminal

extension FuzzTarget {
  /// The terminal's bytes mean the same however they are cut into reads.
  static func input(_ bytes: [UInt8]) {
    var whole = InputParser()
    let once = whole.feed(bytes)
    var pieces = InputParser()
    var found: [Input] = []
    for byte in bytes { found += pieces.feed([byte]) }
    precondition(found == once, "events depend on how reads are cut")
    precondition(whole.flush() == pieces.flush(), "what waits depends on how reads are cut")
  }
}
