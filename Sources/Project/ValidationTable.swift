import Files
import Recipes

/// The table `validation.csv`: the validations of a pretraining, a line each, a column a real folder.
enum ValidationTable {
  /// The table of some validations; a folder that one of them lacks is empty there.
  static func text(_ records: [ValidationRecord]) -> String {
    var names: [String] = []
    for score in records.flatMap(\.real) where !names.contains(score.name) {
      names.append(score.name)
    }
    let heading = CSV.line(
      ["step", "images", "learning_rate", "train_loss", "simulated_loss", "simulated_iou"]
        + names.map { "\($0)_iou" })
    return heading
      + records.map { record in
        let real = Dictionary(record.real.map { ($0.name, $0.iou) }, uniquingKeysWith: { $1 })
        return CSV.line(
          [
            "\(record.step)", "\(record.images)", "\(record.learningRate)", "\(record.trainLoss)",
            "\(record.simulatedLoss)", "\(record.simulatedIoU)",
          ] + names.map { name in real[name].map { "\($0)" } ?? "" })
      }.joined()
  }
}
