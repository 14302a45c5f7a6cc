import Imaging

extension Measure {
  /// All that is measured of a cell, in the order of a table's columns.
  public static let all: [Measure] = [
    Measure("label", "Number", .none, averaged: false, \.number),
    Measure("area", "Area", .area, \.area),
    Measure("perimeter", "Perimeter", .length, \.perimeter),
    Measure("perimeter_crofton", "Perimeter (Crofton)", .length, \.croftonPerimeter),
    Measure("centroid_x", "Centroid x", .length, averaged: false, \.centroid.x),
    Measure("centroid_y", "Centroid y", .length, averaged: false, \.centroid.y),
    Measure("bbox_left", "Box, left", .none, averaged: false, \.box.columns.lowerBound),
    Measure("bbox_top", "Box, top", .none, averaged: false, \.box.rows.lowerBound),
    Measure("bbox_width", "Box, width", .none, averaged: false, \.box.columns.count),
    Measure("bbox_height", "Box, height", .none, averaged: false, \.box.rows.count),
    Measure("axis_major_length", "Major axis", .length, \.ellipse.majorAxis),
    Measure("axis_minor_length", "Minor axis", .length, \.ellipse.minorAxis),
    Measure("eccentricity", "Eccentricity", .none, \.ellipse.eccentricity),
    Measure("orientation", "Orientation", .angle, averaged: false, \.ellipse.orientation),
    Measure("area_convex", "Convex area", .area, \.hull.area),
    Measure("solidity", "Solidity", .none, \.solidity),
    Measure("extent", "Extent", .none, \.extent),
    Measure("equivalent_diameter_area", "Equivalent diameter", .length, \.equivalentDiameter),
    Measure("circularity", "Circularity", .none, \.circularity),
    Measure("feret_diameter_max", "Largest Feret diameter", .length, \.hull.largestFeret),
    Measure("feret_diameter_min", "Smallest Feret diameter", .length, \.hull.smallestFeret),
    Measure("intensity_mean", "Mean intensity", .intensity, \.intensity?.mean),
    Measure("intensity_min", "Least intensity", .intensity, \.intensity?.minimum),
    Measure("intensity_max", "Greatest intensity", .intensity, \.intensity?.maximum),
    Measure("intensity_sum", "Integrated intensity", .intensity, \.intensity?.integrated),
    Measure("touches_border", "At the border", .none, \.borderCount),
    Measure("pieces", "Pieces", .none, \.pieces),
    Measure("neighbours", "Neighbours", .none, \.neighbours.count),
  ]

  /// The measure whose column has a name.
  public static func named(_ name: String) -> Measure? { all.first { $0.name == name } }
}

extension CellMeasures {
  fileprivate var number: Int { Int(label) }
  /// 1 or 0, so that a mean is the share of such cells.
  fileprivate var borderCount: Int { isAtBorder ? 1 : 0 }
}
