import Files
import Foundation
import Project
import Weights

/// Gets an official file into the library: what is there of it first, then the rest, then its check.
struct WeightsFetch {
  let library: WeightsLibrary
  /// The folder of the official files on a server.
  var base = OfficialEncoder.address

  /// Gets an encoder's weights.
  ///
  /// - Parameters:
  ///   - encoder: which.
  ///   - fileName: the file's name on the server, the official one where nil; its digits are checked.
  ///   - show: told how far the download is.
  /// - Returns: what is kept now; at once where it was kept before.
  /// - Throws: `Failure` which says how to do it by hand where the server cannot be reached.
  func fetch(
    _ encoder: OfficialEncoder, fileName: String? = nil, show: (Download.Progress) -> Void
  ) throws -> WeightsLibrary.Entry {
    if let kept = library.entries.first(where: { $0.name == encoder.rawValue }) { return kept }
    let name = fileName ?? encoder.fileName
    guard let address = URL(string: base + (base.hasSuffix("/") ? "" : "/") + name),
      ["http", "https"].contains(address.scheme), address.host() != nil
    else {
      throw Failure(.badInput, "'\(base)' is no address of a server; it begins with https://")
    }
    try AtomicWrite.makeFolder(library.folder)
    let part = library.folder.appending(path: name + ".part")
    if (try? WeightsImport.checkedHash(of: part, calledAs: name)) == nil {
      do throws(Download.Trouble) {
        try Download.run(address, to: part, show: show)
      } catch {
        throw Self.failure(error, address, part)
      }
    }
    do {
      _ = try WeightsImport.checkedHash(of: part, calledAs: name)
    } catch let failure as Failure {
      try? FileManager.default.removeItem(at: part)
      throw Failure(failure.status, "\(failure.text) (what was downloaded is removed)")
    }
    let entry = try WeightsImport(library: library).keep(part, calledAs: name) { _ in }
    try? FileManager.default.removeItem(at: part)
    return entry
  }

  private static func failure(
    _ trouble: Download.Trouble, _ address: URL, _ part: URL
  ) -> Failure {
    let name = address.lastPathComponent
    let byHand =
      "download \(OfficialEncoder.address)\(name) where there is a network, then: "
      + "aura weights import \(name)"
    switch trouble {
    case .connection(let reason):
      let attributes = try? FileManager.default.attributesOfItem(atPath: part.path)
      let bytes = attributes?[.size] as? Int ?? 0
      guard bytes > 0 else {
        return Failure(
          .noServer, "\(address.host() ?? "the server") cannot be reached (\(reason)); \(byHand)")
      }
      return Failure(
        .noServer,
        "\(name) came only in part (\(reason)); the same command goes on behind its \(bytes) bytes, "
          + "or \(byHand)")
    case .status(let code):
      return Failure(.noServer, "\(address) is answered with status \(code); \(byHand)")
    case .otherFile, .tooLarge:
      try? FileManager.default.removeItem(at: part)
      return Failure(.noServer, "\(address) is not the file that was asked for; \(byHand)")
    case .disk(let reason):
      return Failure(.cannotWrite, "'\(part.path)' cannot be written: \(reason)")
    }
  }
}
