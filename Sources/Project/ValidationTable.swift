import Files
import Recipes

/// The table `validation.csv`: the validations of a pretraining, a line each, a column a real folder, and one more each
/// where cells are told apart.
enum ValidationTable {
  /// The table of some validations; a folder that one of them lacks is empty there.
  static func text(_ records: [ValidationRecord]) -> String {
    var names: [String] = []
    for score in records.flatMap(\.real) where !names.contains(score.name) {
      names.append(score.name)
    }
    func columns(
      _ name: String,
      _ score: @escaping @Sendable (ValidationRecord) -> (iou: Double, cells: Double?)?
    ) -> [CSVColumn<ValidationRecord>] {
      [.init("\(name)_iou") { score($0)?.iou }]
        + (records.contains { score($0)?.cells != nil }
          ? [.init("\(name)_ap50") { score($0)?.cells }] : [])
    }
    let table: [CSVColumn<ValidationRecord>] =
      [
        .init("step", \.step), .init("images", \.images),
        .init("learning_rate", \.learningRate), .init("train_loss", \.trainLoss),
        .init("simulated_loss", \.simulatedLoss),
      ]
      + columns("simulated") { ($0.simulatedIoU, $0.simulatedAveragePrecision) }
      + names.flatMap { name in
        columns(name) { record in
          record.real.last { $0.name == name }.map { ($0.iou, $0.averagePrecision) }
        }
      }
    return CSV.text(records, columns: table)
  }
}
