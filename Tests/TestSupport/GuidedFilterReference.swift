/// The guided filter of a colour image by its definition (He, Sun and Tang, 2013), window by window.
public struct GuidedFilterReference {
  private let columns, rows, reach: Int
  private let epsilon: Double

  /// Makes the filter of a grid whose windows reach so many places to each side.
  public init(columns: Int, rows: Int, reach: Int, epsilon: Double) {
    (self.columns, self.rows, self.reach, self.epsilon) = (columns, rows, reach, epsilon)
  }

  /// Returns each place's function: factors of red, green and blue and the constant, means over all windows that hold
  /// the place.
  ///
  /// - Parameter color: Red, green and blue of a place, in 0...1.
  public func functions(_ values: [Float], color: (Int) -> [Double]) -> [[Double]] {
    let fitted = values.indices.map { fit(window($0), values, color) }
    return values.indices.map { place in
      let places = window(place)
      return (0..<4).map { part in places.reduce(0) { $0 + fitted[$1][part] } / Double(places.count) }
    }
  }

  private func window(_ place: Int) -> [Int] {
    let (x, y) = (place % columns, place / columns)
    return (max(y - reach, 0)...min(y + reach, rows - 1)).flatMap { row in
      (max(x - reach, 0)...min(x + reach, columns - 1)).map { row * columns + $0 }
    }
  }

  private func fit(_ places: [Int], _ values: [Float], _ color: (Int) -> [Double]) -> [Double] {
    let count = Double(places.count)
    let mean = (0..<3).map { channel in places.reduce(0) { $0 + color($1)[channel] } / count }
    let level = places.reduce(0) { $0 + Double(values[$1]) } / count
    // Gauss-Jordan elimination of (covariance + epsilon) factors = covariance with the values.
    var system = (0..<3).map { first in
      (0..<3).map { second in
        places.reduce(0) { $0 + (color($1)[first] - mean[first]) * (color($1)[second] - mean[second]) }
          / count
          + (first == second ? epsilon : 0)
      } + [
        places.reduce(0) { $0 + (color($1)[first] - mean[first]) * (Double(values[$1]) - level) } / count
      ]
    }
    for pivot in 0..<3 {
      system[pivot] = system[pivot].map { $0 / system[pivot][pivot] }
      for row in 0..<3 where row != pivot {
        system[row] = zip(system[row], system[pivot]).map { $0 - system[row][pivot] * $1 }
      }
    }
    let factors = system.map { $0[3] }
    return factors + [level - zip(factors, mean).reduce(0) { $0 + $1.0 * $1.1 }]
  }
}
