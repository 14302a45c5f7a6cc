import Files
import Foundation
public import Imaging
public import Recipes
import Synchronization

/// Cells that are accepted and proposed, each image's in a PNG: as ``LabelFile`` writes them, or, from before cells
/// were told apart and where a file that was imported does not tell them, as a mask whose pieces they are.
extension ProjectStore {
  // MARK: Reading

  /// The accepted cells of an image, if it has any mask.
  ///
  /// With the image's `size` given, cells of another one throw `ProjectError.maskSize`.
  public func acceptedCells(
    of key: ImageKey, expecting size: (width: Int, height: Int)? = nil
  ) throws(ProjectError) -> LabelImage? {
    try acceptedAnnotation(of: key, expecting: size)?.objects
  }

  /// The accepted cells of an image with what of it nobody annotated, if it has any; whether they were told apart,
  /// `Annotation.cells` tells.
  ///
  /// With the image's `size` given, a mask of another one throws `ProjectError.maskSize`.
  public func acceptedAnnotation(
    of key: ImageKey, expecting size: (width: Int, height: Int)? = nil
  ) throws(ProjectError) -> Annotation? {
    guard entry(of: key).state.hasMask else { return nil }
    return try annotation(try files.mask(of: key), of: key, expecting: size)
  }

  /// The newest proposal for an image, if there is one and its cells can be read.
  public func proposal(of key: ImageKey) -> ProposedCells? {
    guard let line = state.withLock({ $0.proposals[key] }),
      let file = try? files.proposal(of: key),
      let cells = try? annotation(file, of: key, expecting: nil).objects
    else { return nil }
    let doubts = (try? Data(contentsOf: file)).map { LabelFile.doubts(in: $0, of: cells) }
    return ProposedCells(cells: cells, line: line, doubts: doubts ?? [:])
  }

  private func annotation(
    _ file: URL, of key: ImageKey, expecting size: (width: Int, height: Int)?
  ) throws(ProjectError) -> Annotation {
    let annotation: Annotation
    do {
      annotation = try MaskFile.read(file, rule: .project)
    } catch {
      throw .file(.unreadable(file.path, "\(error)"))
    }
    let mask = annotation.mask
    if let size, (mask.width, mask.height) != size {
      throw .maskSize(
        key.text, mask: "\(mask.width)x\(mask.height)", image: "\(size.width)x\(size.height)")
    }
    return annotation
  }

  // MARK: Writing

  /// Decides about an image; its cells and the decision, with their number, are on disk when this returns.
  ///
  /// Without cells, an image that has accepted ones keeps them. What of it nobody annotated stays so,
  /// but for what is cell now. Where the decision cannot be written
  /// what was accepted before is put back. An image whose cells have another size than it has on
  /// disk throws `ProjectError.replaced`, one that is gone or damaged `ProjectError.unread`; what leaves an
  /// image without a mask asks for neither.
  public func decide(_ decision: Decision, cells: LabelImage?) throws(ProjectError) {
    let key = decision.image
    let source = try source(of: key)
    var line = decision
    line.cells = nil
    var encoded: Data?
    if decision.state.hasMask {
      try check(cells.map { ($0.width, $0.height) }, of: source)
      // What takes longest is done while others can write.
      encoded = cells.map { encode($0, of: key) }
      line.cells = cells.map(\.cells.count)
    }
    try write { writer throws(ProjectError) in
      let file = try files.mask(of: key)
      let before = entry(of: key)
      let old = before.state.hasMask && encoded != nil ? try? Data(contentsOf: file) : nil
      if decision.state.hasMask {
        if let encoded {
          try tellOlderPrograms()
          try ProjectError.filing(AtomicWrite.write(encoded, to: file, below: folder))
        } else if before.state.hasMask {
          line.cells = before.cells
        } else {
          throw .noMask(key.text)
        }
      }
      do throws(ProjectError) {
        try writer.decisions.append(line)
      } catch {
        if let old { try? AtomicWrite.write(old, to: file, below: folder) }
        throw error
      }
    } then: {
      settle(line, mask: encoded)
    }
  }

  /// Decides about an image whose cells are the pieces of a mask; see ``decide(_:cells:)``.
  public func decide(_ decision: Decision, mask: Mask?) throws(ProjectError) {
    try decide(decision, cells: mask.map { LabelImage(piecesOf: $0) })
  }

  /// Takes a decision in that is on disk; a mask that it leaves without an image is withdrawn.
  func settle(_ decision: Decision, mask: Data?) {
    let key = decision.image
    state.withLock {
      $0.decisions[key] = decision
      if !decision.state.hasMask || mask != nil { $0.masks[key] = mask }
    }
    guard !decision.state.hasMask, let file = try? files.mask(of: key),
      let withdrawn = try? files.withdrawnMask(of: key)
    else { return }
    AtomicWrite.move(file, to: withdrawn, below: folder)
  }

  /// Keeps the cells that a network proposes for an image, how many there are, and how unsure it is of each.
  public func propose(
    _ cells: LabelImage, _ proposal: Proposal, doubts: [LabelImage.Label: Double] = [:]
  ) throws(ProjectError) {
    _ = try source(of: proposal.image)
    let encoded = LabelFile.encode(cells, doubts: doubts)
    var line = proposal
    line.cells = cells.cells.count
    try write { writer throws(ProjectError) in
      try tellOlderPrograms()
      let file = try files.proposal(of: line.image)
      try ProjectError.filing(
        AtomicWrite.write(encoded, to: file, below: folder, isDurable: false))
      try writer.proposals.append(line)
    } then: {
      state.withLock { $0.proposals[line.image] = line }
    }
  }

  /// Keeps the pieces of a mask that a network proposes for an image.
  public func propose(_ mask: Mask, _ proposal: Proposal) throws(ProjectError) {
    try propose(LabelImage(piecesOf: mask), proposal)
  }

  /// Cells as they are kept, with what of those accepted before nobody annotated and is not cell now.
  private func encode(_ cells: LabelImage, of key: ImageKey) -> Data {
    let accepted = try? acceptedAnnotation(of: key, expecting: (cells.width, cells.height))
    return LabelFile.encode(cells, unknown: accepted?.unknown)
  }
}
