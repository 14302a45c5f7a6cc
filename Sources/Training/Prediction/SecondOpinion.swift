import Imaging
import Kernels
import Recipes
import Weights

/// What the weights that come with Aura say beside those that a run has learnt from a few labels.
///
/// A few labels show few of a folder's looks, and what is learnt from them undoes some of what was known of the others.
/// So both are asked. Where their masks agree, those who have seen the labels count alone: they know how the folder's
/// masks are drawn. Where they do not, one of both has mostly lost the cell, and is less firm (an ensemble of the
/// networks in place of the mean of their weights, Wortsman et al. 2022, chosen image by image). So where those who have
/// seen the labels find nothing at all, and the others something, the others' mask stands, but only if it is firm: on empty
/// ground they see specks, and are not. The article on simulated weights has what that gives.
enum SecondOpinion {
  /// Up to the lower IoU of both masks each counts by its firmness alone, from the higher one on the first counts alone.
  static let agreement: ClosedRange<Double> = 0.7...0.9

  /// The firmness that the first answer has at least in the balance: to find nothing is an answer too, and what is less
  /// firm than this does not turn it over.
  static let leastFirmness = 0.45

  /// Whether the weights of a run on some labels ask for it.
  static func isFor(_ recipe: Recipe, labels: Int) -> Bool {
    guard (1...Recipe.veryFewLabels).contains(labels) else { return false }
    return switch recipe.optimisation.secondOpinion {
    // Another network takes no more than the encoder of them.
    case .auto:
      recipe.weights == .simulated && recipe.architecture == SimulatedWeights.architecture
    case .simulated: true
    case .none: false
    }
  }

  /// How much of its weight by firmness an opinion keeps where the masks agree so well.
  static func share(at iou: Double) -> Float {
    let (low, high) = (agreement.lowerBound, agreement.upperBound)
    return Float(min(max((high - iou) / (high - low), 0), 1))
  }
}

extension Predictor {
  /// Looks from now on with flips and a second opinion; with flips alone where the weights that come with Aura are not
  /// there.
  ///
  /// - Throws: `TrainingError.weights` where they cannot be used.
  public func askSecondOpinion() throws(TrainingError) {
    views = .flips
    guard let file = SimulatedWeights.file else { return }
    let weights: StateDict
    do throws(WeightsError) {
      weights = try WeightsFile.read(from: file)
    } catch {
      throw .weights(error)
    }
    ask(
      try Predictor(
        weights: weights, network: CellNetwork(SimulatedWeights.architecture, of: weights),
        size: size, threads: pool.threads))
  }

  /// Looks from now on with flips and the opinion of another network.
  func ask(_ other: Predictor) {
    (views, secondOpinion) = (.secondOpinion, other)
  }

  /// Lets the network that is asked besides look as this one does now; nil where none is asked.
  func attuneOpinion() -> Predictor? {
    guard views == .secondOpinion, let other = secondOpinion else { return nil }
    other.size = max(size, other.network.smallest)
    (other.referenceSide, other.percentiles, other.views) = (referenceSide, percentiles, .sizes)
    return other
  }

  /// What the network that is asked besides says of an image: once in each size, as its mirror images would change little
  /// for four times the work.
  func opinion(at image: Image) -> Answer? {
    guard let other = attuneOpinion() else { return nil }
    let looks = other.looks(width: image.width, height: image.height)
    return other.look(at: image, looks.map { Look(size: $0.size, flips: [.none]) })
  }
}

extension Answer {
  /// Takes in what another network says of cell, as far as the masks of both disagree.
  mutating func weigh(against other: Answer) {
    let share = SecondOpinion.share(at: Self.iou(cell, other.cell))
    guard share > 0 else { return }
    let own = max(weight, Self.weight(firmness: SecondOpinion.leastFirmness))
    let factor = share * other.weight / (own + other.weight)
    mix(1 - factor, with: other.cell, by: factor)
  }

  /// The IoU of the masks of two answers; 1 where both are empty.
  private static func iou(_ first: [Float], _ second: [Float]) -> Double {
    var both = 0, any = 0
    for (first, second) in zip(first, second) {
      let (first, second) = (first >= 0.5, second >= 0.5)
      if first && second { both += 1 }
      if first || second { any += 1 }
    }
    return any > 0 ? Double(both) / Double(any) : 1
  }
}
