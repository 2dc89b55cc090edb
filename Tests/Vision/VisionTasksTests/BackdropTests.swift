import Images
import Testing
import VisionTasks

@Suite struct BackdropTests {
  /// A red square on a green and blue chessboard.
  static let matte: Mask = {
    var mask = Mask(width: 80, height: 60)
    for y in 20..<40 { for x in 30..<50 { mask.values[y * 80 + x] = 255 } }
    return mask
  }()
  static let image: Image = {
    let (red, green, blue): ([UInt8], [UInt8], [UInt8]) = ([250, 10, 10], [0, 200, 0], [0, 0, 200])
    var pixels: [UInt8] = []
    for y in 0..<60 {
      for x in 0..<80 {
        let isGreen = (x / 4 + y / 4) % 2 == 0
        pixels += matte[x, y] ? red : isGreen ? green : blue
      }
    }
    return Image(width: 80, height: 60, pixels: pixels)
  }()

  static func color(_ image: Image, _ x: Int, _ y: Int) -> [Int] {
    let pixel = image[x, y]
    return [Int(pixel.red), Int(pixel.green), Int(pixel.blue)]
  }

  @Test func aColorIsBehindThePeople() {
    var soft = Self.matte
    soft.values[30 * 80 + 29] = 51
    let result = Backdrop.color(red: 10, green: 110, blue: 210).applied(to: Self.image, matte: soft)
    #expect(Self.color(result, 0, 0) == [10, 110, 210])
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
    let blue = Self.color(Self.image, 29, 30)[2]
    let mixed: Int = (blue * 51 + 210 * 204 + 127) / 255
    #expect(Self.color(result, 29, 30)[2] == mixed)
  }

  @Test func aBlurTakesNoColourFromThePeople() {
    let result = Backdrop.blurred(radius: 0.08).applied(to: Self.image, matte: Self.matte)
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
    for x in 0..<80 {
      let pixel = Self.color(result, x, 15)
      #expect(pixel[0] < 12, "no red bleeds out at \(x)")
      #expect(abs(pixel[1] - pixel[2]) < 120, "the board is blurred at \(x)")
    }
  }

  @Test func aPictureCoversAndIsCutInTheMiddle() {
    var pixels: [UInt8] = []
    for _ in 0..<30 { for x in 0..<300 { pixels += [UInt8(x * 255 / 299), 7, 9] } }
    let wide = Image(width: 300, height: 30, pixels: pixels)
    let result = Backdrop.picture(wide).applied(to: Self.image, matte: Self.matte)
    // 40 of 300 columns are seen, from 130 on.
    let (left, right) = (Self.color(result, 0, 0)[0], Self.color(result, 79, 0)[0])
    #expect(abs(left - 130 * 255 / 299) < 3)
    #expect(abs(right - 170 * 255 / 299) < 3)
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
  }
}
