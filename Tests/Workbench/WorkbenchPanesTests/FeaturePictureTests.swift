import Profiling
import TerminalScreen
import Testing
import WorkbenchCore
import WorkbenchPanes

@Suite struct FeaturePictureTests {
  private let black = Theme.Pixel(red: 0, green: 0, blue: 0)

  private func pixel(_ bitmap: Bitmap, _ x: Int, _ y: Int) -> Theme.Pixel {
    let index = 3 * (y * bitmap.width + x)
    return Theme.Pixel(
      red: bitmap.pixels[index], green: bitmap.pixels[index + 1], blue: bitmap.pixels[index + 2])
  }

  @Test func coloursGoFromDarkToBright() {
    #expect(FeaturePicture.color(0) == Theme.Pixel(red: 68, green: 1, blue: 84))
    #expect(FeaturePicture.color(1) == Theme.Pixel(red: 253, green: 231, blue: 37))
    #expect(FeaturePicture.color(.nan) == FeaturePicture.color(0))
  }

  @Test(arguments: [(1, 7, 7), (16, 14, 14), (17, 56, 20), (960, 7, 7), (1280, 1, 1), (4000, 3, 90)])
  func tilesStayInsideAndApart(count: Int, width: Int, height: Int) {
    let size = PixelSize(width: 611, height: 480)
    let tiles = Tiling(count: count, width: width, height: height, in: size)
    #expect(tiles.count >= 1 && tiles.count <= count)
    let last = tiles.origin(of: tiles.count - 1)
    let widest = tiles.origin(of: min(tiles.columns, tiles.count) - 1)
    #expect(widest.x + tiles.tileWidth <= size.width && last.y + tiles.tileHeight <= size.height)
    #expect(tiles.tileWidth > 0 && tiles.tileHeight > 0)
  }

  @Test func aMapShowsItsLargestNumberBrightest() {
    let map = FeatureMap(channels: 2, height: 2, width: 2, values: [0, 1, 2, 3, 0, 1, 2, 9])
    let picture = FeaturePicture(map: map, backdrop: black)
    let mean = picture.bitmap(.mean, size: PixelSize(width: 40, height: 20))
    #expect(pixel(mean, 0, 0) == black)
    #expect(pixel(mean, 29, 19) == FeaturePicture.color(1))
    #expect(pixel(mean, 10, 0) == FeaturePicture.color(0))
    let strongest = picture.bitmap(.strongest, size: PixelSize(width: 20, height: 20))
    #expect(pixel(strongest, 19, 19) != pixel(strongest, 0, 0))
  }
}
