import Glibc
import Images

/// Brings the parts of a face from its tanh-polar map back into the picture.
///
/// As RTNet does (Lin et al., 2021), but each pixel's place in the map is found by a table of tanh and a polynomial for
/// the angle, to a hundredth of a place, and most pixels, around which all places of the map agree on the part, need no
/// other probability than that part's.
package struct FaceUnwarp {
  /// The part of a place in the map, and how likely it is.
  private struct Place {
    var part: UInt8
    var probability: Float
  }

  private let probabilities: PartProbabilities
  private let places: [Place]
  private let radiusTable: [Float]
  /// Entries of the table for a radius of 1.
  private static let tableStep: Float = 256
  /// Beyond this radius a map of any usual width has nothing but background.
  private static let longestRadius: Float = 6

  /// Prepares a parser's answer.
  package init(_ probabilities: PartProbabilities) {
    self.probabilities = probabilities
    let count = PartProbabilities.count
    places = (0..<probabilities.width * probabilities.height).map { index in
      var best = Place(part: 0, probability: probabilities.values[index * count])
      for part in 1..<count where probabilities.values[index * count + part] > best.probability {
        best = Place(part: UInt8(part), probability: probabilities.values[index * count + part])
      }
      return best
    }
    radiusTable = (0...Int(Self.longestRadius * Self.tableStep) + 1).map {
      tanhf(Float($0) / Self.tableStep) * Float(probabilities.width)
    }
  }

  /// Returns the likeliest part of each pixel of a part of the picture, and its probability as 0...255.
  ///
  /// - Parameter warp: The warp that made the map; its places are centres of pixels.
  package func parts(in rect: PixelRect, of warp: TanhPolarWarp) -> (parts: [UInt8], confidences: [UInt8]) {
    var confidences = [UInt8](repeating: 0, count: rect.area)
    let parts = [UInt8](unsafeUninitializedCapacity: rect.area) { parts, count in
      confidences.withUnsafeMutableBufferPointer { confidences in
        places.withUnsafeBufferPointer { places in
          radiusTable.withUnsafeBufferPointer { table in
            // Safe: bands write disjoint rows of buffers with room for the whole rectangle.
            RowBands.forEach(of: rect.height) { rows in
              for row in rows {
                fill(
                  row, of: rect, warp, places, table, parts.baseAddress! + row * rect.width,
                  confidences.baseAddress! + row * rect.width)
              }
            }
          }
        }
      }
      count = rect.area
    }
    return (parts, confidences)
  }

  private func fill(
    _ row: Int, of rect: PixelRect, _ warp: TanhPolarWarp, _ places: UnsafeBufferPointer<Place>,
    _ table: UnsafeBufferPointer<Float>, _ parts: UnsafeMutablePointer<UInt8>,
    _ confidences: UnsafeMutablePointer<UInt8>
  ) {
    let (width, height) = (probabilities.width, probabilities.height)
    let (cosine, sine) = (Float(cos(warp.rotation)), Float(sin(warp.rotation)))
    let (scaleX, scaleY) = (1 / Float(warp.radiusX), 1 / Float(warp.radiusY))
    let down = Float(Double(rect.y + row) - warp.center.y)
    let isStretched = warp.aspect == .stretched
    let rowsPerRadian = Float(height) / (2 * Float.pi)
    for column in 0..<rect.width {
      let across = Float(Double(rect.x + column) - warp.center.x)
      let (x, y) = (cosine * across + sine * down, cosine * down - sine * across)
      let (stretchedX, stretchedY) = (x * scaleX, y * scaleY)
      let radius = (stretchedX * stretchedX + stretchedY * stretchedY).squareRoot()
      guard radius < Self.longestRadius else {
        (parts[column], confidences[column]) = (0, 255)
        continue
      }
      // Safe: the table has an entry beyond the longest radius.
      let entry = Int(radius * Self.tableStep)
      let between = radius * Self.tableStep - Float(entry)
      let mapX = table[entry] + between * (table[entry + 1] - table[entry])
      var mapY = isStretched ? fastAngle(stretchedY, stretchedX) : fastAngle(y, x)
      mapY = max(mapY < 0 ? mapY * rowsPerRadian + Float(height) : mapY * rowsPerRadian, 0)
      let (left, top) = (Int(mapX), Int(mapY))
      guard left + 1 < width else {
        (parts[column], confidences[column]) = edge(mapX, mapY)
        continue
      }
      let upper = (top >= height ? top - height : top) * width + left
      let lower = (top + 1 >= height ? top + 1 - height : top + 1) * width + left
      // Safe: the four places are in the map.
      let (a, b, c, d) = (places[upper], places[upper + 1], places[lower], places[lower + 1])
      let isAgreed = a.part == b.part && a.part == c.part && a.part == d.part
      guard isAgreed, min(min(a.probability, b.probability), min(c.probability, d.probability)) > 0.5 else {
        (parts[column], confidences[column]) = edge(mapX, mapY)
        continue
      }
      let (right, below) = (mapX - Float(left), mapY - Float(top))
      let first = a.probability + right * (b.probability - a.probability)
      let second = c.probability + right * (d.probability - c.probability)
      parts[column] = a.part
      confidences[column] = UInt8((first + below * (second - first)) * 255 + 0.5)
    }
  }

  /// The likeliest part where places of the map disagree.
  private func edge(_ mapX: Float, _ mapY: Float) -> (UInt8, UInt8) {
    let count = PartProbabilities.count
    let (width, height) = (probabilities.width, probabilities.height)
    let (left, top) = (Int(mapX), Int(mapY))
    let (right, below) = (mapX - Float(left), mapY - Float(top))
    let corners = [
      (left, top % height, (1 - right) * (1 - below)), (left + 1, top % height, right * (1 - below)),
      (left, (top + 1) % height, (1 - right) * below), (left + 1, (top + 1) % height, right * below),
    ]
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { sums in
      sums.initialize(repeating: 0)
      for (column, row, weight) in corners {
        guard column < width else {
          // Beyond the map is background.
          sums[0] += weight
          continue
        }
        let start = (row * width + column) * count
        for part in 0..<count { sums[part] += weight * probabilities.values[start + part] }
      }
      var best = 0
      for part in 1..<count where sums[part] > sums[best] { best = part }
      return (UInt8(best), UInt8(min(sums[best], 1) * 255 + 0.5))
    }
  }
}

/// The angle of a direction, to 1e-5: atan2 by a polynomial (Abramowitz and Stegun, "Handbook of Mathematical
/// Functions", 4.4.49).
@inline(__always)
private func fastAngle(_ y: Float, _ x: Float) -> Float {
  let (width, height) = (abs(x), abs(y))
  let larger = max(width, height)
  guard larger > 0 else { return 0 }
  let ratio = min(width, height) / larger
  let square = ratio * ratio
  var angle: Float = 0.0208351
  angle = angle * square - 0.085133
  angle = angle * square + 0.180141
  angle = angle * square - 0.3302995
  angle = angle * square + 0.999866
  angle *= ratio
  if height > width { angle = Float.pi / 2 - angle }
  if x < 0 { angle = Float.pi - angle }
  return y < 0 ? -angle : angle
}
