import Foundation
import Networks

/// Reads faces out of a face detector's results.
package enum FaceDecoding {
  /// Numbers in a cell: confidence, box, points.
  package static let channels = 5 + 2 * FaceDetector.pointNames.count
  /// What sizes and points are measured in, as a multiple of a cell's side.
  private static let sizeUnit = Double(FaceDetector.sizeUnit)

  /// Returns the faces of one level of the detector's pyramid, in pixels of its input.
  ///
  /// - Parameters:
  ///   - values: `channels` numbers for each cell, row by row: the logit of a face whose box has its centre here; the
  ///     centre's offset from the cell's middle, in cells; the logarithms of the box's sides over four cells; offsets of
  ///     five points from the cell's middle over four cells.
  ///   - columns: Cells in a row.
  ///   - cellSide: The pixels of a cell's side.
  ///   - threshold: The least confidence.
  package static func faces(
    _ values: [Float], columns: Int, cellSide: Int, threshold: Double
  ) -> [DetectedFace] {
    let least = Float(log(threshold / (1 - threshold)))
    let side = Double(cellSide)
    return (0..<values.count / channels).compactMap { cell in
      let numbers = values[cell * channels..<(cell + 1) * channels].map { Double($0) }
      // Sides beyond any picture come from a damaged network.
      guard Float(numbers[0]) >= least, abs(numbers[3]) < 10, abs(numbers[4]) < 10 else { return nil }
      let (x, y) = (Double(cell % columns) + 0.5, Double(cell / columns) + 0.5)
      let (centerX, centerY) = ((x + numbers[1]) * side, (y + numbers[2]) * side)
      let (width, height) = (exp(numbers[3]) * sizeUnit * side, exp(numbers[4]) * sizeUnit * side)
      let points = stride(from: 5, to: channels, by: 2).map {
        DetectedFace.Point(x: (x + sizeUnit * numbers[$0]) * side, y: (y + sizeUnit * numbers[$0 + 1]) * side)
      }
      return DetectedFace(
        box: Box(
          x0: centerX - width / 2, y0: centerY - height / 2, x1: centerX + width / 2,
          y1: centerY + height / 2),
        confidence: 1 / (1 + exp(-numbers[0])), points: points)
    }
  }

  /// Returns each face once, the surest first: non-maximum suppression.
  ///
  /// - Parameter overlap: Boxes whose intersection over union is above it show the same face.
  package static func suppressed(_ faces: [DetectedFace], overlap: Double) -> [DetectedFace] {
    var kept: [DetectedFace] = []
    for face in faces.sorted(by: { $0.confidence > $1.confidence })
    where kept.allSatisfy({ $0.box.intersectionOverUnion(with: face.box) <= overlap }) {
      kept.append(face)
    }
    return kept
  }
}
