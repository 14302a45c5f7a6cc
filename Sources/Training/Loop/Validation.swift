import Imaging
import Project
import Recipes

/// What a run measures after each epoch, and never learns from.
struct Validation: Sendable {
  /// The images whose mean loss is the epoch's; none where nothing is held out.
  var crops: [Crop]
  /// Sets of real images whose IoU is told besides.
  var real: [ValidationSet] = []
  /// Whether the IoU is measured as well, and a line of a table written of each validation.
  var isTabled = false
  /// How many images of a side are looked at together.
  var count: @Sendable (Int) -> Int

  /// What some images gave: means over them.
  struct Measure: Equatable {
    /// The loss.
    var loss = 0.0
    /// The IoU, a pixel being cell where its probability is above a half; 0 where it is not measured.
    var iou = 0.0
  }

  /// What a validation gave.
  struct Result: Equatable {
    /// What the images gave; none without any.
    var held: Measure?
    /// The IoU of each real set.
    var real: [ValidationRecord.SetScore] = []
  }

  /// The images in batches of one side each, the smallest side first.
  func batches(of crops: [Crop]) -> [[Crop]] {
    Dictionary(grouping: crops, by: \.side).sorted { $0.key < $1.key }.flatMap {
      side, crops -> [[Crop]] in
      let count = count(side)
      return stride(from: 0, to: crops.count, by: count).map {
        Array(crops[$0..<min($0 + count, crops.count)])
      }
    }
  }

  /// The IoU of each image of a batch, summed.
  static func iou(_ logits: [Float], of crops: [Crop]) -> Double {
    crops.enumerated().map { index, crop in
      let area = crop.side * crop.side
      func mask(_ pixels: [UInt8]) -> Mask {
        Mask(width: crop.side, height: crop.side, pixels: pixels)
      }
      return Scores(
        prediction: mask(logits[index * area..<(index + 1) * area].map { $0 > 0 ? 1 : 0 }),
        truth: mask(crop.mask.map { $0 > 0.5 ? 1 : 0 })
      ).iou
    }.reduce(0, +)
  }
}
