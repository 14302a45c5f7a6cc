import Imaging

/// How a program, or a custom among people, calls a mask after its image.
///
/// The table is the one place for names: what is not in it is decided by what the files are, or not at all.
struct MaskConvention: Sendable {
  /// In what form a mask is kept.
  enum Form: CaseIterable, Sendable {
    /// A picture.
    case picture
    /// An array of NumPy.
    case array
    /// Outlines of ImageJ.
    case outlines
    /// Outlines in GeoJSON.
    case geoJSON

    /// How its files end, in small letters.
    var extensions: Set<String> {
      switch self {
      case .picture: ImageFile.extensions
      case .array: ["npy"]
      case .outlines: ["roi", "zip"]
      case .geoJSON: ["geojson"]
      }
    }
  }

  /// What image and mask are called, without what tells the mask from the image.
  let images: [NamePattern]
  /// The mask's names.
  let masks: [NamePattern]
  let form: Form
  /// Whether the mask may lie in one folder with its image; else it has a folder of its own.
  let isBeside: Bool

  private init(
    _ masks: [NamePattern], of images: [NamePattern] = ["*"], _ form: Form = .picture,
    isBeside: Bool = true
  ) {
    (self.images, self.masks, self.form, self.isBeside) = (images, masks, form, isBeside)
  }

  /// All of them, those first whose names say most.
  static let all: [MaskConvention] = [
    // The same name in a folder of masks.
    MaskConvention(["*"], isBeside: false),
    // BU-BIL, the Cell Tracking Challenge and others.
    MaskConvention(["seg_*", "mask_*", "masks_*", "gt_*", "label_*", "labels_*"]),
    // ImageJ's Create Mask.
    MaskConvention(["Mask of *"]),
    // Cellpose's results.
    MaskConvention(["*_cp_masks"]),
    // ilastik's results.
    MaskConvention([
      "*_Simple Segmentation", "*-Simple Segmentation", "*_Simple_Segmentation",
      "*-raw_Simple Segmentation", "*_Segmentation", "*-segmentation",
    ]),
    MaskConvention([
      "*_mask", "*-mask", "*_masks", "*-masks", "*_seg", "*-seg", "*_label", "*-label", "*_labels",
      "*-labels", "*_gt", "*-gt", "*_truth", "*_ground_truth", "*_groundtruth", "*_target",
      "*_annotation", "*_annotations", "*_annotated", "* mask", "* masks", "*.mask", "*.masks",
    ]),
    // Cellpose's and StarDist's training sets, LIVECell's and others' names on both sides.
    MaskConvention(
      [
        "*_masks", "*_mask", "*-masks", "*-mask", "*_labels", "*_label", "*-labels", "*-label",
        "*_seg", "*-seg", "*_gt", "*_truth", "*_target",
      ],
      of: ["*_img", "*-img", "*_im", "*-im", "*_image", "*-image", "*_raw", "*-raw"]),
    // nnU-Net: the image has the number of its channel.
    MaskConvention(["*"], of: ["*_0000"], isBeside: false),
    MaskConvention(
      ["*"], of: ["*_img", "*-img", "*_im", "*-im", "*_image", "*-image", "*_raw"], isBeside: false),
    // Training sets of which each name begins with what it is.
    MaskConvention(["mask*", "label*", "masks*"], of: ["image*", "img*"]),
    // Cellpose's own files, with masks and more.
    MaskConvention(["*_seg"], .array),
    MaskConvention(
      ["*", "*_masks", "*_mask", "*_cp_masks", "*_label", "*_labels"], .array, isBeside: false),
    // ImageJ's manager of regions.
    MaskConvention(
      ["*_RoiSet", "*-RoiSet", "RoiSet_*", "RoiSet-*", "*_rois", "*-rois", "*", "*_roi"], .outlines),
    // QuPath, napari, Aura itself.
    MaskConvention(
      [
        "*", "*_annotations", "*_detections", "*_cells", "*_objects", "*_labels", "*_masks",
        "*_mask",
      ], .geoJSON),
  ]

  /// How masks' files end, in small letters.
  static let extensions = Set(Form.allCases.flatMap(\.extensions))

  /// What programs write beside an image and its mask that is neither, in the names of images.
  ///
  /// Cellpose's flows and overviews, ilastik's probabilities.
  static let byproducts: [NamePattern] = [
    "*_flows", "*_cp_flows", "*_cp_output", "*_outlines", "*_cp_outlines", "*_dP",
    "*_Probabilities",
    "*_Uncertainty",
  ]

  /// Names that say of a file that it is a mask, whatever image it may be of.
  static let telling: [NamePattern] = [
    "*_mask", "*-mask", "*_masks", "*-masks", "*_label", "*_labels", "*_seg", "*-seg", "*_gt",
    "*-gt",
    "*_truth", "*_Simple Segmentation", "*_Segmentation", "seg_*", "mask_*", "masks_*", "gt_*",
  ]
}

/// A name without its extension, with `*` for the part that image and mask share; small and large letters
/// of the rest alike.
struct NamePattern: Sendable, Hashable, ExpressibleByStringLiteral {
  private let before: [UInt8]
  private let behind: [UInt8]

  /// Takes a text with one `*`.
  init(stringLiteral text: String) {
    let parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "\(text) needs one *")
    (before, behind) = (Array(parts[0].utf8), Array(parts[1].utf8))
  }

  /// Whether the whole name is shared.
  var isWhole: Bool { before.isEmpty && behind.isEmpty }

  /// The shared part of a name; nil where the name is another.
  func core(of name: Substring) -> Substring? {
    let bytes = name.utf8
    let count = bytes.count
    guard count > before.count + behind.count,
      zip(bytes, before).allSatisfy({ Self.small($0) == $1 }),
      zip(bytes.suffix(behind.count), behind).allSatisfy({ Self.small($0) == $1 })
    else { return nil }
    return Substring(bytes.dropFirst(before.count).dropLast(behind.count))
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }
}
