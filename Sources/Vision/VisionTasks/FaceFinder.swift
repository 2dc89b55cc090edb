import Images
import InferenceEngine
import Networks

/// Finds the faces of a picture.
///
/// The detector sees the picture with its proportions kept, the rest of its square input black; once at its
/// own size for large faces and, for pictures that have more to show, once at twice that for small ones.
final class FaceFinder {
  /// Faces less sure than this are not reported.
  static let threshold = 0.4
  /// Boxes that overlap more than this show one face.
  static let sameFaceOverlap = 0.3
  /// The longest side of a face that the enlarged picture is looked at for, as a share of the picture's.
  static let largestEnlargedShare = 0.2
  private static let black: Float = -127 / 128

  private let runners: [ImageNetworkRunner]

  /// Compiles the detector for each of several sizes of its square input, the smallest first.
  ///
  /// - Throws: What compiling throws.
  init(_ graphs: [Graph], threads: Int) throws {
    runners = try graphs.map { try ImageNetworkRunner($0, threads: threads) }
  }

  /// Returns the faces, the surest first.
  ///
  /// - Throws: What running the network throws.
  func faces(in image: Image) throws -> [DetectedFace] {
    var found: [DetectedFace] = []
    for (index, runner) in runners.enumerated() {
      // An enlarged picture shows no smaller faces than the one before.
      let side = max(image.width, image.height)
      if index > 0 && side <= runners[index - 1].width { break }
      let faces = try faces(in: image, with: runner)
      // What is large here was seen as it should be at the size before.
      let limit = Self.largestEnlargedShare * Double(side)
      found += index == 0 ? faces : faces.filter { max($0.box.x1 - $0.box.x0, $0.box.y1 - $0.box.y0) < limit }
    }
    return FaceDecoding.suppressed(found, overlap: Self.sameFaceOverlap).filter {
      let center = ($0.box.x0 + $0.box.x1, $0.box.y0 + $0.box.y1)
      return center.0 > 0 && center.1 > 0 && center.0 < 2 * Double(image.width)
        && center.1 < 2 * Double(image.height)
    }
  }

  private func faces(in image: Image, with runner: ImageNetworkRunner) throws -> [DetectedFace] {
    let scale = min(
      Double(runner.width) / Double(image.width), Double(runner.height) / Double(image.height))
    let width = min(max(Int((Double(image.width) * scale).rounded()), 1), runner.width)
    let height = min(max(Int((Double(image.height) * scale).rounded()), 1), runner.height)
    var picture = [Float](repeating: 0, count: 3 * width * height)
    picture.withUnsafeMutableBufferPointer {
      image.write(
        crop: image.bounds, width: width, height: height, filter: .antialiasedBilinear,
        normalization: .centered, into: $0, pixelStride: 3)
    }
    try runner.write { pixels in
      pixels.update(repeating: Self.black)
      for y in 0..<height {
        for x in 0..<3 * width { pixels[3 * y * runner.width + x] = picture[3 * y * width + x] }
      }
    }
    try runner.run()
    return try FaceDetector.strides.flatMap { cellSide in
      FaceDecoding.faces(
        try runner.result("stride\(cellSide)"), columns: runner.width / cellSide, cellSide: cellSide,
        threshold: Self.threshold)
    }.map { $0.scaled(by: 1 / scale) }
  }
}
