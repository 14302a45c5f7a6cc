import ArgumentParser

/// `aura import`: data sets that others made, as folders that aura opens.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring data sets of others into a folder that aura opens and trains on.",
    discussion: """
      Examples:
        aura import bu-bil BU-BIL_Dataset2/ rabbit/
        aura import masks images/ cells/ --masks truth/
        aura import ctc PhC-C2DH-U373/ glioblastoma/ --truth gold
        aura import coco instances.json images/ cells/

      The new folder holds grey PNG images (TIFF for floating point), masks/ with 255 for cell, and \
      manifest.csv, which tells where each came from and what belongs together:
        aura split cells/ --test 0.3 --groups cells/manifest.csv -o split.csv
        aura train cells/ --split split.csv

      Either all of a data set is written or, where a file cannot be used, nothing; --skip leaves \
      images out.
      """,
    subcommands: [
      ImportBUBILCommand.self, ImportMasksCommand.self, ImportTrackingCommand.self,
      ImportCOCOCommand.self,
    ])
}
