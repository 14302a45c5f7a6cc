import Files
public import Foundation
import Imaging
public import Project
import Recipes
public import Training

/// The images that a command works on: a folder of them with its project, or one file.
public struct ImageFolder {
  /// The path as it was given.
  public let path: String
  /// What lies there.
  public let images: [ImageSource]
  /// The project of a folder, only read; a file has none.
  public let store: ProjectStore?
  /// What no result may replace.
  public let originals: Originals
  /// What in it is not opened, lines for the user.
  public let notices: [String]
  /// Whether links that lead out of folders are followed, in it and in those of its masks.
  let links: LinkChoice
  private let leftOut: LeftOut

  /// Looks through a path, whose project may be kept elsewhere.
  ///
  /// - Throws: `WorkflowError` where the path is not there, `ProjectError` where it holds no image.
  public init(
    _ path: String, project: URL? = nil, links: LinkChoice = LinkChoice(),
    channel: ChannelChoice = ChannelChoice()
  ) throws {
    self.path = path
    let url = URL(filePath: path)
    guard let kind = FileKind(url) else { throw WorkflowError.noImages(path) }
    if kind == .folder {
      let store = try ProjectStore.open(
        images: url, project: project, links: links, channel: channel, access: .readOnly)
      images = store.sources
      self.links = links.settled(store.report.followsLinks)
      leftOut = store.report.leftOut
      self.store = store
      originals = Originals(store)
      notices = store.report.notices
    } else {
      (images, notices) = try ImageSource.all(in: url, channel: channel)
      (self.links, leftOut) = (links, LeftOut())
      store = nil
      originals = Originals(files: [url])
    }
  }

  /// Ends work on the folder and its masks that is done but for what could not be read.
  ///
  /// - Throws: `WorkflowError.leftOut` naming it.
  public func checkWhole(with masks: MaskSet? = nil) throws(WorkflowError) {
    let unread = unread(with: masks)
    if !unread.isEmpty { throw .leftOut(unread) }
  }

  /// What of the folder and its masks could not be read.
  func unread(with masks: MaskSet?) -> [RefusedFile] {
    leftOut.unread + (masks?.leftOut.unread ?? [])
  }

  /// Fits a network to images spread evenly over the folder; those that cannot be read, or that there is not
  /// the memory for, are passed over.
  public func calibrate(_ predictor: Predictor, share: Double?) throws(WeightsTrouble) {
    guard let share, share > 0 else { return }
    // More hardly change the statistics.
    let found: [CalibrationImage] = images.spread(most: 64).compactMap { source in
      guard (try? predictor.check(source)) != nil else { return nil }
      return (try? source.read())
        .map { predictor.calibrationImage(of: $0) }
    }
    do {
      try predictor.calibrate(on: found, share: share)
    } catch {
      throw .calibration(error)
    }
  }
}
