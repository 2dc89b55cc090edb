import Images
import Testing
import VisionTasks

@Suite struct BackdropTests {
  /// A red square on a green and blue chessboard.
  static let matte = Mask(
    width: 80, height: 60,
    values: (0..<80 * 60).map { index -> UInt8 in
      (30..<50).contains(index % 80) && (20..<40).contains(index / 80) ? 255 : 0
    })
  static let image = Image(
    width: 80, height: 60,
    pixels: (0..<80 * 60).flatMap { index -> [UInt8] in
      if matte.values[index] > 0 { return [250, 10, 10] }
      return (index % 80 / 4 + index / 320) % 2 == 0 ? [0, 200, 0] : [0, 0, 200]
    })

  /// Red, green and blue of a pixel.
  static func color(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
    let pixel = image[x, y]
    return [pixel.red, pixel.green, pixel.blue]
  }

  @Test func aColorIsBehindThePeople() {
    var soft = Self.matte
    soft.values[30 * 80 + 29] = 51
    let result = Backdrop.color(red: 10, green: 110, blue: 210).applied(to: Self.image, matte: soft)
    #expect(Self.color(result, 0, 0) == [10, 110, 210])
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
    let original = Int(Self.color(Self.image, 29, 30)[2])
    let mixed = (original * 51 + 210 * 204 + 127) / 255
    #expect(Int(Self.color(result, 29, 30)[2]) == mixed)
  }

  @Test func aBlurTakesNoColourFromThePeople() {
    let result = Backdrop.blurred(radius: 0.08).applied(to: Self.image, matte: Self.matte)
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
    for x in 0..<80 {
      let pixel = result[x, 15]
      #expect(pixel.red < 12, "no red bleeds out at \(x)")
      #expect(abs(Int(pixel.green) - Int(pixel.blue)) < 120, "the board is blurred at \(x)")
    }
  }

  @Test func aPictureCoversAndIsCutInTheMiddle() {
    let wide = Image(
      width: 300, height: 30,
      pixels: (0..<300 * 30).flatMap { index -> [UInt8] in [UInt8(index % 300 * 255 / 299), 7, 9] })
    let result = Backdrop.picture(wide).applied(to: Self.image, matte: Self.matte)
    // 40 of 300 columns are seen, from 130 on.
    let (left, right) = (Int(Self.color(result, 0, 0)[0]), Int(Self.color(result, 79, 0)[0]))
    #expect(abs(left - 130 * 255 / 299) < 3)
    #expect(abs(right - 170 * 255 / 299) < 3)
    #expect(Self.color(result, 40, 30) == [250, 10, 10])
  }
}
