extension Mask {
  /// Makes a mask of an image's size from values over a part of it, interpolated between their centres.
  ///
  /// - Parameters:
  ///   - values: `rows` rows of `columns` values that cover `crop`.
  ///   - crop: A part of the image that is not empty; nothing outside of it is inside.
  ///   - threshold: Where interpolated values are above it is inside.
  public init(
    interpolating values: [Float], columns valueColumns: Int, rows valueRows: Int, over crop: PixelRect,
    width: Int, height: Int, threshold: Float
  ) {
    precondition(values.count == valueColumns * valueRows, "The values fill their rows")
    let bounds = PixelRect(x: 0, y: 0, width: width, height: height)
    precondition(bounds.contains(crop) && !crop.isEmpty, "\(crop) is not a part of \(bounds)")
    let plane = PlaneResampling(
      values, columns: valueColumns, rows: valueRows, width: crop.width, height: crop.height,
      filter: .bilinear)
    var mask = [UInt8](repeating: 0, count: width * height)
    mask.withUnsafeMutableBufferPointer { mask in
      let target = mask.baseAddress! + crop.y * width + crop.x
      // Safe: the crop lies inside the image, and each row of it is written once.
      plane.forEachRow { y, row in
        for x in 0..<crop.width { target[y * width + x] = row[x] > threshold ? 255 : 0 }
      }
    }
    self.init(width: width, height: height, values: mask)
  }
}
