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
    let columns: [CSVColumn<ValidationRecord>] =
      [
        .init("step", \.step), .init("images", \.images),
        .init("learning_rate", \.learningRate), .init("train_loss", \.trainLoss),
        .init("simulated_loss", \.simulatedLoss), .init("simulated_iou", \.simulatedIoU),
      ]
      + names.map { name in
        .init("\(name)_iou") { record in record.real.last { $0.name == name }?.iou }
      }
    return CSV.text(records, columns: columns)
  }
}
