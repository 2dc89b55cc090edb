import Images
import InferenceEngine

/// An input of a model that a photo fits: three channels first or last.
struct PhotoInput {
  private let shape: Shape
  private let isChannelsLast: Bool

  /// Nil for a type that is no image of three channels.
  init?(_ type: ValueType) {
    let shape = type.shape
    guard type.elementType == .float32, shape.rank == 4, shape[0] == 1, shape[1] == 3 || shape[3] == 3,
      shape.elementCount > 0
    else { return nil }
    self.shape = shape
    isChannelsLast = shape[1] != 3
  }

  /// The whole photo at the input's size, from 0 to 1.
  func tensor(of photo: Image) -> Tensor {
    let (height, width) = isChannelsLast ? (shape[1], shape[2]) : (shape[2], shape[3])
    var pixels = [Float](repeating: 0, count: height * width * 3)
    pixels.withUnsafeMutableBufferPointer { buffer in
      photo.write(
        crop: PixelRect(x: 0, y: 0, width: photo.width, height: photo.height), width: width, height: height,
        filter: .antialiasedBilinear,
        normalization: PixelNormalization(mean: SIMD3(repeating: 0), scale: SIMD3(repeating: 1 / 255)),
        into: buffer, pixelStride: 3)
    }
    if isChannelsLast { return Tensor(shape, elements: pixels) }
    return Tensor(
      shape, elements: (0..<3).flatMap { channel in (0..<height * width).map { pixels[$0 * 3 + channel] } })
  }
}
