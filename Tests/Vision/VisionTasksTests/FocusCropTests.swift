import Images
import Testing
import VisionTasks

@Suite struct FocusCropTests {
  static let whole = PixelRect(x: 0, y: 0, width: 640, height: 480)

  @Test func marginIsAroundTheMask() {
    let object = PixelRect(x: 200, y: 100, width: 100, height: 100)
    #expect(
      FocusCrop.around(object, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 180, y: 80, width: 140, height: 140))
  }

  @Test func positiveClicksAndBoxAreHeld() {
    let object = PixelRect(x: 200, y: 100, width: 100, height: 100)
    let clicks = [Click(x: 399.5, y: 150.5), Click(x: 600, y: 400, isPositive: false)]
    // 200 to 400 across, 100 to 200 down.
    #expect(
      FocusCrop.around(object, ClickPrompts(clicks: clicks), in: Self.whole)
        == PixelRect(x: 160, y: 80, width: 280, height: 140))
    let box = Box(x0: 300, y0: 200, x1: 400, y1: 300)
    #expect(
      FocusCrop.around(nil, ClickPrompts(box: box), in: Self.whole)
        == PixelRect(x: 280, y: 180, width: 140, height: 140))
  }

  @Test func cropsAreNeitherTinyNorThin() {
    let dot = PixelRect(x: 300, y: 200, width: 2, height: 2)
    #expect(
      FocusCrop.around(dot, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 277, y: 177, width: 48, height: 48))
    let line = PixelRect(x: 200, y: 240, width: 200, height: 2)
    #expect(
      FocusCrop.around(line, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 160, y: 171, width: 280, height: 140))
  }

  @Test func cropsStayInTheImage() {
    let corner = PixelRect(x: 0, y: 0, width: 100, height: 100)
    #expect(
      FocusCrop.around(corner, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 0, y: 0, width: 120, height: 120))
  }

  @Test func nothingToHoldIsNoCrop() {
    #expect(FocusCrop.around(nil, ClickPrompts(clicks: [Click(x: 5, y: 5)]), in: Self.whole) == nil)
    #expect(FocusCrop.refinement(of: Self.whole, nil, ClickPrompts(), in: Self.whole) == nil)
    #expect(FocusCrop.next(after: Self.whole, nil, ClickPrompts(), in: Self.whole) == Self.whole)
  }

  @Test func smallMasksAreLookedAtAgain() {
    let small = PixelRect(x: 200, y: 100, width: 100, height: 100)
    #expect(FocusCrop.refinement(of: Self.whole, small, ClickPrompts(), in: Self.whole) != nil)
    let large = PixelRect(x: 100, y: 50, width: 400, height: 400)
    #expect(FocusCrop.refinement(of: Self.whole, large, ClickPrompts(), in: Self.whole) == nil)
    let beyond = PixelRect(x: 0, y: 0, width: 320, height: 480)
    #expect(
      FocusCrop.refinement(of: beyond, large, ClickPrompts(), in: Self.whole) != nil,
      "the crop cuts the object")
  }

  @Test func firstClicksAreSeenFromNearAndFar() {
    let middle = FocusCrop.windows(around: [Click(x: 320, y: 240)], in: Self.whole)
    #expect(
      middle == [
        Self.whole, PixelRect(x: 160, y: 120, width: 320, height: 240),
        PixelRect(x: 240, y: 180, width: 160, height: 120),
      ])
    let corner = FocusCrop.windows(around: [Click(x: 640, y: 0)], in: Self.whole)
    #expect(corner.map(\.x) == [0, 320, 480] && corner.map(\.y) == [0, 0, 0])
    // Windows of a few pixels would show the network nothing.
    let small = PixelRect(x: 0, y: 0, width: 100, height: 120)
    #expect(FocusCrop.windows(around: [Click(x: 9, y: 9)], in: small).map(\.width) == [100, 50])
    let line = PixelRect(x: 0, y: 0, width: 1, height: 700)
    #expect(FocusCrop.windows(around: [Click(x: 1, y: 9)], in: line) == [line])
  }

  @Test func windowsWithoutAPositiveClickAreLeftOut() {
    let first = Click(x: 320, y: 240)
    func widths(_ click: Click) -> [Int] {
      FocusCrop.windows(around: [first, click], in: Self.whole).map(\.width)
    }
    #expect(widths(Click(x: 380, y: 240)) == [640, 320, 160])
    #expect(widths(Click(x: 420, y: 240)) == [640, 320])
    #expect(widths(Click(x: 600, y: 240)) == [640])
    #expect(widths(Click(x: 600, y: 240, isPositive: false)) == [640, 320, 160])
  }

  @Test func cropsAreKeptWhileTheyFit() {
    let seen = PixelRect(x: 180, y: 80, width: 140, height: 140)
    let same = PixelRect(x: 201, y: 101, width: 100, height: 100)
    #expect(FocusCrop.next(after: seen, same, ClickPrompts(), in: Self.whole) == seen)
    let moved = PixelRect(x: 230, y: 100, width: 100, height: 100)
    #expect(
      FocusCrop.next(after: seen, moved, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 210, y: 80, width: 140, height: 140))
    let shrunk = PixelRect(x: 230, y: 130, width: 50, height: 50)
    #expect(
      FocusCrop.next(after: seen, shrunk, ClickPrompts(), in: Self.whole)
        == PixelRect(x: 220, y: 120, width: 70, height: 70))
  }
}
