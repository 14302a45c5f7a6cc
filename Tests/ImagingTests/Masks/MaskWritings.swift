@testable import Imaging
import Testing

/// A way to write drawn cells as a mask.
struct MaskWriting: CustomTestStringConvertible, Sendable {
  let name: String
  /// Whether the numbers of the cells are in it.
  let isNumbered: Bool
  let picture: @Sendable (DrawnCells) -> RawPicture

  var testDescription: String { name }

  /// One number for each label.
  static func numbers<Number: BitwiseCopyable>(
    _ name: String, _ format: RawPicture.Format = .unsigned, bits: Int? = nil,
    palette: [UInt8]? = nil, isMinWhite: Bool = false, isNumbered: Bool = false,
    _ number: @escaping @Sendable (Int) -> Number
  ) -> MaskWriting {
    MaskWriting(name: name, isNumbered: isNumbered) { cells in
      let color = palette.map { RawPicture.Color.palette($0) } ?? .grey
      return cells.picture(format, bits: bits, color: color, isMinWhite: isMinWhite) {
        number(cells.labels[$0])
      }
    }
  }

  /// Colours, with opacity or without, for each label.
  static func colors(
    _ name: String, color: RawPicture.Color = .rgb, isNumbered: Bool = false,
    _ samples: @escaping @Sendable (Int) -> [UInt8]
  ) -> MaskWriting {
    MaskWriting(name: name, isNumbered: isNumbered) { cells in
      cells.picture(cells.labels.map(samples), color: color)
    }
  }

  private static let table: [[UInt8]] = [
    [0, 0, 0], [60, 235, 90], [80, 215, 180], [100, 195, 14], [120, 175, 104], [140, 155, 194],
    [160, 135, 28], [180, 115, 118], [200, 95, 208], [220, 75, 42],
  ]
  private static let falling: [UInt8] = (0...255).flatMap { grey -> [UInt8] in
    Array(repeating: UInt8(255 - grey), count: 3)
  }

  /// Files that tell cell from ground.
  static let plain: [MaskWriting] = [
    numbers("0 and 255") { (label: Int) -> UInt8 in label > 0 ? 255 : 0 },
    numbers("0 and 1") { (label: Int) -> UInt8 in label > 0 ? 1 : 0 },
    numbers("one bit", bits: 1) { (label: Int) -> UInt8 in label > 0 ? 1 : 0 },
    numbers("0 and 65535") { (label: Int) -> UInt16 in label > 0 ? 65535 : 0 },
    numbers("floats 0 and 1", .float) { (label: Int) -> Float in label > 0 ? 1 : 0 },
    numbers("ImageJ's inverting table", isMinWhite: true) { (label: Int) -> UInt8 in
      label > 0 ? 255 : 0
    },
    numbers("ImageJ's inverting palette", palette: falling) { (label: Int) -> UInt8 in
      label > 0 ? 255 : 0
    },
    numbers("a palette that begins with white", palette: [255, 255, 255, 0, 0, 0]) {
      (label: Int) -> UInt8 in label > 0 ? 1 : 0
    },
    numbers("greys in no order", palette: [9, 9, 9, 0, 0, 0, 255, 255, 255]) {
      (label: Int) -> UInt8 in label > 0 ? 2 : 1
    },
    numbers("ilastik's classes 1 and 2") { (label: Int) -> UInt8 in label > 0 ? 2 : 1 },
    numbers("classes 2 and 1") { (label: Int) -> UInt8 in label > 0 ? 1 : 2 },
    numbers("254 and 255") { (label: Int) -> UInt8 in label > 0 ? 255 : 254 },
    colors("opacity of white") { [255, 255, 255, $0 > 0 ? 255 : 0] },
    colors("opacity of grey", color: .grey) { [0, $0 > 0 ? 255 : 0] },
    colors("grey in three colours") { Array(repeating: $0 > 0 ? 255 : 0, count: 3) },
    colors("red on black") { [$0 > 0 ? 255 : 0, 0, 0] },
    colors("red on blue") { $0 > 0 ? [255, 0, 0] : [0, 0, 255] },
    colors("red on transparent white") { $0 > 0 ? [255, 0, 0, 255] : [255, 255, 255, 0] },
  ]

