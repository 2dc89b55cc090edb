import Images

/// The mask of a look at an image, at the image's resolution.
///
/// A network's map is coarse: seen from far, one of its values covers many pixels. A guided filter (`GuidedFilter`)
/// brings the mask's edge to the picture's.
package enum LookMask {
  /// How far the filter's windows reach, in values of the map, and in pixels at least.
  private static let reach = (values: 1.0, leastPixels: 2.0)
  /// The variance of colours below which the filter takes a window for flat.
  private static let epsilon: Float = 1e-3
  /// The threshold among bytes.
  private static let threshold = UInt8((ProbabilityMap.threshold * 255).rounded())

  /// Returns the mask of a map, with edges that are the picture's; nothing beyond the map's crop is inside.
  package static func mask(of map: ProbabilityMap, edgesOf image: Image) -> CroppedMask {
    let pixelsPerValue = Double(max(map.crop.width, map.crop.height)) / Double(map.width)
    let filter = GuidedFilter(
      radius: max(reach.values * pixelsPerValue, reach.leastPixels), epsilon: epsilon)
    return filter.refine(
      map.values, columns: map.width, rows: map.height, over: map.crop, of: image, threshold: threshold)
  }
}
