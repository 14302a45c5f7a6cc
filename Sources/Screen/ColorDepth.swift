/// How many colours a terminal shows.
public enum ColorDepth: String, CaseIterable, Sendable {
  /// No colour: pictures are dithered, marks are reversed.
  case none
  /// The 16 ANSI colours.
  case ansi16 = "16"
  /// The xterm palette of 256 colours.
  case palette256 = "256"
  /// 24 bits.
  case direct
}
