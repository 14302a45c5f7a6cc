import Archives
import Foundation

/// A ZIP file as torch.save writes it, every entry stored as it is.
struct TorchArchive {
  private let archive: ZipArchive

  /// Finds the entries.
  ///
  /// - Throws: `WeightsError.checkpoint`.
  init(_ data: Data) throws(WeightsError) {
    archive = try Self.asking { () throws(ArchiveError) in try ZipArchive(data) }
  }

  /// The names of its entries.
  var names: [String] { archive.names }

  /// Where the bytes of an entry lie.
  ///
  /// - Throws: `WeightsError.checkpoint` where there is no such entry or it is damaged.
  func range(of name: String) throws(WeightsError) -> Range<Int> {
    try Self.asking { () throws(ArchiveError) in try archive.range(of: name) }
  }

  private static func asking<Result>(
    _ body: () throws(ArchiveError) -> Result
  ) throws(WeightsError) -> Result {
    do {
      return try body()
    } catch {
      if case .entry(_, .compressed) = error {
        throw .checkpoint("\(error), which torch.save never does")
      }
      throw .checkpoint("\(error)")
    }
  }
}
