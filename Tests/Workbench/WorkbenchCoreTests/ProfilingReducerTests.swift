import InferenceEngine
import Profiling
import TerminalScreen
import Testing
import VisionTasks
import WorkbenchCore

@Suite struct ProfilingReducerTests {
  static func profile(kernelCount: Int = 2) throws -> ModelProfile {
    var graph = Graph(name: "chain")
    var value = graph.addInput("image", ValueType([1, 4, 8, 8]))
    for index in 0..<kernelCount {
      let weight = graph.addConstant("weight \(index)", Tensor([4, 4, 1, 1], repeating: Float(0.5)))
      value = try graph.add(Convolution(strides: [1, 1]), [value, weight, nil], name: "layer \(index)")[0]
    }
    graph.outputs = [value]
    return try ModelProfiler(runs: 4, warmUp: 1, threads: 1).measure(
      [.init(try Model(graph: graph))], name: "m"
    ).profile
  }

  private func effects(_ bench: inout Bench) -> [ProfilingEffect] {
    defer { bench.held = [] }
    return bench.held.compactMap { if case .profiling(let effect) = $0 { effect } else { nil } }
  }

  private func report(_ generation: Int, _ profile: ModelProfile?, _ phase: Benchmark.Phase) -> Action {
    var benchmark = Benchmark(phase: phase)
    benchmark.profile = profile
    return .profiling(.benchmarked(BenchmarkReport(generation: generation, benchmark: benchmark)))
  }

  @Test func aBenchmarkFillsTheLayersAndRowsAddUp() throws {
    var bench = Bench()
    bench.run(.focus(.layers), .profiling(.run))
    guard case .benchmark(let request)? = effects(&bench).first else { throw Missing() }
    #expect(bench.state.profiling.benchmark.isUnderWay)
    let profile = try Self.profile()
    bench.run(report(request.generation, profile, .running))
    let layers = try #require(bench.state.layers)
    let sum = layers.rows.reduce(layers.remainder) { $0 + $1.milliseconds }
    #expect(abs(sum - profile.endToEnd.mean) < 1e-9)
    #expect(layers.rows.map(\.step.peakShare).allSatisfy { $0 != nil })
    bench.run(.profiling(.run))
    #expect(bench.state.profiling.benchmark.phase == .stopped)
    bench.run(report(request.generation, profile, .finished))
    #expect(bench.state.profiling.benchmark.phase == .stopped, "news of a stopped benchmark count no more")
  }

  @Test func otherSettingsMeasureAgainAndCompareWithTheOneBefore() throws {
    var bench = Bench()
    bench.run(.focus(.layers), .profiling(.switchInstructionSet))
    #expect(effects(&bench).isEmpty, "nothing was measured that would have to be measured again")
    bench.run(.profiling(.run))
    bench.run(report(bench.state.profiling.requestCount, try Self.profile(), .finished))
    #expect(bench.state.profiling.comparison == nil)
    bench.run(.profiling(.switchThreads))
    let second = try Self.profile()
    bench.run(report(bench.state.profiling.requestCount, second, .finished))
    #expect(bench.state.profiling.comparison?.rows.count == second.layers.count)
  }

  @Test func aKeptProfileStaysTheOneToCompareWith() throws {
    var bench = Bench()
    bench.run(.focus(.layers), .profiling(.run))
    let kept = try Self.profile(kernelCount: 3)
    bench.run(report(bench.state.profiling.requestCount, kept, .finished), .profiling(.keepBaseline))
    for _ in 0..<2 {
      bench.run(.profiling(.run))
      bench.run(report(bench.state.profiling.requestCount, try Self.profile(), .finished))
    }
    #expect(bench.state.profiling.baseline == kept)
    #expect(bench.state.profiling.comparison?.rows.contains { $0.right == nil } == true)
  }

  @Test func selectingALayerLooksIntoItOnce() throws {
    var bench = Bench()
    bench.run(.focus(.layers), .profiling(.run))
    bench.run(report(bench.state.profiling.requestCount, try Self.profile(), .finished))
    guard case .inspect(let first)? = effects(&bench).last else { throw Missing() }
    #expect(!first.wantsFeatures && first.source == .benchmark(subject: 0))
    let rows = try #require(bench.state.layers?.rows(in: bench.state.layerOrder))
    let other = try #require(rows.firstIndex { $0.name != first.layer })
    bench.run(.moveSelection(other))
    guard case .inspect(let second)? = effects(&bench).last else { throw Missing() }
    #expect(second.layer != first.layer && second.generation > first.generation)
    bench.run(.moveSelection(0))
    #expect(effects(&bench).isEmpty)
    bench.run(.profiling(.switchFeatureView))
    guard case .inspect(let third)? = effects(&bench).last else { throw Missing() }
    #expect(third.wantsFeatures && third.layer == second.layer)
    #expect(bench.state.shownFeatures == nil, "there is nothing to show yet")
  }

  @Test func clicksAreRemembered() {
    var bench = Bench()
    bench.run(
      .profiling(.decoded(path: "a.png", milliseconds: 7)),
      .addClick(at: ImagePoint(x: 5, y: 5), isPositive: true))
    bench.run(
      .drawn(FrameLatency(composite: 1, encode: 2, write: 3)),
      .drawn(FrameLatency(composite: 9, encode: 9, write: 9)))
    bench.run(.profiling(.terminalAnswered(milliseconds: 4)), .profiling(.terminalAnswered(milliseconds: 40)))
    let clicks = bench.state.profiling.clicks.clicks
    #expect(clicks.count == 1 && clicks[0].decode == 7 && clicks[0].terminal == 4)
    #expect(
      clicks[0].stages.map(\.name) == [
        "crop", "prompts", "network", "mask", "composite", "encode", "write", "terminal",
      ])
    #expect(clicks[0].total == 1 + 20 + 2 + 1 + 2 + 3 + 4)
    #expect(clicks[0].slowestStage == "network" && clicks[0] == bench.state.latency)
  }

  @Test func budgetsTellWhatIsLeft() {
    var click = LatencySplit(StageLatency(encode: 10, network: 50, mask: 5, crop: 4))
    #expect((click.crop, click.prompts) == (4, 6))
    let margins = Dictionary(uniqueKeysWithValues: LatencyBudget.all.map { ($0.name, $0.margin(of: click)) })
    #expect(margins["seamless"] == 35 && margins["tolerable"] == 935)
    #expect((margins["30 frames/s"] ?? 0) < 0)
    click.frame = FrameLatency(composite: 10, encode: 30, write: 0)
    #expect(LatencyBudget.all[0].margin(of: click) == -5 && !click.isWithinBudget)
  }

  @Test func theWidePaneKeepsThePictureInSight() {
    var bench = Bench()
    let narrow = bench.state.layout
    bench.run(.profiling(.toggleWide))
    #expect(bench.state.layout.layers.width > narrow.layers.width && bench.state.layout.image.width > 20)
    #expect(bench.state.view?.viewport.pane == bench.state.layout.imagePixels)
    bench.run(.resized(Layout(screen: ScreenSize(columns: 120, rows: 40), cell: Bench.cell)))
    #expect(bench.state.layout.isWide)
    bench.run(.profiling(.toggleWide), .resized(Bench.layout))
    #expect(bench.state.layout == narrow)
  }

  private struct Missing: Error {}
}
