import Foundation
import InferenceEngine
import Profiling
import TerminalScreen
import Testing
import WorkbenchCore

/// Golden screens of measurements.
@Suite struct ProfilingScreenTests {
  enum Situation: String, CaseIterable {
    case benchmark, benchmarkWide, benchmarkDrift, clicks, compare, whatIf, features

    func arrange(_ scene: inout Scene) throws {
      let open = Action.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)
      scene.run([open, .focus(.layers)])
      let slow = ProfileFixture.profile(threads: 1, factor: 1)
      let fast = ProfileFixture.profile(threads: 2, factor: 0.6)
      func measure(_ profile: ModelProfile, scene: inout Scene, isDone: Bool = true) {
        scene.run([.profiling(.run)])
        scene.run(
          Array(ProfileFixture.reports(generation: scene.benchmarks, profile).prefix(isDone ? 2 : 1)))
      }
      switch self {
      case .benchmark: measure(slow, scene: &scene, isDone: false)
      case .benchmarkWide:
        measure(slow, scene: &scene)
        scene.run([.profiling(.toggleWide), .switchLayerOrder, .moveSelection(3)])
      case .benchmarkDrift: measure(ProfileFixture.profile(threads: 2, factor: 1, drift: 1.07), scene: &scene)
      case .clicks:
        for index in 0..<5 {
          scene.run(
            [
              .addClick(at: ImagePoint(x: 100 + Double(index) * 30, y: 150), isPositive: true),
              .drawn(FrameLatency(composite: 4, encode: Double(index * index * 6), write: 2)),
              .profiling(.terminalAnswered(milliseconds: 5.5)),
            ], mask: Scene.mask)
        }
        scene.run([.profiling(.switchPage(backward: false))])
      case .compare:
        measure(slow, scene: &scene)
        measure(fast, scene: &scene)
        scene.run([.profiling(.switchPage(backward: false)), .profiling(.switchPage(backward: false))])
      case .whatIf:
        measure(slow, scene: &scene)
        scene.run([.profiling(.switchPage(backward: true)), .profiling(.run)])
        var graph = Graph(name: "one")
        let image = graph.addInput("image", ValueType([1, 3, 8, 8]))
        let weight = graph.addConstant("weight", Tensor([8, 3, 1, 1]))
        graph.outputs = try graph.add(Convolution(), [image, weight, nil], name: "features.0.conv.0")
        var answer = WhatIf([try Model(graph: graph)], resolution: 0.75, width: 1, from: slow)
        answer.predicted = 6.25
        answer.measured = 6.5
        answer.rows[0].predicted = 0.125
        answer.rows[0].measured = 0.13
        scene.run([.profiling(.answered(generation: scene.benchmarks + 1, answer))])
      case .features:
        measure(slow, scene: &scene)
        scene.run([.profiling(.switchFeatureView)])
        let layer = try #require(scene.state.layers?.rows(in: .slowestFirst)[0].name)
        var graph = Graph(name: "one")
        let image = graph.addInput("image", ValueType([1, 3, 8, 8]))
        let weight = graph.addConstant(
          "weight", Tensor([8, 3, 1, 1], elements: (0..<24).map { Float($0 % 7) - 3 }))
        graph.outputs = try graph.add(Convolution(), [image, weight, nil], name: layer)
        let facts = try #require(LayerInspection(layer, in: [try Model(graph: graph)]))
        let map = FeatureMap(channels: 8, height: 8, width: 8, values: (0..<512).map { Float($0 % 37) })
        // Selecting asked once without and once with features.
        for generation in 1...3 {
          scene.run([
            .profiling(.inspected(generation: generation, InspectedLayer(facts: facts, features: map)))
          ])
        }
      }
    }
  }

  @Test(arguments: Situation.allCases, GoldenScreenTests.sizes)
  func screensAreAsRecorded(situation: Situation, size: ScreenSize) throws {
    var scene = try Scene(columns: size.columns, rows: size.rows)
    try situation.arrange(&scene)
    try Golden.check("\(situation.rawValue)-\(size.columns)x\(size.rows)", scene.frame().lines)
  }

  @Test func resultsTakeThePicturesPlaceUntilThePaneIsLeft() throws {
    var scene = try Scene(columns: 120, rows: 40)
    try Situation.features.arrange(&scene)
    let features = try scene.frame().graphics
    #expect(scene.state.shownFeatures != nil)
    scene.run([.focus(.image)])
    #expect(scene.state.shownFeatures == nil)
    let picture = try scene.frame().graphics
    #expect(features != picture && picture.count == 1)
    scene.run([.focus(.layers), .profiling(.switchFeatureView), .profiling(.switchFeatureView)])
    #expect(scene.state.shownFeatures?.view == .strongest)
    scene.run([.profiling(.switchFeatureView)])
    #expect(scene.state.shownFeatures?.view == .overlay)
    #expect(try scene.frame().graphics != features)
  }

  /// A pane of 1,500 layers with all columns must be drawn well within the sixtieth of a second.
  @Test func widePanesOfManyLayersScroll() throws {
    var scene = try Scene(columns: 160, rows: 48)
    try Situation.benchmarkWide.arrange(&scene)
    let steps = (0..<1500).map { LayerTable.Step("layer.\($0)", milliseconds: Double($0 * 7 % 13)) }
    scene.show(LayerTable(steps: steps, milliseconds: 10_000))
    var fastest = Duration.seconds(1)
    for _ in 0..<40 {
      scene.run([.moveSelection(30)])
      fastest = min(fastest, ContinuousClock().measure { _ = scene.compositor.frame(of: scene.state) })
    }
    #expect(fastest < .milliseconds(16), "\(fastest)")
  }
}
