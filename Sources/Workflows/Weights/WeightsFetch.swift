import Files
import Foundation
import Project
import Weights

/// Gets an official file into the library: what is there of it first, then the rest, then its check.
public struct WeightsFetch {
  let library: WeightsLibrary
  /// The folder of the official files on a server.
  let base: String

  /// Fetches into a library from a server's folder, the official one where nothing else is said.
  public init(library: WeightsLibrary, base: String = OfficialEncoder.address) {
    self.library = library
    self.base = base
  }

  /// Gets an encoder's weights.
  ///
  /// - Parameters:
  ///   - encoder: which.
  ///   - fileName: the file's name on the server, the official one where nil; its digits are checked.
  ///   - show: told how far the download is.
  /// - Returns: what is kept now; at once where it was kept before.
  /// - Throws: `WeightsTrouble` where the address is none, the server cannot be reached, or the file is
  ///   another.
  public func fetch(
    _ encoder: OfficialEncoder, fileName: String? = nil, show: (DownloadProgress) -> Void
  ) throws -> WeightsLibrary.Entry {
    if let kept = library.entries.first(where: { $0.name == encoder.rawValue }) { return kept }
    let name = fileName ?? encoder.fileName
    guard let address = URL(string: base + (base.hasSuffix("/") ? "" : "/") + name),
      ["http", "https"].contains(address.scheme), address.host() != nil
    else {
      throw WeightsTrouble.address(base)
    }
    try AtomicWrite.makeFolder(library.folder)
    let part = library.folder.appending(path: name + ".part")
    if (try? WeightsImport.checkedHash(of: part, calledAs: name)) == nil {
      do throws(DownloadTrouble) {
        try Download.run(address, to: part, show: show)
      } catch {
        let attributes = try? FileManager.default.attributesOfItem(atPath: part.path)
        let received = attributes?[.size] as? Int ?? 0
        if error == .otherFile || error == .tooLarge {
          try? FileManager.default.removeItem(at: part)
        }
        throw WeightsTrouble.download(address, error, received: received, part: part.path)
      }
    }
    do {
      _ = try WeightsImport.checkedHash(of: part, calledAs: name)
    } catch WeightsTrouble.notPublished(let path, let found, let published, _) {
      try? FileManager.default.removeItem(at: part)
      throw WeightsTrouble.notPublished(path, found: found, published: published, isRemoved: true)
    }
    let entry = try WeightsImport(library: library).keep(part, calledAs: name) { _ in }
    try? FileManager.default.removeItem(at: part)
    return entry
  }
}
