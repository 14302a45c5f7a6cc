import Files
import Recipes

extension ImageScore {
  /// Reads the table that `csv` writes; `file` stands in messages.
  static func read(_ text: String, file: String) throws(ProjectError) -> [ImageScore] {
    var scores: [ImageScore] = []
    for (index, row) in CSV.rows(text).enumerated().dropFirst() {
      let numbers = row.dropFirst(2).map(Double.init)
      guard row.count == 9, let iou = numbers[0], let dice = numbers[1], let precision = numbers[2],
        let recall = numbers[3],
        [iou, dice, precision, recall, numbers[4] ?? 0].allSatisfy((0...1).contains),
        [numbers[5] ?? 0, numbers[6] ?? 0].allSatisfy({ $0 >= 0 && $0.isFinite })
      else { throw .damaged(file, "line \(index + 1) is no score of an image") }
      scores.append(
        ImageScore(
          image: ImageKey(row[0]), trainedOn: row[1] == "yes", iou: iou, dice: dice,
          precision: precision, recall: recall, boundaryIoU: numbers[4], hausdorff: numbers[5],
          hausdorff95: numbers[6]))
    }
    return scores
  }
}
