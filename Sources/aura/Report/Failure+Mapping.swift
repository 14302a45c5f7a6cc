import Foundation

extension Failure {
  /// Turns any error into a line and a code: the one place where that happens.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as CocoaError: self = Failure(cocoa: error)
    default: self = Failure(.internalError, "\(error)")
    }
  }

  private init(cocoa error: CocoaError) {
    let path = error.filePath ?? error.url?.path ?? "a file"
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile:
      self = Failure(.missingInput, "\(path) is not there; is the path right?")
    case .fileReadNoPermission:
      self = Failure(.badInput, "\(path) may not be read by this user; check its permissions")
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
      self = Failure(
        .cannotCreate, "\(path) may not be written by this user; choose another folder")
    case .fileWriteOutOfSpace:
      self = Failure(.cannotWrite, "\(path) cannot be written, the disk is full; make room")
    case .fileReadCorruptFile, .fileReadUnknown:
      self = Failure(.badInput, "\(path) cannot be read; is it damaged?")
    default:
      self = Failure(.internalError, "\(path): \(error.localizedDescription)")
    }
  }
}
