import ArgumentParser
import Glibc
import InferenceEngine
import ModelFormats
import Profiling
import Tensors

/// Measures the engine on a model file, outside of any application.
@main
struct EngineBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine-bench", abstract: "Measure the inference engine on an ONNX or TFLite model.",
    discussion: """
      Inputs are random. With --worker it reads a number of runs from each line of standard input and answers \
      with a JSON list of their nanoseconds, so that another program can interleave engines.
      """)

  @Argument(help: "The model, a file in ONNX or TFLite format.")
  var model: String

  @Option(help: "Threads; all processors unless given.")
  var threads: Int?

  @Option(help: "Runs that are measured.")
  var runs = 50

  @Option(help: "Runs before, which are not.")
  var warmUp = 5

  @Flag(help: "List the layers with the median of their times, in the order in which they run.")
  var layers = false

  @Flag(
    help: ArgumentHelp(
      "List the kernels that each step could take, their expected cost, their time where measured, the pick (*).",
      discussion: """
        Costs are in millions of products. Times are in microseconds, of this machine: what is not known yet is \
        measured while a model is loaded, for a tenth of a second each time; --tune measures all.
        """))
  var explain = false

  @Flag(help: "Measure all kernels that this machine does not know yet before anything else.")
  var tune = false

  @Flag(help: "Measure what taking the time of each layer costs: runs with and without it take turns.")
  var profilingCost = false

  @Flag(help: "Run, then wait for two seconds and print the processor time that the process took meanwhile.")
  var idle = false

  @Flag(help: "Compile each node as it stands, without rewrite rules.")
  var plain = false

  @Option(
    help: ArgumentHelp("The shape of an input that the file leaves open.", valueName: "name=1x3x320x320"))
  var shape: [String] = []

  @Option(help: "Take the inputs from this safetensors file instead of random ones.")
  var inputs: String?

  @Option(help: "Run once and write the outputs to this safetensors file, instead of measuring.")
  var outputs: String?

  @Flag(help: "Serve a program that interleaves engines.")
  var worker = false

  func validate() throws {
    guard runs > 0, warmUp >= 0 else {
      throw ValidationError("--runs must be positive, --warm-up not negative")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be from 1 to 1024")
    }
  }

  func run() throws {
    KernelTimings.shared.measure(keepingIn: MachinePeak.cacheFolder, milliseconds: tune ? 60_000 : 100)
    let clock = ContinuousClock()
    var loaded: Model?
    let count = threads ?? Session.defaultThreadCount
    let options = CompileOptions(appliesRules: !plain, threads: count)
    if tune { loaded = try Model.load(model, shapes: shapes(), options: options) }
    let loading = try clock.measure { loaded = try Model.load(model, shapes: shapes(), options: options) }
    if explain { return loaded!.plan.steps.forEach(Self.explain) }
    let session = Session(loaded!, threads: count)
    try fillInputs(of: session)
    if let outputs { return try Safetensors.write(results(of: session), to: outputs) }
    if worker { return try serve(session, loadMilliseconds: loading.milliseconds) }
    if idle { return try waitIdly(session) }
    if profilingCost { return try compareProfiling(session) }
    var profiles: [LayerProfile] = []
    for _ in 0..<warmUp { try session.run() }
    for _ in 0..<runs {
      try session.run()
      profiles.append(session.profile)
    }
    BenchReport(profiles: profiles, session: session, loadMilliseconds: loading.milliseconds)
      .print(withLayers: layers)
  }

  private static func explain(_ step: PlanStep) {
    guard !step.contenders.isEmpty else { return }
    say("\(step.name) \(step.outputType.shape)")
    for contender in step.contenders {
      let millions = (contender.work / 1e5).rounded() / 10
      let time = contender.nanoseconds.map { "  \(Double($0 / 100) / 10) us" } ?? ""
      say("  \(contender.isPicked ? "*" : " ") \(contender.name)  \(millions)\(time)")
    }
  }

  /// Prints the medians of runs with and without times of layers, which take turns, and their ratio.
  private func compareProfiling(_ session: Session) throws {
    var times: [Bool: [UInt64]] = [:]
    for _ in 0..<warmUp { try session.run() }
    for run in 0..<2 * runs {
      // Each pair begins with the other one.
      session.timesLayers = (run % 4 == 0) || (run % 4 == 3)
      try session.run()
      times[session.timesLayers, default: []].append(session.endToEndNanoseconds)
    }
    let (with, without) = (Self.median(times[true]!), Self.median(times[false]!))
    say(
      "\(session.model.plan.steps.count) layers: \(with / 1e6) ms with times of layers, \(without / 1e6) ms without;"
        + " ratio \((with / without * 10_000).rounded() / 10_000)")
  }

  /// Prints the processor time of all threads over two seconds without a run.
  private func waitIdly(_ session: Session) throws {
    for _ in 0..<warmUp { try session.run() }
    // The kernel adds what another thread used to the process's time at its next tick, up to 4 ms after the run's end.
    usleep(20_000)
    let start = Self.processorMicroseconds
    sleep(2)
    say("idle for 2 s: \(Self.processorMicroseconds - start) us of processor time")
  }

  private static var processorMicroseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  private static func median(_ times: [UInt64]) -> Double {
    let sorted = times.sorted()
    return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Returns the shapes that `--shape` gives, by the inputs' names.
  private func shapes() throws -> [String: Shape] {
    var shapes: [String: Shape] = [:]
    for text in shape {
      // Names may contain the sign, sizes never.
      guard let sign = text.lastIndex(of: "=") else {
        throw ValidationError("--shape \(text): give name=1x3x320x320")
      }
      let sizes = text[text.index(after: sign)...].split(separator: "x", omittingEmptySubsequences: false).map
      { Int($0) }
      guard sizes.allSatisfy({ $0 != nil }), let shape = try? Shape(validating: sizes.compactMap { $0 })
      else {
        throw ValidationError("--shape \(text): the sizes are not numbers between x")
      }
      shapes[String(text[..<sign])] = shape
    }
    return shapes
  }

  /// Runs once, with inputs from a file or those of the measurements.
  private func results(of session: Session) throws -> [String: Tensor] {
    let file = try inputs.map { try Safetensors(path: $0) }
    return try session.run(
      session.model.inputs.reduce(into: [:]) { tensors, input in
        tensors[input.name] =
          try file?.tensor(named: input.name)
          ?? Tensor(input.type.shape, elements: session.withInput(input.name) { Array($0) })
      })
  }

  /// Fills the inputs with numbers from -1 to 1 that are the same in each process.
  private func fillInputs(of session: Session) throws {
    var state: UInt32 = 1
    for input in session.model.inputs {
      try session.withInput(input.name) { values in
        for index in values.indices {
          // A linear congruential generator with the constants of Numerical Recipes.
          state = state &* 1_664_525 &+ 1_013_904_223
          values[index] = Float(state >> 8) / Float(1 << 23) - 1
        }
      }
    }
  }

  /// Answers with the times of what other engines are timed for too: inputs handed over, a run, outputs read.
  private func serve(_ session: Session, loadMilliseconds: Double) throws {
    let inputs = try session.model.inputs.map { input in
      (name: input.name, values: try session.withInput(input.name) { Array($0) })
    }
    var sink: Float = 0
    say("{\"ok\": true, \"version\": \"vignette\", \"load_ms\": \(loadMilliseconds), \"out\": null}")
    while let line = readLine() {
      guard let count = Int(line), count > 0 else { continue }
      var nanoseconds: [Int64] = []
      for _ in 0..<count {
        let time = try ContinuousClock().measure {
          for input in inputs {
            try session.withInput(input.name) { _ = $0.update(fromContentsOf: input.values) }
          }
          try session.run()
          for output in session.model.outputs {
            sink += try session.withOutput(output.name) { $0.first ?? 0 }
          }
        }
        nanoseconds.append(Int64(time.milliseconds * 1e6))
      }
      say("[\(nanoseconds.map(String.init).joined(separator: ", "))]")
    }
    // The sum is used, so that reading outputs is not optimised away.
    if sink.isNaN { say("") }
  }
}

extension Duration {
  /// The duration as a fraction of milliseconds.
  var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15 }
}
