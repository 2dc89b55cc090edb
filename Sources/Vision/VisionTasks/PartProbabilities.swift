import Glibc
import Images

/// How likely each place of a face's tanh-polar map belongs to each part.
public struct PartProbabilities: Sendable, Equatable {
  /// The number of parts.
  public static let count = FacePart.allCases.count

  /// The map's radii and angles: columns and rows.
  public let width, height: Int
  /// `count` probabilities for each place, row by row.
  public let values: [Float]

  /// Makes a map of probabilities.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == Self.count * width * height, "The probabilities fill the map")
    self.width = width
    self.height = height
    self.values = values
  }

  /// Makes a map of a network's answer, by softmax.
  package init(width: Int, height: Int, logits: [Float]) {
    var values = logits
    for start in stride(from: 0, to: values.count, by: Self.count) {
      let place = start..<start + Self.count
      let highest = values[place].max() ?? 0
      var sum: Float = 0
      for index in place {
        values[index] = expf(values[index] - highest)
        sum += values[index]
      }
      for index in place { values[index] /= sum }
    }
    self.init(width: width, height: height, values: values)
  }

  /// Returns how undecided each place is: the entropy of its probabilities, as a share of the highest possible.
  public var uncertainties: [Float] {
    stride(from: 0, to: values.count, by: Self.count).map { start in
      let sum = values[start..<start + Self.count].reduce(Float(0)) { $1 > 0 ? $0 - $1 * logf($1) : $0 }
      return sum / logf(Float(Self.count))
    }
  }

  /// Returns the probabilities at a place between others; beyond the last column all is background.
  ///
  /// - Parameter point: `x` from 0, `y` from 0 to `height`, where the first row follows.
  package func interpolated(at point: PlanePoint) -> [Float] {
    let (column, row) = (Int(point.x), Int(point.y))
    let (right, below) = (Float(point.x - Double(column)), Float(point.y - Double(row)))
    return FacePart.allCases.map { part in
      func value(_ column: Int, _ row: Int) -> Float {
        guard column < width else { return part == .background ? 1 : 0 }
        return values[((row % height) * width + column) * Self.count + Int(part.rawValue)]
      }
      let upper = value(column, row) + right * (value(column + 1, row) - value(column, row))
      let lower = value(column, row + 1) + right * (value(column + 1, row + 1) - value(column, row + 1))
      return upper + below * (lower - upper)
    }
  }
}
