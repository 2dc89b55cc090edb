import Foundation
import Testing
import VisionTasks

@Suite struct TanhCartesianWarpTests {
  @Test(arguments: [(0.0, 10.0), (-40, 300), (17.5, 18)])
  func boxKeepsTheMiddle(start: Double, end: Double) {
    let warp = TanhCartesianWarp(from: start, to: end)
    // tanh(1) = 0.76159…: the box takes that part of the map, in the middle.
    let half = 0.7615941559557649 * 64 / 2
    #expect(abs(warp.mapPosition(ofPicture: start, count: 64) - (31.5 - half)) < 1e-9)
    #expect(abs(warp.mapPosition(ofPicture: (start + end) / 2, count: 64) - 31.5) < 1e-9)
    #expect(abs(warp.mapPosition(ofPicture: end, count: 64) - (31.5 + half)) < 1e-9)
  }

  @Test func thereAndBackAgain() {
    let warp = TanhCartesianWarp(from: 20, to: 90)
    for position in 0..<256 {
      let place = warp.picturePosition(ofMap: Double(position), count: 256)
      #expect(abs(warp.mapPosition(ofPicture: place, count: 256) - Double(position)) < 1e-6)
    }
  }
}
