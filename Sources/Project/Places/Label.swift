import Files
import Foundation
import Recipes

/// What a project says of an image.
struct Label: Equatable, Sendable {
  var decision: Decision?
  var proposal: Proposal?
  /// The accepted mask as PNG, where it was accepted since the opening.
  var mask: Data?
}

/// What a project says of an image, with the masks that go with it.
struct LabelFiles {
  let label: Label
  let mask: Data?
  let proposal: Data?

  /// Reads what is not in memory from a project's files.
  init(_ label: Label, of key: ImageKey, in files: ProjectFiles) {
    func data(_ file: URL?) -> Data? { file.flatMap { try? Data(contentsOf: $0) } }
    self.label = label
    let hasMask = label.decision?.state.hasMask == true
    mask = hasMask ? label.mask ?? data(try? files.mask(of: key)) : nil
    proposal = label.proposal == nil ? nil : data(try? files.proposal(of: key))
  }
}

extension ProjectState {
  /// What is said of an image.
  func label(of key: ImageKey) -> Label {
    Label(decision: decisions[key], proposal: proposals[key], mask: masks[key])
  }
}
