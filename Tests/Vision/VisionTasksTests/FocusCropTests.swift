import Images
import Testing
import VisionTasks

@Suite struct FocusCropTests {
  static let whole = PixelRect(x: 0, y: 0, width: 640, height: 480)

  /// A mask of the whole image's size with one rectangle inside.
  static func mask(_ rect: PixelRect) -> Mask {
    var mask = Mask(width: whole.width, height: whole.height)
    for y in rect.y..<rect.y + rect.height {
      for x in rect.x..<rect.x + rect.width { mask.values[y * whole.width + x] = 255 }
    }
    return mask
  }

  @Test func marginIsAroundTheMask() {
    let mask = Self.mask(PixelRect(x: 200, y: 100, width: 100, height: 100))
    #expect(
      FocusCrop.around(mask, ClickPrompts()) == PixelRect(x: 180, y: 80, width: 140, height: 140))
  }

  @Test func positiveClicksAndBoxAreHeld() {
    let mask = Self.mask(PixelRect(x: 200, y: 100, width: 100, height: 100))
    let clicks = [Click(x: 399.5, y: 150.5), Click(x: 600, y: 400, isPositive: false)]
    // 200 to 400 across, 100 to 200 down.
    #expect(
      FocusCrop.around(mask, ClickPrompts(clicks: clicks))
        == PixelRect(x: 160, y: 80, width: 280, height: 140))
    let box = Box(x0: 300, y0: 200, x1: 400, y1: 300)
    #expect(
      FocusCrop.around(Self.mask(PixelRect(x: 0, y: 0, width: 0, height: 0)), ClickPrompts(box: box))
        == PixelRect(x: 280, y: 180, width: 140, height: 140))
  }

  @Test func cropsAreNeitherTinyNorThin() {
    let dot = Self.mask(PixelRect(x: 300, y: 200, width: 2, height: 2))
    #expect(FocusCrop.around(dot, ClickPrompts()) == PixelRect(x: 277, y: 177, width: 48, height: 48))
    let line = Self.mask(PixelRect(x: 200, y: 240, width: 200, height: 2))
    #expect(FocusCrop.around(line, ClickPrompts()) == PixelRect(x: 160, y: 171, width: 280, height: 140))
  }

  @Test func cropsStayInTheImage() {
    let corner = Self.mask(PixelRect(x: 0, y: 0, width: 100, height: 100))
    #expect(FocusCrop.around(corner, ClickPrompts()) == PixelRect(x: 0, y: 0, width: 120, height: 120))
  }

  @Test func nothingToHoldIsNoCrop() {
    let empty = Mask(width: 640, height: 480)
    #expect(FocusCrop.around(empty, ClickPrompts(clicks: [Click(x: 5, y: 5)])) == nil)
    #expect(FocusCrop.refinement(of: Self.whole, empty, ClickPrompts()) == nil)
    #expect(FocusCrop.next(after: Self.whole, empty, ClickPrompts()) == Self.whole)
  }

  @Test func smallMasksAreLookedAtAgain() {
    let small = Self.mask(PixelRect(x: 200, y: 100, width: 100, height: 100))
    #expect(FocusCrop.refinement(of: Self.whole, small, ClickPrompts()) != nil)
    let large = Self.mask(PixelRect(x: 100, y: 50, width: 400, height: 400))
    #expect(FocusCrop.refinement(of: Self.whole, large, ClickPrompts()) == nil)
    let beyond = PixelRect(x: 0, y: 0, width: 320, height: 480)
    #expect(FocusCrop.refinement(of: beyond, large, ClickPrompts()) != nil, "the crop cuts the mask")
  }

  @Test func firstClicksAreSeenFromNearAndFar() {
    let middle = FocusCrop.windows(around: Click(x: 320, y: 240), in: Self.whole)
    #expect(
      middle == [
        Self.whole, PixelRect(x: 160, y: 120, width: 320, height: 240),
        PixelRect(x: 240, y: 180, width: 160, height: 120),
      ])
    let corner = FocusCrop.windows(around: Click(x: 640, y: 0), in: Self.whole)
    #expect(corner.map(\.x) == [0, 320, 480] && corner.map(\.y) == [0, 0, 0])
    // Windows of a few pixels would show the network nothing.
    let small = PixelRect(x: 0, y: 0, width: 100, height: 120)
    #expect(FocusCrop.windows(around: Click(x: 9, y: 9), in: small).map(\.width) == [100, 50])
    let line = PixelRect(x: 0, y: 0, width: 1, height: 700)
    #expect(FocusCrop.windows(around: Click(x: 1, y: 9), in: line) == [line])
  }

  @Test func cropsAreKeptWhileTheyFit() {
    let seen = PixelRect(x: 180, y: 80, width: 140, height: 140)
    let same = Self.mask(PixelRect(x: 201, y: 101, width: 100, height: 100))
    #expect(FocusCrop.next(after: seen, same, ClickPrompts()) == seen)
    let moved = Self.mask(PixelRect(x: 230, y: 100, width: 100, height: 100))
    #expect(
      FocusCrop.next(after: seen, moved, ClickPrompts()) == PixelRect(x: 210, y: 80, width: 140, height: 140))
    let shrunk = Self.mask(PixelRect(x: 230, y: 130, width: 50, height: 50))
    #expect(
      FocusCrop.next(after: seen, shrunk, ClickPrompts()) == PixelRect(x: 220, y: 120, width: 70, height: 70))
  }
}
