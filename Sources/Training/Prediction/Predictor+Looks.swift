import Foundation
public import Imaging
import Networks
import Recipes

/// One of the ways in which an image is looked at for a prediction.
struct Look {
  /// Pixels to which the image's smallest side is scaled.
  let size: Int
  /// The mirror images whose mean is the answer.
  let flips: [Flip]
}

/// What the network says of an image.
struct Answer {
  /// How the image was looked at.
  let frame: WorkingFrame
  /// The probabilities of cell, at the image's own size.
  var cell: [Float]
  /// The probabilities of core, if it tells them: at the image's own size, or at that of the frame where that is finer.
  var cores: [Float]?
  /// The probabilities of cell at the size of the frame, where that is what the cores have.
  var fineCell: [Float]?
  /// What the quality of the mask is estimated from, at the size of the frame.
  var sums: QualitySums
}

extension Views {
  /// The mirror images that count at the working size.
  var flips: [Flip] { self == .one ? [.none] : Flip.allCases }

  /// How many times as many pixels are looked at as in one look at the working size.
  var work: Double {
    let (smaller, larger) = (9.0 / 16, 9.0 / 4)
    return switch self {
    case .one: 1
    case .flips: 4
    case .sizes: 4 + 2 * smaller + larger
    case .secondOpinion: 4 + 1 + smaller + larger
    }
  }
}

extension Predictor {
  /// The probability of every pixel to be cell, at the image's own size, row by row.
  ///
  /// What is more than `largestInput` pixels at the working size is looked at in overlapping tiles, so
  /// that memory is bounded: by the network's on one tile, 1.0 GB in AURA-net, and besides the image's
  /// own 4 bytes a pixel as many for the result, three times as many where several sizes count.
  public func probabilities(of image: Image) -> [Float] { look(at: image).cell }

  /// How an image of a size is looked at: at the working size first.
  ///
  /// The sizes beside it are those that the search for a size would try next. The smaller one is left out where the
  /// network does not take it, the larger one beyond one and a half of the image's own side: what is scaled up that far
  /// shows little new for its time.
  func looks(width: Int, height: Int) -> [Look] {
    let size = size(width: width, height: height)
    let own = Look(size: size, flips: views.flips)
    guard views == .sizes else { return [own] }
    let (smaller, larger) = (size * 3 / 4, size * 3 / 2)
    var looks = [own]
    if smaller >= network.smallest { looks.append(Look(size: smaller, flips: [.none, .both])) }
    if larger <= min(min(width, height) * 3 / 2, WorkingSize.mostInPrediction) {
      looks.append(Look(size: larger, flips: [.none]))
    }
    return looks
  }

  /// What the network says of an image in all of its looks.
  ///
  /// Cells are told apart at the working size. What is cell is the mean over the sizes, each by the eighth power of its
  /// firmness (`QualitySums`): where a cell is larger or fainter than the others of a folder, another size than the
  /// folder's is often the one that sees it whole, and its answer is the firmer one.
  func look(at image: Image) -> Answer {
    var answer = look(at: image, looks(width: image.width, height: image.height))
    if let other = opinion(at: image) { answer.weigh(against: other) }
    return answer
  }

  /// The same of an image in some looks, of which the first is at the working size.
  func look(at image: Image, _ looks: [Look]) -> Answer {
    let window = ContrastWindow(of: image, percentiles: percentiles)
    var answer = look(at: image, looks[0], window)
    guard looks.count > 1 else { return answer }
    let own = answer.weight
    var total: Float = 0
    var others = [Float](repeating: 0, count: answer.cell.count)
    for look in looks.dropFirst() {
      let other = self.look(at: image, look, window, withCores: false)
      let weight = other.weight
      total += weight
      for (place, value) in other.cell.enumerated() { others[place] += weight * value }
    }
    guard total > 0 else { return answer }
    answer.mix(own / (own + total), with: others, by: 1 / (own + total))
    return answer
  }

  /// What the network says of an image in one look.
  private func look(
    at image: Image, _ look: Look, _ window: ContrastWindow, withCores: Bool = true
  ) -> Answer {
    let frame = frame(width: image.width, height: image.height, size: look.size)
    let tiling = tiling(of: frame)
    let isFiner = frame.scaledWidth > image.width || frame.scaledHeight > image.height
    var own = [[Float]](), fine = [[Float]](), sums = QualitySums()
    for (rows, columns) in tiling.tiles {
      let plane = frame.input(
        rows: rows.seen, columns: columns.seen, from: image, window: window)
      let seen = answers(
        of: plane, width: columns.seen.count, height: rows.seen.count, flips: look.flips)
      sums.add(seen[0], rows: rows, columns: columns, of: frame)
      let answers = seen.prefix(withCores ? 2 : 1).map { Self.weighted($0, rows, columns) }
      let hasCores = answers.count > 1
      if own.isEmpty {
        let count = hasCores && !isFiner ? 2 : 1
        own = Array(
          repeating: Array(repeating: 0, count: image.width * image.height), count: count)
        let scaled = [Float](repeating: 0, count: frame.scaledWidth * frame.scaledHeight)
        fine = hasCores && isFiner ? [scaled, scaled] : []
      }
      for channel in own.indices {
        frame.add(answers[channel], rows: rows.kept, columns: columns.kept, to: &own[channel])
      }
      for channel in fine.indices {
        frame.addScaled(
          answers[channel], rows: rows.kept, columns: columns.kept, to: &fine[channel])
      }
    }
    // The room of a tile's buffers is worth more than the moment it takes to make them.
    if tiling.tiles.count > 1 { passes = [] }
    return Answer(
      frame: frame, cell: own[0], cores: own.count > 1 ? own[1] : fine.last, fineCell: fine.first,
      sums: sums)
  }

  /// What a tile answers for, each value by how much it counts.
  private static func weighted(
    _ answer: [Float], _ rows: Tiling.Span, _ columns: Tiling.Span
  ) -> [Float] {
    let columnWeights = columns.weights
    var result: [Float] = []
    result.reserveCapacity(rows.kept.count * columns.kept.count)
    for (row, rowWeight) in zip(rows.kept, rows.weights) {
      let start = (row - rows.seen.lowerBound) * columns.seen.count - columns.seen.lowerBound
      for (column, weight) in zip(columns.kept, columnWeights) {
        result.append(answer[start + column] * (rowWeight * weight))
      }
    }
    return result
  }
}

extension Answer {
  /// How much it counts beside others: the eighth power of how firm it is.
  var weight: Float { Self.weight(firmness: sums.possible > 0 ? sums.sure / sums.possible : 0) }

  static func weight(firmness: Double) -> Float { Float(pow(firmness, 8)) }

  /// Makes what is cell `share` of what it is and `factor` times what others say, both at the image's own size.
  mutating func mix(_ share: Float, with others: [Float], by factor: Float) {
    for place in cell.indices { cell[place] = share * cell[place] + factor * others[place] }
    if let fine = fineCell {
      fineCell = zip(fine, frame.scaled(others)).map { share * $0 + factor * $1 }
    }
    sums = QualitySums(
      of: fineCell ?? frame.scaled(cell), width: frame.scaledWidth, height: frame.scaledHeight)
  }
}
