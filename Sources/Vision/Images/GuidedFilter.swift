import ComputeKernels

/// Moves the soft edge of a coarse map to the edges of the picture, without a trimap.
///
/// The guided filter of He, Sun and Tang ("Guided Image Filtering", 2010) with the picture's colours as its guide:
/// in each window the map is fitted as a linear function of red, green and blue, and each pixel gets the mean function
/// of the windows around it. The functions are found on a smaller grid, as in "Fast Guided Filter" (He and Sun, 2015);
/// on a grid of the picture's size the result is the filter itself.
public struct GuidedFilter: Sendable, Hashable {
  /// How far a window reaches from its middle, in pixels of the picture.
  public var radius: Double
  /// The variance of colours, in 0...1, below which a window counts as flat and the map is merely averaged.
  public var epsilon: Float
  /// The most pixels from one place of the grid to the next; 1 for the exact filter.
  public var subsampling: Int

  /// Makes a filter.
  public init(radius: Double, epsilon: Float = 1e-4, subsampling: Int = 8) {
    precondition(radius >= 0 && epsilon > 0 && subsampling >= 1, "The windows have a size")
    self.radius = radius
    self.epsilon = epsilon
    self.subsampling = subsampling
  }

  /// Returns the map at the picture's size, its edges those of the picture.
  ///
  /// - Parameters:
  ///   - values: `rows` rows of `columns` values of 0...1 that cover `crop`.
  ///   - crop: A part of the picture that is not empty; nothing outside of it is inside.
  ///   - threshold: What a byte must exceed to be inside, for a mask of 0 and 255; nil for a soft one. Far from edges no
  ///     pixel has to be looked at to know its side.
  public func refine(
    _ values: [Float], columns: Int, rows: Int, over crop: PixelRect, of image: Image,
    threshold: UInt8? = nil
  ) -> CroppedMask {
    precondition(values.count == columns * rows, "The values fill their rows")
    // A window reaches two places of the grid at least, or its edges would show.
    let step = max(min(Double(subsampling), radius / 2), 1)
    let width = max(Int((Double(crop.width) / step).rounded()), 1)
    let height = max(Int((Double(crop.height) / step).rounded()), 1)
    let reach = max(Int((radius * Double(width) / Double(crop.width)).rounded()), 1)
    let map = PlaneResampling(
      values, columns: columns, rows: rows, width: width, height: height, filter: .areaAverage)
    let fit = ColorFit(columns: width, rows: height, reach: reach, epsilon: epsilon)
    return LinearColorFunctions(map.values, fit: fit, image: image, crop: crop, threshold: threshold).mask()
  }
}
