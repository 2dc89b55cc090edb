import TerminalScreen
import WorkbenchCore

/// Draws a mask on the picture in one of its views.
package struct MaskPainter {
  private let raster: PictureRaster
  private let look: MaskLook

  package init(_ raster: PictureRaster, look: MaskLook) {
    self.raster = raster
    self.look = look
  }

  /// - Parameters:
  ///   - inside: Which pixels of the bitmap lie on the mask.
  ///   - before: Which lay on it before its last change; for the difference.
  ///   - confidence: The probability of each pixel; for the confidence.
  package func bitmap(inside: [Bool], before: [Bool]? = nil, confidence: [Float]? = nil) -> Bitmap {
    precondition(inside.count == raster.plain.width * raster.plain.height)
    switch look.view {
    case .hidden: return raster.plain
    case .fill: return filled(inside)
    case .outline: return outlined(raster.plain, inside, hasEdge: !look.isCoarse)
    case .difference: return difference(inside, before ?? inside)
    case .matte: return matte(inside)
    case .confidence:
      guard let confidence else { return outlined(raster.plain, inside, hasEdge: !look.isCoarse) }
      return outlined(heated(confidence), inside, hasEdge: false)
    }
  }

  private func filled(_ inside: [Bool]) -> Bitmap {
    let mix = Mix(look.tint, look.opacity)
    let tinted = changed(raster.plain) { index, pixel in if inside[index] { mix.apply(to: pixel) } }
    return look.isCoarse ? tinted : outlined(tinted, inside, hasEdge: false)
  }

  private func difference(_ inside: [Bool], _ before: [Bool]) -> Bitmap {
    precondition(before.count == inside.count)
    let kept = Mix(look.tint, look.opacity / 2)
    let added = Mix(look.added, max(look.opacity, 0.6))
    let removed = Mix(look.removed, max(look.opacity, 0.6))
    return changed(raster.plain) { index, pixel in
      switch (before[index], inside[index]) {
      case (true, true): kept.apply(to: pixel)
      case (false, true): added.apply(to: pixel)
      case (true, false): removed.apply(to: pixel)
      case (false, false): break
      }
    }
  }

  private func matte(_ inside: [Bool]) -> Bitmap {
    let side = look.checkerSide
    let width = raster.plain.width
    return changed(raster.plain) { index, pixel in
      guard !inside[index] else { return }
      let (x, y) = (index % width, index / width)
      guard raster.isPicture(x: x, y: y) else { return }
      let color = MaskLook.checkers[(x / side + y / side) & 1]
      pixel[0] = color.red
      pixel[1] = color.green
      pixel[2] = color.blue
    }
  }

  private func heated(_ confidence: [Float]) -> Bitmap {
    precondition(confidence.count == raster.plain.width * raster.plain.height)
    let steps = 64
    let mixes = (0...steps).map { step -> Mix in
      let place = Double(step) / Double(steps) * Double(MaskLook.confidenceColors.count - 1)
      let first = min(Int(place), MaskLook.confidenceColors.count - 2)
      let part = place - Double(first)
      let (low, high) = (MaskLook.confidenceColors[first], MaskLook.confidenceColors[first + 1])
      func between(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(Double(a) + part * (Double(b) - Double(a))) }
      return Mix(
        Theme.Pixel(
          red: between(low.red, high.red), green: between(low.green, high.green),
          blue: between(low.blue, high.blue)), MaskLook.confidenceOpacity)
    }
    let width = raster.plain.width
    return changed(raster.plain) { index, pixel in
      guard raster.isPicture(x: index % width, y: index / width) else { return }
      let grey = Self.brightness(Int(pixel[0]), Int(pixel[1]), Int(pixel[2]))
      pixel[0] = grey
      pixel[1] = grey
      pixel[2] = grey
      mixes[Int((min(max(confidence[index], 0), 1) * Float(steps)).rounded())].apply(to: pixel)
    }
  }

  /// Rec. 601 brightness, 0 to 255.
  private static func brightness(_ red: Int, _ green: Int, _ blue: Int) -> UInt8 {
    UInt8((299 * red + 587 * green + 114 * blue) / 1000)
  }

  /// Calls `change` with each pixel's number and its three bytes.
  private func changed(_ bitmap: Bitmap, _ change: (Int, UnsafeMutablePointer<UInt8>) -> Void) -> Bitmap {
    var result = bitmap
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      guard var pixel = pixels.baseAddress else { return }
      // A bitmap has three bytes for each pixel.
      for index in 0..<bitmap.width * bitmap.height {
        change(index, pixel)
        pixel += 3
      }
    }
    return result
  }

  /// Draws the inner border of the mask, and around it a dark edge.
  private func outlined(_ bitmap: Bitmap, _ inside: [Bool], hasEdge: Bool) -> Bitmap {
    let (width, height) = (bitmap.width, bitmap.height)
    var result = bitmap
    func set(_ index: Int, _ color: Theme.Pixel) {
      result.pixels[3 * index] = color.red
      result.pixels[3 * index + 1] = color.green
      result.pixels[3 * index + 2] = color.blue
    }
    inside.withUnsafeBufferPointer { inside in
      for y in 0..<height {
        let row = y * width
        // A mask that goes on beyond the pane has no border there: the first and last rows and columns are their
        // own neighbours, so that every index stays inside.
        let (above, below) = (y > 0 ? -width : 0, y + 1 < height ? width : 0)
        for x in 0..<width {
          let index = row + x
          let here = inside[index]
          let isBorder =
            inside[index + above] != here || inside[index + below] != here
            || inside[index - (x > 0 ? 1 : 0)] != here || inside[index + (x + 1 < width ? 1 : 0)] != here
          guard isBorder else { continue }
          if here { set(index, look.outline) } else if hasEdge { set(index, look.edge) }
        }
      }
    }
    return result
  }
}

/// A colour mixed into others: for each channel and value the value that comes of it.
struct Mix {
  private let red, green, blue: [UInt8]

  init(_ color: Theme.Pixel, _ opacity: Double) {
    func table(_ component: UInt8) -> [UInt8] {
      (0..<256).map { UInt8((Double($0) * (1 - opacity) + Double(component) * opacity).rounded()) }
    }
    red = table(color.red)
    green = table(color.green)
    blue = table(color.blue)
  }

  /// Mixes the colour into the three bytes of a pixel.
  @inline(__always)
  func apply(to pixel: UnsafeMutablePointer<UInt8>) {
    pixel[0] = red[Int(pixel[0])]
    pixel[1] = green[Int(pixel[1])]
    pixel[2] = blue[Int(pixel[2])]
  }

  /// A colour with this one mixed into it.
  func applied(to color: Theme.Pixel) -> Theme.Pixel {
    Theme.Pixel(red: red[Int(color.red)], green: green[Int(color.green)], blue: blue[Int(color.blue)])
  }

  /// A bitmap with the colour mixed into every pixel.
  func applied(to bitmap: Bitmap) -> Bitmap {
    var result = bitmap
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      // A bitmap has three bytes for each pixel.
      for index in stride(from: 0, to: pixels.count, by: 3) { apply(to: pixels.baseAddress! + index) }
    }
    return result
  }
}
