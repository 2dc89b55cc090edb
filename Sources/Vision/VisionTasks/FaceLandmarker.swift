import Foundation
import Images
import InferenceEngine
import Networks

/// Finds the 68 points of a face, in the order of iBUG's 300-W.
final class FaceLandmarker {
  private let runner: ImageNetworkRunner

  /// Compiles the network.
  ///
  /// - Throws: What compiling throws.
  init(_ graph: Graph, threads: Int) throws { runner = try ImageNetworkRunner(graph, threads: threads) }

  /// Returns the points of a face.
  ///
  /// - Throws: What running the network throws.
  func points(of face: DetectedFace, in image: Image) throws -> [DetectedFace.Point] {
    let side = FaceLandmarks.cropScale * max(face.box.x1 - face.box.x0, face.box.y1 - face.box.y0)
    let square = TurnedSquare(
      centerX: (face.box.x0 + face.box.x1) / 2, centerY: (face.box.y0 + face.box.y1) / 2, side: side,
      angle: face.roll)
    let picture = square.picture(of: image, size: runner.width)
    try runner.write { pixels in
      picture.write(
        crop: picture.bounds, width: runner.width, height: runner.height, filter: .nearest,
        normalization: .centered, into: pixels, pixelStride: 3)
    }
    try runner.run()
    let shares = try runner.result("points")
    return stride(from: 0, to: shares.count, by: 2).map {
      square.point(x: Double(shares[$0]), y: Double(shares[$0 + 1]))
    }
  }
}

/// A square of a picture, turned about its centre.
package struct TurnedSquare: Sendable {
  /// The centre and the side, in the picture's pixels.
  package var centerX, centerY, side: Double
  /// The direction of the square's rows in the picture, in radians, clockwise.
  package var angle: Double

  /// Makes a square.
  package init(centerX: Double, centerY: Double, side: Double, angle: Double) {
    self.centerX = centerX
    self.centerY = centerY
    self.side = side
    self.angle = angle
  }

  /// Returns the place in the picture of a place in the square, given as shares of its side from the left and the top.
  package func point(x: Double, y: Double) -> DetectedFace.Point {
    let (across, down) = ((x - 0.5) * side, (y - 0.5) * side)
    return DetectedFace.Point(
      x: centerX + cos(angle) * across - sin(angle) * down,
      y: centerY + sin(angle) * across + cos(angle) * down)
  }

  /// Returns what is in the square as a picture of `size` x `size` pixels, black beyond the picture.
  package func picture(of image: Image, size: Int) -> Image {
    // Samples farther apart than pixels would skip some, so the picture is brought near their distance first.
    let region = ReducedRegion(
      of: image, centerX: centerX, centerY: centerY, reach: 0.75 * side, scale: Double(size) / side)
    guard let region else {
      return Image(width: size, height: size, pixels: [UInt8](repeating: 0, count: 3 * size * size))
    }
    let sampler = ImageSampler(region.image)
    let first = region.place(point(x: 0.5 / Double(size), y: 0.5 / Double(size)))
    let next = region.place(point(x: 1.5 / Double(size), y: 0.5 / Double(size)))
    let below = region.place(point(x: 0.5 / Double(size), y: 1.5 / Double(size)))
    return sampler.picture(
      width: size, height: size,
      start: { row in
        SIMD2(
          Float(first.x + Double(row) * (below.x - first.x)),
          Float(first.y + Double(row) * (below.y - first.y)))
      },
      offset: { row, column in
        Float(column) * SIMD2(Float(next.x - first.x), Float(next.y - first.y))
      })
  }
}
