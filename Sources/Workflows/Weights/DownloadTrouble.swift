/// Why a file did not come.
public enum DownloadTrouble: Error, Equatable, Sendable {
  /// No answer, or none any more: what the system says.
  case connection(String)
  /// The server answered with another status than that of a file.
  case status(Int)
  /// The part on disk does not go with the server's file.
  case otherFile
  /// More bytes than such a file has.
  case tooLarge
  /// The part cannot be written.
  case disk(String)
}
