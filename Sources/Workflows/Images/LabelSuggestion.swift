import Imaging
public import Project
public import Recipes
public import Training

/// Which images to label next.
public struct LabelSuggestion: Equatable, Sendable {
  /// At most so many images without a label are compared, and as many with one, each spread evenly over the folder.
  public static let mostImages = 300
  /// By what they were chosen.
  public let order: LabelOrder
  /// Those without a label, the one to label first at the start; what cannot be looked at is left out.
  public let images: [ImageKey]
}

/// Images as far as they are labelled.
public struct LabelStates {
  /// Those that nothing is decided about.
  public let open: [ImageSource]
  /// Those that have a mask.
  public let labelled: [ImageSource]
}

extension LabelStates {
  /// Sorts images; those that a project has rejected are neither.
  init(_ images: [ImageSource], in store: ProjectStore?, hasMask: (ImageKey) -> Bool) {
    let rejected = Set((store?.entries ?? []).filter { $0.state == .rejected }.map(\.key))
    labelled = images.filter { hasMask($0.key) }
    open = images.filter { !hasMask($0.key) && !rejected.contains($0.key) }
  }
}

extension ImageFolder {
  /// How far the images are labelled by some masks.
  public func labelStates(by masks: MaskSet) -> LabelStates {
    LabelStates(images, in: store, hasMask: masks.has)
  }
}

extension ProjectStore {
  /// How far the images are labelled by accepted masks.
  var labelStates: LabelStates {
    LabelStates(sources, in: self, hasMask: Set(labelledKeys).contains)
  }
}

extension Predictor {
  /// Chooses which images to label next, by what they look like to the network.
  ///
  /// - Parameters:
  ///   - states: The images.
  ///   - order: By what to choose.
  ///   - seed: What a random order is drawn by.
  ///   - uncertainty: How unsure the network is of an image; asked only where the order needs it.
  ///   - isStopped: Whether to end, asked before each image.
  ///   - progress: Told before each look how many of how many are done.
  /// - Returns: nil where stopped.
  public func suggest(
    among states: LabelStates, by order: LabelOrder, seed: UInt64 = 0,
    uncertainty: (ImageSource) -> Double?, isStopped: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void
  ) -> LabelSuggestion? {
    guard order.needsLooks else {
      let places = order.places(of: states.open.map { _ in [] }, seed: seed)
      return LabelSuggestion(order: order, images: places.map { states.open[$0].key })
    }
    let most = LabelSuggestion.mostImages
    let open = states.open.spread(most: most)
    let images = (open + states.labelled.spread(most: most)).enumerated().compactMap {
      place, source in
      SampledImage(source).map { (source: source, image: $0, isOpen: place < open.count) }
    }
    let guesses = order.needsUncertainty ? images.count { $0.isOpen } : 0
    let total = images.count + guesses
    let features = features(of: images.map(\.image), isStopped: isStopped) { done, _ in
      progress(done, total)
    }
    guard let features else { return nil }
    let seen = zip(images, features).compactMap { image, vector in
      vector.map { (source: image.source, isOpen: image.isOpen, vector: $0) }
    }
    var uncertainties: [Double] = []
    if order.needsUncertainty {
      for image in seen {
        progress(images.count + min(uncertainties.count, guesses), total)
        if isStopped() { return nil }
        uncertainties.append(image.isOpen ? uncertainty(image.source) ?? 0 : 0)
      }
    }
    let places = order.places(
      of: seen.map(\.vector), labelled: Set(seen.indices.filter { !seen[$0].isOpen }),
      uncertainties: uncertainties)
    return LabelSuggestion(order: order, images: places.map { seen[$0].source.key })
  }

  /// How unsure the network is of an image; nil where it cannot be looked at.
  public func uncertainty(of source: ImageSource) -> Double? {
    (try? predict(source)).map { 1 - $0.quality }
  }
}

extension SampledImage {
  /// An image in a file, if its header can be read.
  init?(_ source: ImageSource) {
    guard let header = try? ImageFile.header(source.file, page: source.page) else { return nil }
    self.init(width: header.width, height: header.height) {
      (try source.read(), nil)
    }
  }
}
