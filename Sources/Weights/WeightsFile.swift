public import Foundation

/// A file of weights, whatever its format: `.safetensors`, or a `.pth` of `torch.save`.
///
/// The first bytes tell, not the name.
public enum WeightsFile {
  /// Reads a file.
  ///
  /// - Throws: `WeightsError.file` with the path and what is wrong.
  public static func read(from file: URL) throws(WeightsError) -> StateDict {
    let path = file.path
    let data: Data
    do {
      let target = file.resolvingSymlinksInPath().path
      let attributes = try FileManager.default.attributesOfItem(atPath: target)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw WeightsError.file(path: path, reason: "is no file of weights")
      }
      let size = (attributes[.size] as? Int) ?? 0
      guard size <= TorchCheckpoint.largest else {
        throw WeightsError.file(
          path: path, reason: "has \(size) bytes; files of weights have 2 GiB at most")
      }
      data = try Data(contentsOf: file)
    } catch let error as WeightsError {
      throw error
    } catch {
      throw .file(path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
    do {
      return TorchCheckpoint.begins(data)
        ? try TorchCheckpoint.decode(data) : try Safetensors.decode(data)
    } catch {
      throw .file(path: path, reason: error.description)
    }
  }
}
