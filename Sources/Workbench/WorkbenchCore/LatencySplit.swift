import VisionTasks

/// Where the time between a click and its mask on the screen went, in milliseconds.
public struct LatencySplit: Equatable, Sendable {
  /// Cropping, resizing and drawing the prompts.
  public var encode: Double
  /// The network's run.
  public var network: Double
  /// From logits to a mask of the picture's size.
  public var mask: Double
  /// Compositing, encoding and writing the frame; nil until the frame is out.
  public var draw: Double?

  public init(encode: Double, network: Double, mask: Double, draw: Double? = nil) {
    self.encode = encode
    self.network = network
    self.mask = mask
    self.draw = draw
  }

  /// What a click may take to feel immediate.
  public static let budget = 100.0

  /// The parts known so far, in the order in which they happen.
  public var stages: [(name: String, milliseconds: Double)] {
    [("encode", encode), ("network", network), ("mask", mask)] + (draw.map { [("draw", $0)] } ?? [])
  }

  /// The name of the part that takes longest.
  public var slowestStage: String { stages.max { $0.milliseconds < $1.milliseconds }?.name ?? "" }

  /// Whether the parts known so far keep to the budget.
  public var isWithinBudget: Bool { total <= Self.budget }

  /// The sum of the parts known so far.
  public var total: Double { encode + network + mask + (draw ?? 0) }
}
