import InferenceEngine
import Profiling

/// Measurements and how they are looked at.
extension Reducer {
  static func profile(_ state: inout State, _ action: ProfilingAction) -> [Effect] {
    switch action {
    case .run:
      if state.profiling.benchmark.isUnderWay { return stopBenchmark(&state) }
      return state.profiling.page == .whatIf ? askWhatIf(&state) : startBenchmark(&state)
    case .switchThreads:
      let count = state.profiling.settings.threads
      return change(&state) { $0.threads = count % Session.defaultThreadCount + 1 }
    case .switchInstructionSet:
      let all = InstructionSet.available
      let index = all.firstIndex(of: state.profiling.settings.instructionSet) ?? 0
      return change(&state) { $0.instructionSet = all[(index + 1) % all.count] }
    case .switchSubject:
      let count = state.profiling.subjects.count
      return change(&state) { $0.subject = ($0.subject + 1) % max(count, 1) }
    case .keepBaseline: return keepBaseline(&state)
    case .switchPage(let backward):
      let all = ProfilingState.Page.allCases
      let index = all.firstIndex(of: state.profiling.page) ?? 0
      state.profiling.page = all[(index + (backward ? all.count - 1 : 1)) % all.count]
    case .toggleWide:
      state.profiling.isWide.toggle()
      return changeView(&state, .resized(state.layout))
    case .moveColumns(let columns):
      state.profiling.firstColumn = (state.profiling.firstColumn + columns)
        .clamped(to: 0...LayerColumn.allCases.count - 1)
    case .switchFeatureView:
      let view = state.profiling.featureView
      state.profiling.featureView = view == nil ? .grid : view?.next
      return inspectSelection(&state)
    case .changeQuestion(let resolution, let width):
      let question = state.profiling.question
      state.profiling.question = WhatIfQuestion(
        resolution: WhatIfQuestion.step(question.resolution, by: resolution),
        width: WhatIfQuestion.step(question.width, by: width))
      state.profiling.answer = nil
      state.profiling.answerNote = nil
    default: return profilingReported(&state, action)
    }
    return []
  }

  private static func profilingReported(_ state: inout State, _ action: ProfilingAction) -> [Effect] {
    switch action {
    case .decoded(let path, let milliseconds): state.profiling.decodeTimes[path] = milliseconds
    case .terminalAnswered(let milliseconds):
      if state.latency?.terminal == nil { state.latency?.terminal = milliseconds }
      state.profiling.clicks.recordTerminal(milliseconds)
    case .benchmarked(let report): return benchmarked(&state, report)
    case .inspected(let generation, let layer):
      if generation == state.profiling.wantedInspection?.generation { state.profiling.inspection = layer }
    case .answered(let generation, let answer):
      if generation == state.profiling.requestCount { state.profiling.answer = answer }
      state.profiling.answerNote = answer.measured == nil ? "measuring…" : nil
    case .notAnswered(let generation, let message):
      if generation == state.profiling.requestCount { state.profiling.answerNote = message }
    default: break
    }
    return []
  }

  // MARK: Benchmarks

  /// Starts to measure as the settings say; a measurement under way ends.
  static func startBenchmark(_ state: inout State) -> [Effect] {
    state.profiling.requestCount += 1
    state.profiling.benchmark = Benchmark(phase: .preparing)
    state.profiling.source = .benchmark(subject: state.profiling.settings.subject)
    state.layerHistory = LayerHistory()
    return [
      .profiling(
        .benchmark(
          BenchmarkRequest(
            generation: state.profiling.requestCount, settings: state.profiling.settings,
            photo: state.view?.image)))
    ]
  }

  private static func stopBenchmark(_ state: inout State) -> [Effect] {
    state.profiling.requestCount += 1
    state.profiling.benchmark.phase = .stopped
    return [.profiling(.stop)]
  }

  /// Changes the settings; what was measured with the old ones is measured again.
  private static func change(_ state: inout State, _ body: (inout BenchmarkSettings) -> Void) -> [Effect] {
    body(&state.profiling.settings)
    return state.profiling.benchmark.phase == .none ? [] : startBenchmark(&state)
  }

  private static func keepBaseline(_ state: inout State) -> [Effect] {
    guard let profile = state.profiling.profileToKeep else { return [] }
    state.profiling.baseline = profile
    state.profiling.isBaselineKept = true
    state.profiling.comparison = nil
    let text = "\(profile.model), \(profile.threads) threads, \(profile.instructionSet)"
    state.notice = Notice(kind: .information, text: "Later benchmarks are compared with \(text)")
    return []
  }

  private static func benchmarked(_ state: inout State, _ report: BenchmarkReport) -> [Effect] {
    guard report.generation == state.profiling.requestCount else { return [] }
    state.profiling.benchmark = report.benchmark
    guard let profile = report.benchmark.profile else { return [] }
    let table = LayerTable(profile)
    state.layers = table
    state.layerHistory.record(table)
    state.selectedLayer = state.selectedLayer.clamped(to: 0...max(0, table.rows.count - 1))
    if let baseline = state.profiling.isBaselineKept ? state.profiling.baseline : state.profiling.finished {
      state.profiling.baseline = baseline
      state.profiling.comparison = ProfileComparison(baseline, profile)
    }
    if report.benchmark.phase == .finished { state.profiling.finished = profile }
    return inspectSelection(&state)
  }

  private static func askWhatIf(_ state: inout State) -> [Effect] {
    guard let profile = state.profiling.finished else {
      state.profiling.answerNote = "measuring the layers first…"
      return startBenchmark(&state)
    }
    state.profiling.requestCount += 1
    state.profiling.answer = nil
    state.profiling.answerNote = "predicting…"
    return [
      .profiling(
        .whatIf(
          WhatIfRequest(
            generation: state.profiling.requestCount, question: state.profiling.question,
            settings: state.profiling.settings, profile: profile)))
    ]
  }

  // MARK: Single layers

  /// Asks for what the pane shows of the selected layer, unless that is known or on its way.
  static func inspectSelection(_ state: inout State) -> [Effect] {
    guard state.focus == .layers, state.profiling.page == .layers, let layers = state.layers else {
      return []
    }
    let rows = layers.rows(in: state.layerOrder)
    guard rows.indices.contains(state.selectedLayer) else { return [] }
    let request = InspectionRequest(
      generation: (state.profiling.wantedInspection?.generation ?? 0) + 1,
      layer: rows[state.selectedLayer].name, source: state.profiling.source,
      wantsFeatures: state.profiling.featureView != nil)
    if let wanted = state.profiling.wantedInspection, wanted.layer == request.layer,
      wanted.source == request.source,
      wanted.wantsFeatures || !request.wantsFeatures
    {
      return []
    }
    state.profiling.wantedInspection = request
    return [.profiling(.inspect(request))]
  }

  /// Forgets what was found in layers: their results are of an older run.
  static func forgetInspection(_ state: inout State) {
    state.profiling.wantedInspection = state.profiling.wantedInspection.map {
      InspectionRequest(generation: $0.generation, layer: "", source: $0.source, wantsFeatures: false)
    }
  }
}
