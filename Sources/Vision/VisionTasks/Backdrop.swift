import Images

/// What stands behind the people of a picture instead of what was there.
public enum Backdrop: Sendable, Equatable {
  /// The picture itself, out of focus; `radius` is that of the blur as a share of the longer side.
  case blurred(radius: Double)
  /// One colour.
  case color(red: UInt8, green: UInt8, blue: UInt8)
  /// Another picture, scaled to cover this one and cut in the middle.
  case picture(Image)

  /// Returns the picture with everything but the matte replaced.
  public func applied(to image: Image, matte: Mask) -> Image {
    precondition(
      matte.width == image.width && matte.height == image.height, "The matte has the picture's size")
    let behind: Image
    switch self {
    case .blurred(let radius): behind = Self.blurred(image, without: matte, radius: radius)
    case .color(let red, let green, let blue):
      behind = Image(width: 1, height: 1, pixels: [red, green, blue])
        .resized(width: image.width, height: image.height, filter: .nearest)
    case .picture(let picture): behind = Self.covering(picture, width: image.width, height: image.height)
    }
    return Self.composited(image, over: behind, matte)
  }

  private static func composited(_ image: Image, over behind: Image, _ matte: Mask) -> Image {
    var pixels = behind.pixels
    for index in 0..<matte.values.count where matte.values[index] > 0 {
      let share = Int(matte.values[index])
      for place in 3 * index..<3 * index + 3 {
        pixels[place] = UInt8(
          (Int(image.pixels[place]) * share + Int(pixels[place]) * (255 - share) + 127) / 255)
      }
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  /// Blurs what is not in the matte, so that no colour of the people bleeds out around them.
  private static func blurred(_ image: Image, without matte: Mask, radius: Double) -> Image {
    // A blurred picture needs few pixels.
    let longest = max(image.width, image.height)
    let scale = min(400 / Double(longest), 1)
    let width = max(Int((Double(image.width) * scale).rounded()), 1)
    let height = max(Int((Double(image.height) * scale).rounded()), 1)
    let small = image.resized(width: width, height: height, filter: .areaAverage)
    let shares = matte.shares(width: width, height: height)
    let reach = max(Int((radius * Double(max(width, height))).rounded()), 1)
    let window = BoxMean(width: width, height: height, reach: reach)
    var sums = (0..<width * height).map { index -> SIMD4<Float> in
      // A little of everything keeps places inside of the people defined.
      let share = max(1 - shares[index], 1e-3)
      let color = SIMD4(
        Float(small.pixels[3 * index]), Float(small.pixels[3 * index + 1]),
        Float(small.pixels[3 * index + 2]), 1)
      return share * color
    }
    // Two boxes one after the other make a tent, whose edges do not show.
    for _ in 0..<2 { sums = window.of(sums) }
    let pixels = sums.flatMap { sum -> [UInt8] in
      let color = sum / sum.w
      return [UInt8(color.x + 0.5), UInt8(color.y + 0.5), UInt8(color.z + 0.5)]
    }
    return Image(width: width, height: height, pixels: pixels)
      .resized(width: image.width, height: image.height, filter: .bilinear)
  }

  private static func covering(_ picture: Image, width: Int, height: Int) -> Image {
    let scale = min(Double(picture.width) / Double(width), Double(picture.height) / Double(height))
    let across = min(max(Int((Double(width) * scale).rounded()), 1), picture.width)
    let down = min(max(Int((Double(height) * scale).rounded()), 1), picture.height)
    let middle = PixelRect(
      x: (picture.width - across) / 2, y: (picture.height - down) / 2, width: across, height: down)
    return picture.resampled(from: middle, width: width, height: height, filter: .areaAverage)
  }
}

extension Mask {
  /// Returns the shares at another size, 0...1.
  fileprivate func shares(width newWidth: Int, height newHeight: Int) -> [Float] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * values.count)
    for value in values {
      pixels.append(value)
      pixels.append(value)
      pixels.append(value)
    }
    let small = Image(width: width, height: height, pixels: pixels)
      .resized(width: newWidth, height: newHeight, filter: .areaAverage)
    return (0..<newWidth * newHeight).map { Float(small.pixels[3 * $0]) / 255 }
  }
}
