import Foundation
import Imaging
import Objects
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
    var loss = 0.0
    /// The IoU, a pixel being cell where its probability is above a half; 0 where it is not measured.
    var iou = 0.0
    /// The average precision of cells at IoU 0.5, over the images with a cell, true or found; nil where cells are
    /// not told apart, by the network or in truth.
    var averagePrecision: Double?
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

  /// The average precision at IoU 0.5 of each image of a batch whose cells are known, but for those without any, true
  /// or found.
  static func averagePrecisions(
    _ logits: [Float], cores: [Float], of crops: [Crop]
  ) -> [Double] {
    crops.enumerated().compactMap { index, crop in
      guard let cells = crop.cells else { return nil }
      let area = crop.side * crop.side
      let range = index * area..<(index + 1) * area
      let mask = Mask(
        width: crop.side, height: crop.side, pixels: logits[range].map { $0 > 0 ? 1 : 0 })
      let found = CellDecoder(mask).cells(core: cores[range].map { 1 / (1 + exp(-$0)) })
      let scores = ObjectScores(prediction: found, truth: cells, unknown: crop.unknown)
      return scores.isEmpty ? nil : scores.counts.averagePrecision
    }
  }

  /// The IoU of each image of a batch, summed.
  static func iou(_ logits: [Float], of crops: [Crop]) -> Double {
    crops.enumerated().reduce(0.0) { sum, place in
      let (index, crop) = place
      let area = crop.side * crop.side
      let prediction = Mask(
        width: crop.side, height: crop.side,
        pixels: logits[index * area..<(index + 1) * area].map { $0 > 0 ? 1 : 0 })
      return sum + Scores(prediction: prediction, truth: crop.truth, unknown: crop.unknown).iou
    }
  }
}

/// Labelled images that a pretraining is measured on and never learns from.
public struct ValidationSet: Equatable, Sendable {
  /// The side at which real images are looked at.
  public static let size = 256

  /// Its column in the table.
  public let name: String
  let crops: [Crop]
  /// How many images it has.
  public var count: Int { crops.count }
}

extension ValidationSet {
  /// Cuts the squares of labelled images.
  public init(name: String, samples: [Sample]) {
    self.init(
      name: name, crops: samples.map { Crop(of: $0, side: Self.size, keepsCells: true) })
  }

  /// Simulated images of every side in turn, from a sequence of their own.
  static func simulated(_ settings: PretrainingSettings, count: Int = 64) -> ValidationSet {
    let images = SimulatedImages(settings.recipe, for: .validation)
    return ValidationSet(
      name: "simulated",
      crops: (0..<count).map { images.crop($0, side: settings.sizes[$0 % settings.sizes.count]) })
  }
}