  /// Files that tell cells from each other.
  static let numbered: [MaskWriting] = [
    numbers("labels of 8 bits", isNumbered: true) { (label: Int) -> UInt8 in UInt8(label) },
    numbers("labels of 16 bits", isNumbered: true) { (label: Int) -> UInt16 in
      UInt16(700 * label)
    },
    numbers("labels of 32 bits", isNumbered: true) { (label: Int) -> UInt32 in
      UInt32(40_000_003 * label)
    },
    numbers("labels of 64 bits", .signed, isNumbered: true) { (label: Int) -> Int64 in
      Int64(label)
    },
    numbers("Cellpose's labels of floats", .float, isNumbered: true) { (label: Int) -> Float in
      Float(label)
    },
    numbers("labels of half floats", .float, isNumbered: true) { (label: Int) -> Float16 in
      Float16(label)
    },
    numbers("labels on -1", .signed, isNumbered: true) { (label: Int) -> Int16 in
      label == 0 ? -1 : Int16(label)
    },
    numbers("labels from 0 on -1", .signed, isNumbered: true) { (label: Int) -> Int16 in
      Int16(label - 1)
    },
    numbers("labels on NaN", .float, isNumbered: true) { (label: Int) -> Double in
      label == 0 ? .nan : Double(label)
    },
    numbers("labels on 1", isNumbered: true) { (label: Int) -> UInt16 in UInt16(label + 1) },
    numbers("labels by palette", palette: Array(table.joined()), isNumbered: true) {
      (label: Int) -> UInt8 in UInt8(label)
    },
    colors("labels by colour", isNumbered: true) { table[$0] },
    colors("labels by colour on white", isNumbered: true) {
      $0 == 0 ? [255, 255, 255] : table[$0]
    },
  ]
}

/// Parts of drawn cells that nobody annotated, and what the line says of them.
struct VoidWriting: Sendable {
  let words: String
  let picture: @Sendable (DrawnCells, [Bool]) -> RawPicture

  static let all: [VoidWriting] = [
    VoidWriting(words: "255 is") { cells, void in
      cells.picture { (index: Int) -> UInt8 in
        void[index] ? 255 : UInt8(min(cells.labels[index], 1))
      }
    },
    VoidWriting(words: "255 is") { cells, void in
      cells.picture { (index: Int) -> UInt8 in
        void[index] ? 255 : UInt8(min(cells.labels[index], 2))
      }
    },
    VoidWriting(words: "65535 is") { cells, void in
      cells.picture { (index: Int) -> UInt16 in void[index] ? 65535 : UInt16(cells.labels[index]) }
    },
    VoidWriting(words: "4294967295 is") { cells, void in
      cells.picture { (index: Int) -> UInt32 in void[index] ? .max : UInt32(cells.labels[index]) }
    },
    VoidWriting(words: "128 is") { cells, void in
      cells.picture { (index: Int) -> UInt8 in void[index] ? 128 : cells.labels[index] > 0 ? 255 : 0
      }
    },
    VoidWriting(words: "negative numbers are") { cells, void in
      cells.picture(.signed) { (index: Int) -> Int32 in
        void[index] ? -1 : Int32(cells.labels[index])
      }
    },
    VoidWriting(words: "what is no number is") { cells, void in
      cells.picture(.float) { (index: Int) -> Float in
        void[index] ? .nan : Float(cells.labels[index])
      }
    },
  ]
}

/// Masks with grey between cell and ground, and where they are cut.
struct SoftWriting: Sendable {
  let half: String
  let picture: @Sendable (DrawnCells) -> RawPicture

  static let all: [SoftWriting] = [
    SoftWriting(half: "127.5") { cells in
      let soft = cells.soft(2)
      return cells.picture { (index: Int) -> UInt8 in UInt8((255 * soft[index]).rounded()) }
    },
    SoftWriting(half: "100") { cells in
      let soft = cells.soft(2)
      return cells.picture { (index: Int) -> UInt8 in UInt8((200 * soft[index]).rounded()) }
    },
    SoftWriting(half: "32767.5") { cells in
      let soft = cells.soft(2)
      return cells.picture { (index: Int) -> UInt16 in UInt16((65535 * soft[index]).rounded()) }
    },
    SoftWriting(half: "0.5") { cells in
      let soft = cells.soft(2)
      return cells.picture(.float) { (index: Int) -> Float in Float(soft[index]) }
    },
    SoftWriting(half: "50") { cells in
      let soft = cells.soft(2)
      return cells.picture(.float) { (index: Int) -> Float in Float(100 * soft[index]) }
    },
    SoftWriting(half: "127.5") { cells in
      cells.picture(
        cells.soft(2).map { (soft: Double) -> [UInt8] in [0, 0, 0, UInt8(255 * soft)] })
    },
    SoftWriting(half: "127.5") { cells in
      cells.picture(cells.soft(2).map { (soft: Double) -> [UInt8] in [UInt8(255 * soft), 0, 0] })
    },
  ]
}
