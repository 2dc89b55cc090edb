/// How long the last clicks took, and what that is against what users accept.
public struct ClickHistory: Equatable, Sendable {
  /// The clicks that are remembered.
  public static let length = 64

  /// The newest last.
  public private(set) var clicks: [LatencySplit] = []

  public init() {}

  /// Remembers a click whose frame is out.
  mutating func record(_ click: LatencySplit) {
    clicks.append(click)
    if clicks.count > Self.length { clicks.removeFirst() }
  }

  /// Adds what the terminal took to the newest click.
  mutating func recordTerminal(_ milliseconds: Double) {
    guard let last = clicks.indices.last, clicks[last].terminal == nil else { return }
    clicks[last].terminal = milliseconds
  }
}

/// A time that something should not take longer than.
public struct LatencyBudget: Equatable, Sendable {
  public let name: String
  public let milliseconds: Double
  /// Whether the network alone is meant rather than the whole click.
  public let isOfNetwork: Bool

  /// The classes of response times in interactive segmentation by FRUITS (seamless to 100 ms, noticeable to 500, tolerable to 1000), and
  /// frame times of video.
  public static let all = [
    LatencyBudget(name: "seamless", milliseconds: 100, isOfNetwork: false),
    LatencyBudget(name: "fluent", milliseconds: 500, isOfNetwork: false),
    LatencyBudget(name: "tolerable", milliseconds: 1000, isOfNetwork: false),
    LatencyBudget(name: "10 frames/s", milliseconds: 100, isOfNetwork: true),
    LatencyBudget(name: "30 frames/s", milliseconds: 1000.0 / 30, isOfNetwork: true),
    LatencyBudget(name: "60 frames/s", milliseconds: 1000.0 / 60, isOfNetwork: true),
  ]

  /// What a click leaves of the budget, negative when it takes more.
  public func margin(of click: LatencySplit) -> Double {
    milliseconds - (isOfNetwork ? click.network : click.total)
  }
}
