import Testing
import WorkbenchCore
import WorkbenchPanes

@Suite struct LegibleColorTests {
  private let blue = Theme.Pixel(red: 0x1F, green: 0x9C, blue: 0xF0)

  @Test func theThemesColourStaysWhereItStandsOut() {
    for ground in [
      Theme.Pixel(red: 128, green: 128, blue: 128), Theme.Pixel(red: 180, green: 120, blue: 80),
      Theme.Pixel(red: 20, green: 20, blue: 20), Theme.Pixel(red: 90, green: 140, blue: 60),
    ] {
      #expect(LegibleColor.tint(blue, over: ground) == blue, "\(ground)")
    }
  }

  @Test func anotherColourTakesItsPlaceOnItsLike() {
    let sky = Theme.Pixel(red: 60, green: 160, blue: 235)
    let chosen = LegibleColor.tint(blue, over: sky)
    #expect(chosen != blue)
    let difference = LegibleColor.lab(chosen) - LegibleColor.lab(sky)
    #expect((difference * difference).sum().squareRoot() > 60)
  }

  /// Values of Bruce Lindbloom's calculator for sRGB under D65.
  @Test func labIsThatOfTheStandard() {
    for (color, expected) in [
      (Theme.Pixel(red: 255, green: 255, blue: 255), SIMD3(100.0, 0, 0)),
      (Theme.Pixel(red: 255, green: 0, blue: 0), SIMD3(53.24, 80.09, 67.20)),
      (Theme.Pixel(red: 0, green: 0, blue: 0), SIMD3(0.0, 0, 0)),
    ] {
      let difference = LegibleColor.lab(color) - expected
      #expect((difference * difference).sum().squareRoot() < 0.1, "\(color)")
    }
  }
}
