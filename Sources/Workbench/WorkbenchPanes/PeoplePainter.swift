import Images
import TerminalScreen
import VisionTasks
import WorkbenchCore

/// Draws what portrait and face networks found over the picture, or instead of it.
struct PeoplePainter {
  private let raster: PictureRaster
  private let theme: Theme
  private let opacity: Double

  /// - Parameter opacity: How much of a part's colour is mixed into the picture, 0 to 1.
  init(_ raster: PictureRaster, theme: Theme, opacity: Double) {
    self.raster = raster
    self.theme = theme
    self.opacity = opacity
  }

  /// The picture with what the state shows of people; nil when that is nothing.
  func bitmap(of state: State) -> Bitmap? {
    switch state.peopleView {
    case .portrait: state.portrait.map { portrait($0.matte.mask) }
    case .parts: state.faces.map { parts($0.parsing, of: state.people) }
    case .uncertainty: state.faces.map { uncertainty($0) }
    case .map: state.selectedFace.map { map($0.map) }
    case nil: nil
    }
  }

  /// The people as they are, the rest faint behind them.
  private func portrait(_ matte: Mask) -> Bitmap {
    let backdrop = theme.pixel(.backdrop)
    return changed { index in
      let share = 0.85 * (1 - Double(matte.values[index]) / 255)
      return share > 0 ? (backdrop, share) : nil
    }
  }

  private func parts(_ parsing: FaceParsing, of people: People) -> Bitmap {
    let colors = FacePart.allCases.map { people.isShown($0) ? Theme.Pixel($0) : nil }
    return changed { index in colors[Int(parsing.parts[index])].map { ($0, opacity) } }
  }

  /// The less decided the parser is, the less is left of the picture under the heat.
  private func uncertainty(_ faces: People.Faces) -> Bitmap {
    let colors = MaskLook.confidenceColors
    return changed { index in
      guard faces.uncertainties[index] > 0 else { return nil }
      let share = Double(faces.uncertainties[index]) / 255
      let place = Int((share * Double(colors.count - 1)).rounded())
      return (colors[place], MaskLook.confidenceOpacity * share.squareRoot())
    }
  }

  /// A face's map in the middle of the pane, as large as fits.
  private func map(_ map: Image) -> Bitmap {
    let (width, height) = (raster.plain.width, raster.plain.height)
    let backdrop = theme.pixel(.backdrop)
    var bitmap = Bitmap(
      width: width, height: height, red: backdrop.red, green: backdrop.green, blue: backdrop.blue)
    let scale = min(Double(width) / Double(map.width), Double(height) / Double(map.height))
    let (across, down) = (Int(Double(map.width) * scale), Int(Double(map.height) * scale))
    guard across > 0, down > 0 else { return bitmap }
    let shown = map.resized(width: across, height: down, filter: scale < 1 ? .areaAverage : .bilinear)
    let (left, top) = ((width - across) / 2, (height - down) / 2)
    for y in 0..<down {
      let target = 3 * ((top + y) * width + left)
      bitmap.pixels.replaceSubrange(
        target..<target + 3 * across, with: shown.pixels[3 * y * across..<3 * (y + 1) * across])
    }
    return bitmap
  }

  /// Mixes a colour into each pixel of the picture.
  /// - Parameter mix: The colour and how much of it, for a pixel of the image; nil for the picture's own.
  private func changed(_ mix: (_ index: Int) -> (Theme.Pixel, Double)?) -> Bitmap {
    var result = raster.plain
    let imageWidth = raster.imageWidth
    for (y, row) in raster.rows.enumerated() where row >= 0 {
      for (x, column) in raster.columns.enumerated() where column >= 0 {
        guard let (color, share) = mix(row * imageWidth + column) else { continue }
        let index = 3 * (y * result.width + x)
        for (channel, value) in [color.red, color.green, color.blue].enumerated() {
          let old = Double(result.pixels[index + channel])
          result.pixels[index + channel] = UInt8(old + share * (Double(value) - old) + 0.5)
        }
      }
    }
    return result
  }
}

extension Theme.Pixel {
  /// The colour of a part of a face.
  init(_ part: FacePart) {
    let color = part.color
    self.init(red: color.red, green: color.green, blue: color.blue)
  }
}
