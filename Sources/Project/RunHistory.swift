import Files
import Recipes

/// The table `history.csv`: epochs of a run, one line each.
enum RunHistory {
  static let table = CSVTable<EpochRecord>(
    blank: EpochRecord(
      epoch: 0, trainLoss: 0, validationLoss: nil, seconds: 0, imagesPerSecond: 0),
    [
      .init("epoch", \.epoch), .init("train_loss", \.trainLoss),
      .init("validation_loss", \.validationLoss), .init("seconds", \.seconds),
      .init("images_per_second", \.imagesPerSecond),
    ])
}
