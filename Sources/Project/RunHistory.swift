import Files
import Recipes

/// The table `history.csv`: epochs of a run, one line each.
enum RunHistory {
  static let heading = CSV.line([
    "epoch", "train_loss", "validation_loss", "seconds", "images_per_second",
  ])

  /// The epochs of a table; lines that are not whole are skipped.
  static func records(_ text: String) -> [EpochRecord] {
    CSV.rows(text).compactMap { row in
      guard row.count == 5, let epoch = Int(row[0]), let trainLoss = Double(row[1]),
        let seconds = Double(row[3]), let imagesPerSecond = Double(row[4])
      else { return nil }
      return EpochRecord(
        epoch: epoch, trainLoss: trainLoss, validationLoss: Double(row[2]), seconds: seconds,
        imagesPerSecond: imagesPerSecond)
    }
  }
}

extension EpochRecord {
  /// The epoch as a line of `history.csv`, in digits that read back to the same numbers.
  var csv: String {
    CSV.line([
      "\(epoch)", "\(trainLoss)", validationLoss.map { "\($0)" } ?? "", "\(seconds)",
      "\(imagesPerSecond)",
    ])
  }
}
