import Evaluation
import Images
import Testing
import VisionTasks

/// Draws masks and objects: `#` inside, `?` ignored, anything else outside.
func object(_ rows: String...) -> LabelledObject {
  let labels = rows.joined().map { $0 == "#" ? PixelLabel.inside : $0 == "?" ? .ignored : .outside }
  return LabelledObject(width: rows[0].count, height: rows.count, labels: labels)
}

func mask(_ rows: String...) -> Mask {
  Mask(width: rows[0].count, height: rows.count, values: rows.joined().map { $0 == "#" ? 255 : 0 })
}

@Suite struct ClickSimulatorTests {
  @Test func firstClickIsTheDeepestPixel() {
    var simulator = ClickSimulator(object(".....", ".###.", ".###.", ".###.", "....."))
    #expect(simulator.nextClick(on: nil) == Click(x: 2.5, y: 2.5))
  }

  @Test func thePicturesBorderIsAnEdge() {
    var simulator = ClickSimulator(object("#####", "#####", "#####"))
    // The middle row is two deep from column 1 on; the first such pixel in reading order is taken.
    #expect(simulator.nextClick(on: nil) == Click(x: 1.5, y: 1.5))
  }

  @Test func aTieIsANegativeClick() {
    var simulator = ClickSimulator(object("#.."))
    #expect(simulator.nextClick(on: mask("..#")) == Click(x: 2.5, y: 0.5, isPositive: false))
  }

  @Test func ignoredPixelsAreNoMistake() {
    var simulator = ClickSimulator(object("??#", "??.", "???"))
    #expect(simulator.nextClick(on: mask("###", "##.", "###")) == nil)
  }

  @Test func aPixelIsClickedOnce() {
    var simulator = ClickSimulator(object("##."))
    #expect(simulator.nextClick(on: nil) == Click(x: 0.5, y: 0.5))
    #expect(simulator.nextClick(on: nil) == Click(x: 1.5, y: 0.5))
    #expect(simulator.nextClick(on: nil) == nil)
  }

  @Test func notedClicksCount() {
    var simulator = ClickSimulator(object("##."))
    simulator.note(Click(x: 0.2, y: 0.9))
    simulator.note(Click(x: -5, y: 700))
    #expect(simulator.nextClick(on: nil) == Click(x: 1.5, y: 0.5))
  }

  @Test func intersectionOverUnionLeavesOutIgnoredPixels() {
    #expect(object("##?.").intersectionOverUnion(with: mask("#.##")) == 1.0 / 3.0)
    #expect(object("?...").intersectionOverUnion(with: mask("#...")) == 1)
  }
}
