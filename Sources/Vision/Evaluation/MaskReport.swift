import Images

/// The figures of masks against true ones, as `vignette evaluate masks --json` prints them: means over images.
public struct MaskReport: Sendable, Codable, Equatable {
  /// The number of images.
  public private(set) var images = 0
  /// The mean intersection over union.
  public private(set) var meanIoU = 0.0
  /// The mean F-measure of the edge, by `BoundaryScore`.
  public private(set) var boundaryF = 0.0
  /// The median time from image to mask.
  public private(set) var medianMilliseconds = 0.0

  private var milliseconds: [Double] = []

  private enum CodingKeys: String, CodingKey { case images, meanIoU, boundaryF, medianMilliseconds }

  /// Makes a report without images yet.
  public init() {}

  /// Adds an image.
  ///
  /// - Parameter time: How long the mask took, in milliseconds.
  public mutating func add(_ mask: Mask, truth: Mask, milliseconds time: Double) {
    meanIoU += (mask.intersectionOverUnion(with: truth) - meanIoU) / Double(images + 1)
    boundaryF += (BoundaryScore.between(mask, and: truth) - boundaryF) / Double(images + 1)
    images += 1
    milliseconds.append(time)
    let sorted = milliseconds.sorted()
    medianMilliseconds = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension LabelledFolder {
  /// Returns the true mask of an entry as one object: what is 128 or more if anything is 255, else all that is not 0.
  ///
  /// - Throws: `ImageError`, or `EvaluationError.size` when the mask differs from the image in size.
  public static func wholeMask(of entry: Entry, image: Image) throws -> Mask {
    let values = try values(of: entry, image: image)
    let least: UInt8 = values.contains(255) ? 128 : 1
    return Mask(width: image.width, height: image.height, values: values.map { $0 >= least ? 255 : 0 })
  }

  /// Returns the grey value of each pixel of an entry's mask.
  ///
  /// - Throws: `ImageError`, or `EvaluationError.size` when the mask differs from the image in size.
  static func values(of entry: Entry, image: Image) throws -> [UInt8] {
    let mask = try ImageFile.load(entry.maskPath)
    guard mask.width == image.width, mask.height == image.height else {
      throw EvaluationError.size(
        path: entry.maskPath, found: "\(mask.width)x\(mask.height)",
        expected: "\(image.width)x\(image.height)")
    }
    return stride(from: 0, to: mask.pixels.count, by: 3).map { mask.pixels[$0] }
  }
}
