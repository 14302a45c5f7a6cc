import ArgumentParser
import Imaging
import Workflows

/// Where masks lie and which of their numbers are cell.
struct MaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of masks; matched by name, also with a prefix (seg_) or suffix (_mask).",
      discussion: "Without it: the project's accepted masks, and masks beside the images.",
      valueName: "folder"),
    completion: .directory)
  var masks: String?

  @OptionGroup var numbers: MaskValuesOptions

  /// The masks of a folder's images: those of `--masks`, or the project's and those beside the images; only
  /// which there are, where none is read.
  func find(for folder: ImageFolder, areRead: Bool = true) throws -> MaskSet {
    try folder.masks(in: masks, values: numbers.values, areRead: areRead)
  }
}

/// Which numbers of masks that others made are cell.
struct MaskValuesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which numbers of masks are cell, where it cannot be told or is told wrongly.",
      discussion: """
        auto (say what was found), white (all but 0), black (0), labels (each number a cell), cell=2, \
        'cell=1,3 ignore=255', cell=1..40, ground=1, '>127'; ignore= is not annotated.
        """,
      valueName: "values"),
    transform: MaskValues.init(argument:))
  var maskValues: MaskValues?

  /// What older versions called it, with the first three words.
  @Option(
    help: .hidden,
    transform: { text in
      let values = try MaskValues(argument: text)
      guard values.isPolarity else { throw ValidationError("say it by --mask-values") }
      return values
    })
  var maskPolarity: MaskValues?

  func validate() throws {
    guard maskValues == nil || maskPolarity == nil else {
      throw ValidationError("--mask-polarity is the older name of --mask-values; leave it out")
    }
  }

  /// What was said; nil for nothing.
  var values: MaskValues? { maskValues ?? maskPolarity }
}

extension MaskValues {
  /// Reads the value of an option.
  fileprivate init(argument: String) throws {
    do throws(MaskValuesError) {
      try self.init(argument)
    } catch {
      throw ValidationError(error.description)
    }
  }
}
