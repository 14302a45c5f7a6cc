import Foundation

/// A reader of bytes that come from elsewhere.
enum FuzzTarget: String, CaseIterable {
  case tiff, png, jpeg, bmp, roi, geojson, npy, safetensors, pickle, journal, yaml, input

  /// Gives the reader bytes, and holds what it makes of them to the reader's laws.
  func take(_ bytes: [UInt8]) {
    switch self {
    case .tiff, .png, .jpeg, .bmp: Self.picture(Data(bytes))
    case .roi: Self.roi(Data(bytes))
    case .geojson: Self.geoJSON(Data(bytes))
    case .npy: Self.npy(bytes)
    case .safetensors: Self.safetensors(Data(bytes))
    case .pickle: Self.pickle(bytes)
    case .journal: Self.journal(bytes)
    case .yaml: Self.yaml(String(decoding: bytes, as: UTF8.self))
    case .input: Self.input(bytes)
    }
  }
}
