import Images
import Profiling
import TerminalScreen
import WorkbenchCore

/// Draws a layer's result as a picture.
package struct FeaturePicture {
  private let map: FeatureMap
  private let backdrop: Theme.Pixel

  package init(map: FeatureMap, backdrop: Theme.Pixel) {
    self.map = map
    self.backdrop = backdrop
  }

  /// The colours of numbers from the least to the greatest: viridis, which stays ordered for eyes of any kind and in grey.
  private static let colors: [(Double, Double, Double)] = [
    (68, 1, 84), (72, 40, 120), (62, 74, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121),
    (110, 206, 88), (181, 222, 43), (253, 231, 37),
  ]

  /// Returns the colour of a number from 0 to 1.
  package static func color(_ value: Float) -> Theme.Pixel {
    let place = Double(min(max(value.isFinite ? value : 0, 0), 1)) * Double(colors.count - 1)
    let lower = min(Int(place), colors.count - 2)
    let part = place - Double(lower)
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * part).rounded()) }
    let (a, b) = (colors[lower], colors[lower + 1])
    return Theme.Pixel(red: mix(a.0, b.0), green: mix(a.1, b.1), blue: mix(a.2, b.2))
  }

  /// The map as one picture of a pane's size; an overlay is drawn by `blend` instead.
  package func bitmap(_ view: FeatureView, size: PixelSize) -> Bitmap {
    var canvas = Canvas(
      Bitmap(
        width: size.width, height: size.height, red: backdrop.red, green: backdrop.green, blue: backdrop.blue)
    )
    switch view {
    case .grid: drawGrid(on: &canvas, size)
    case .mean, .overlay: drawOne(Self.scaled(map.mean[...]).map(Self.color), on: &canvas, size)
    case .strongest: drawOne(map.strongestChannels.map(Self.categorical), on: &canvas, size)
    }
    return canvas.bitmap
  }

  /// Lays the mean of the channels over a photo.
  ///
  /// - Parameters:
  ///   - raster: The photo as the pane shows it.
  ///   - crop: The part of the photo that the map is of; nil for all of it.
  func blend(over raster: PictureRaster, image: PixelSize, crop: PixelRect?) -> Bitmap {
    let crop = crop ?? PixelRect(x: 0, y: 0, width: image.width, height: image.height)
    let colors = Self.scaled(map.mean[...]).map(Self.color)
    var result = raster.plain
    for y in 0..<result.height {
      let row = raster.rows[y] - crop.y
      guard raster.rows[y] >= 0, row >= 0, row < crop.height else { continue }
      let line = row * map.height / crop.height * map.width
      for x in 0..<result.width {
        let column = raster.columns[x] - crop.x
        guard raster.columns[x] >= 0, column >= 0, column < crop.width else { continue }
        let color = colors[line + column * map.width / crop.width]
        let index = 3 * (y * result.width + x)
        for (channel, value) in [color.red, color.green, color.blue].enumerated() {
          result.pixels[index + channel] = UInt8(
            (Int(result.pixels[index + channel]) * 9 + Int(value) * 11) / 20)
        }
      }
    }
    return result
  }

  /// Each channel as a tile of its own brightness, as many as can be told apart.
  private func drawGrid(on canvas: inout Canvas, _ size: PixelSize) {
    let tiles = Tiling(count: map.channels, width: map.width, height: map.height, in: size)
    // Single numbers say something only beside each other.
    let isVector = map.width * map.height == 1
    let all = isVector ? Self.scaled(map.values[...]) : []
    for index in 0..<tiles.count {
      let values = isVector ? [all[index]] : Self.scaled(map.channel(index))
      let place = tiles.origin(of: index)
      draw(
        values.map(Self.color), x: place.x, y: place.y, width: tiles.tileWidth, height: tiles.tileHeight,
        on: &canvas)
    }
  }

  private func drawOne(_ colors: [Theme.Pixel], on canvas: inout Canvas, _ size: PixelSize) {
    let scale = min(Double(size.width) / Double(map.width), Double(size.height) / Double(map.height))
    let (width, height) = (max(Int(Double(map.width) * scale), 1), max(Int(Double(map.height) * scale), 1))
    draw(
      colors, x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height,
      on: &canvas)
  }

  private func draw(
    _ colors: [Theme.Pixel], x: Int, y: Int, width: Int, height: Int, on canvas: inout Canvas
  ) {
    for row in 0..<height {
      let line = row * map.height / height * map.width
      for column in 0..<width {
        canvas.setPixel(x + column, y + row, colors[line + column * map.width / width])
      }
    }
  }

  /// Numbers from 0 to 1.
  private static func scaled(_ values: ArraySlice<Float>) -> [Float] {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), greatest > least else {
      return values.map { _ in 0 }
    }
    return values.map { ($0 - least) / (greatest - least) }
  }

  /// Colours for numbers without an order: hues a golden angle apart.
  private static func categorical(_ index: Int) -> Theme.Pixel {
    let hue = (Double(index) * 0.618034).truncatingRemainder(dividingBy: 1) * 6
    let rise = hue.truncatingRemainder(dividingBy: 1)
    let (low, up, down) = (70.0, 70 + 160 * rise, 230 - 160 * rise)
    let (red, green, blue): (Double, Double, Double) =
      switch Int(hue) {
      case 0: (230, up, low)
      case 1: (down, 230, low)
      case 2: (low, 230, up)
      case 3: (low, down, 230)
      case 4: (up, low, 230)
      default: (230, low, down)
      }
    return Theme.Pixel(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
  }
}

/// Tiles of one shape, as large as so many can be in a pane, with a pixel between them.
package struct Tiling: Equatable {
  /// The tiles that are shown, fewer than asked for where they would be too small to see.
  package let count: Int
  package let columns, tileWidth, tileHeight: Int

  private static let leastSide = 3

  package init(count: Int, width: Int, height: Int, in size: PixelSize) {
    var best = (columns: 1, width: 0, height: 0)
    for columns in 1...max(count, 1) {
      let rows = (count + columns - 1) / columns
      let scale = min(
        Double(size.width / columns - 1) / Double(width),
        Double(size.height / max(rows, 1) - 1) / Double(height))
      let tile = (Int(Double(width) * scale), Int(Double(height) * scale))
      if scale > 0, tile.0 * tile.1 > best.width * best.height { best = (columns, tile.0, tile.1) }
    }
    if min(best.width, best.height) < Self.leastSide {
      let scale = Double(Self.leastSide) / Double(min(width, height))
      best.width = min(max(Int(Double(width) * scale), 1), max(size.width - 1, 1))
      best.height = min(max(Int(Double(height) * scale), 1), max(size.height - 1, 1))
      best.columns = max(size.width / (best.width + 1), 1)
    }
    columns = best.columns
    tileWidth = best.width
    tileHeight = best.height
    self.count = min(count, columns * max(size.height / (tileHeight + 1), 1))
  }

  package func origin(of index: Int) -> (x: Int, y: Int) {
    (index % columns * (tileWidth + 1), index / columns * (tileHeight + 1))
  }
}
