import Images
import InferenceEngine
import Networks

/// Runs a network that sees one image and nothing else.
final class ImageNetworkRunner {
  /// The size of the network's input.
  let width, height: Int
  private let session: Session
  private let input: String

  /// Compiles a network whose only input is an image.
  ///
  /// - Throws: What compiling throws.
  init(_ graph: Graph, threads: Int) throws {
    let image = graph[graph.inputs[0]]
    input = image.name
    (height, width) = (image.type.shape[2], image.type.shape[3])
    // Images go in and results come out pixel by pixel.
    let maps = (graph.inputs + graph.outputs).map { graph[$0] }.filter { $0.type.shape.rank == 4 }
    let options = CompileOptions(
      orders: Dictionary(uniqueKeysWithValues: maps.map { ($0.name, .channelsLast) }), threads: threads)
    session = Session(try Model(graph: graph, options: options), threads: threads)
  }

  /// Calls `body` with the input: red, green and blue of each pixel, row by row.
  func write(_ body: (UnsafeMutableBufferPointer<Float>) -> Void) throws {
    try session.withInput(input) { body($0) }
  }

  /// Runs the network on what was written.
  func run() throws { try session.run() }

  /// Returns a result, channels innermost.
  func result(_ name: String) throws -> [Float] { try session.withOutput(name) { Array($0) } }

  /// Where the last run's time went.
  var profile: LayerProfile { session.profile }
}

extension PixelNormalization {
  /// (byte - 127) / 128, what the networks of this program were trained on.
  static let centered = PixelNormalization(mean: SIMD3(repeating: 127), scale: SIMD3(repeating: 1 / 128))
}

/// Measures work in milliseconds.
struct Stopwatch {
  /// The time of each measured part by now, by what it is added to.
  static func timing<Result>(_ total: inout Double, _ body: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    defer {
      let elapsed = start.duration(to: clock.now).components
      total += Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) * 1e-15
    }
    return try body()
  }
}
