import Foundation
import Project
import Recipes

extension Optimisation {
  /// The share of the learning rate at which a parameter learns that lies so many stages before the
  /// encoder's deepest; all of it outside the encoder.
  func rateShare(encoderDepth: Int?) -> Double {
    encoderDepth.map { encoderRate * pow(layerDecay, Double($0)) } ?? 1
  }
}
