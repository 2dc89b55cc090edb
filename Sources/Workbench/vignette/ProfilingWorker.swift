import Images
import InferenceEngine
import Profiling
import Synchronization
import VisionTasks
import WorkbenchCore

/// Measures and looks into models away from the interface thread; of several requests of a kind only the newest counts.
final class ProfilingWorker: Sendable {
  /// How often a benchmark tells how far it is: often enough to look alive, seldom enough to cost nothing.
  private static let interval = Duration.milliseconds(80)
  /// Numbers that may be sorted for each of these reports.
  private static let effort = 12_000
  /// Runs of a what-if's measurement.
  private static let whatIfRuns = 40

  /// The newest requests, and whether somebody works on them.
  private struct Queue {
    var measurement: Measurement?
    var inspection: InspectionRequest?
    var isMeasuring = false
    var isInspecting = false
    /// The measurement that goes on; any other generation ends it.
    var generation = 0
  }

  private enum Measurement {
    case benchmark(BenchmarkRequest)
    case whatIf(WhatIfRequest)
  }

  private let subjects: [ModelArgument]
  private let masks: MaskWorker
  private let mailbox: Mailbox
  private let queue = Mutex(Queue())
  private let photo = Mutex<Image?>(nil)

  init(subjects: [ModelArgument], masks: MaskWorker, mailbox: Mailbox) {
    self.subjects = subjects
    self.masks = masks
    self.mailbox = mailbox
  }

  func run(_ effect: ProfilingEffect) {
    switch effect {
    case .stop:
      queue.withLock {
        $0.generation += 1_000_000
        $0.measurement = nil
      }
    case .benchmark(let request): submit(.benchmark(request), generation: request.generation)
    case .whatIf(let request): submit(.whatIf(request), generation: request.generation)
    case .inspect(let request):
      let mustStart = queue.withLock { queue in
        queue.inspection = request
        defer { queue.isInspecting = true }
        return !queue.isInspecting
      }
      if mustStart { Task.detached(priority: .userInitiated) { [self] in await inspect() } }
    }
  }

  private func submit(_ measurement: Measurement, generation: Int) {
    let mustStart = queue.withLock { queue in
      queue.measurement = measurement
      queue.generation = generation
      defer { queue.isMeasuring = true }
      return !queue.isMeasuring
    }
    if mustStart { Task.detached(priority: .userInitiated) { [self] in measure() } }
  }

  private func isWanted(_ generation: Int) -> Bool { queue.withLock { $0.generation == generation } }

  // MARK: Measurements

  private func measure() {
    while true {
      let next = queue.withLock { queue in
        defer { queue.measurement = nil }
        if queue.measurement == nil { queue.isMeasuring = false }
        return queue.measurement
      }
      switch next {
      case nil: return
      case .benchmark(let request): benchmark(request)
      case .whatIf(let request): answer(request)
      }
    }
  }

  private func benchmark(_ request: BenchmarkRequest) {
    let settings = request.settings
    var benchmark = Benchmark()
    func report() {
      mailbox.post(.profiling(.benchmarked(.init(generation: request.generation, benchmark: benchmark))))
    }
    do {
      photo.withLock { $0 = request.photo }
      let parts = try parts(settings, photo: request.photo)
      let run = try ProfilingRun(
        parts, name: subjects[settings.subject].name, warmUp: settings.warmUp, threads: settings.threads)
      benchmark.phase = .running
      var last = ContinuousClock.now
      for index in 0..<settings.warmUp + settings.runs {
        guard isWanted(request.generation) else { return }
        try run.next()
        let isLast = index + 1 == settings.warmUp + settings.runs
        guard isLast || .now - last >= Self.interval else { continue }
        last = .now
        benchmark.warmUpDone = run.warmUpRunsDone
        benchmark.runsDone = run.countedRuns
        if run.countedRuns > 0 { benchmark.profile = run.profile(effort: isLast ? .max : Self.effort) }
        if isLast { benchmark.phase = .finished }
        report()
      }
    } catch {
      benchmark.phase = .failed("\(error)")
      report()
    }
  }

  private func answer(_ request: WhatIfRequest) {
    let settings = request.settings
    let subject = subjects[settings.subject]
    do {
      let models = try subject.scaled(
        resolution: request.question.resolution, width: request.question.width,
        instructionSet: settings.instructionSet)
      var answer = WhatIf(
        models, resolution: request.question.resolution, width: request.question.width, from: request.profile)
      mailbox.post(.profiling(.answered(generation: request.generation, answer)))
      let run = try ProfilingRun(
        models.map { ModelProfiler.Part($0) }, name: subject.name, warmUp: settings.warmUp,
        threads: settings.threads)
      while run.countedRuns < Self.whatIfRuns {
        guard isWanted(request.generation) else { return }
        try run.next()
      }
      answer.compare(with: run.profile())
      mailbox.post(.profiling(.answered(generation: request.generation, answer)))
    } catch {
      mailbox.post(.profiling(.notAnswered(generation: request.generation, message: "\(error)")))
    }
  }

  /// A model's parts compiled as wanted, with the photo where one of them takes it.
  private func parts(_ settings: BenchmarkSettings, photo: Image?) throws -> [ModelProfiler.Part] {
    let subject = subjects[settings.subject]
    let models = try subject.compiled(for: settings.instructionSet)
    return subject.parts(models, photo: photo)
  }

  // MARK: Layers

  private func inspect() async {
    while true {
      let next = queue.withLock { queue in
        defer { queue.inspection = nil }
        if queue.inspection == nil { queue.isInspecting = false }
        return queue.inspection
      }
      guard let next else { return }
      guard let found = await found(next) else { continue }
      mailbox.post(.profiling(.inspected(generation: next.generation, found)))
    }
  }

  private func found(_ request: InspectionRequest) async -> InspectedLayer? {
    switch request.source {
    case .click:
      guard let segmenter = await masks.loadedSegmenter,
        let facts = LayerInspection(request.layer, in: await segmenter.models)
      else { return nil }
      guard request.wantsFeatures else { return InspectedLayer(facts: facts) }
      do {
        let revealed = try await segmenter.reveal(request.layer)
        var map = FeatureMap(revealed.result)
        if revealed.isMirrored { map?.mirror() }
        return InspectedLayer(
          facts: facts, features: map, crop: revealed.crop, note: map == nil ? "its result is no image" : nil)
      } catch {
        return InspectedLayer(facts: facts, note: "\(error)")
      }
    case .benchmark(let subject): return found(request, subjects[subject])
    }
  }

  private func found(_ request: InspectionRequest, _ subject: ModelArgument) -> InspectedLayer? {
    guard let facts = LayerInspection(request.layer, in: subject.models) else { return nil }
    guard request.wantsFeatures else { return InspectedLayer(facts: facts) }
    do {
      let parts = subject.parts(subject.models, photo: photo.withLock { $0 })
      let part = parts.first { part in part.model.optimizedGraph.nodes.contains { $0.name == request.layer } }
      let map = try part.flatMap { FeatureMap(try $0.result(of: request.layer)) }
      return InspectedLayer(facts: facts, features: map, note: map == nil ? "its result is no image" : nil)
    } catch {
      return InspectedLayer(facts: facts, note: "\(error)")
    }
  }
}
