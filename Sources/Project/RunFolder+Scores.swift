import Basics
import Files
import Foundation
public import Recipes

/// How the scores of a run were made, its file `scoring.json`: they are told again only where they would be made
/// in the same way.
public struct ScoringNote: Codable, Equatable, Sendable {
  /// At which size masks were compared.
  public var scoring: ScoringProtocol
  /// In how many ways images were looked at.
  public var views: Views
  /// What tells whether the weights are the same.
  public var weights: String
  /// A digest of the images and their masks.
  public var images: String
  /// A digest of the table, which others write too.
  var table = ""

  /// Notes how scores are made.
  public init(scoring: ScoringProtocol, views: Views, weights: String = "", images: String = "") {
    (self.scoring, self.views) = (scoring, views)
    (self.weights, self.images) = (weights, images)
  }

  private enum OldKeys: String, CodingKey { case flips }

  /// Reads a note; those of before there were several sizes say whether images were seen mirrored too.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    scoring = try values.decode(ScoringProtocol.self, forKey: .scoring)
    if let views = try values.decodeIfPresent(Views.self, forKey: .views) {
      self.views = views
    } else {
      let old = try decoder.container(keyedBy: OldKeys.self)
      views = try old.decode(Bool.self, forKey: .flips) ? .flips : .one
    }
    weights = try values.decode(String.self, forKey: .weights)
    images = try values.decode(String.self, forKey: .images)
    table = try values.decode(String.self, forKey: .table)
  }
}

extension RunFolder {
  private var scoringFile: URL { url.appending(path: "scoring.json") }

  /// Whether a training has scored its weights, which comes after all that was to be trained.
  public var isScored: Bool { !hasCheckpoint && hasWeights && scoringNote != nil }

  /// How the scores were made that lie here; nil where a training made none, or somebody else has made others.
  public var scoringNote: ScoringNote? {
    guard let note = try? ProjectFiles.decode(ScoringNote.self, from: scoringFile),
      let text = try? ProjectFiles.text(of: scoresFile), note.table == Self.digest(of: text)
    else { return nil }
    var made = note
    made.table = ""
    return made
  }

  /// Writes scores of images.
  public func write(_ scores: [ImageScore]) throws(ProjectError) {
    try ProjectError.filing(
      AtomicWrite.write(ImageScore.table.text(scores), to: scoresFile, below: url))
  }

  /// Writes the scores of a run that is trained, and how they were made.
  public func write(_ scores: [ImageScore], made note: ScoringNote) throws(ProjectError) {
    try write(scores)
    var kept = note
    kept.table = Self.digest(of: ImageScore.table.text(scores))
    try ProjectFiles.write(kept, to: scoringFile, below: url)
  }

  /// Reads the scores of images.
  ///
  /// - Throws: `ProjectError.damaged` for a line that is no score.
  public func scores() throws(ProjectError) -> [ImageScore] {
    try ImageScore.read(try ProjectFiles.text(of: scoresFile), file: scoresFile.path)
  }

  /// Removes the scores of weights that are to be trained on.
  public func removeScores() {
    AtomicWrite.remove(scoringFile)
    AtomicWrite.remove(scoresFile)
  }

  private static func digest(of text: String) -> String {
    var hash = SHA256()
    hash.update(Data(text.utf8))
    return hash.digits()
  }
}
