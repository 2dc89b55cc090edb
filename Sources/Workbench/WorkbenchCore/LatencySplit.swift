import VisionTasks

/// Where the time between a click and its mask on the screen went, in milliseconds.
public struct LatencySplit: Equatable, Sendable {
  /// Cropping and resizing the picture.
  public var crop: Double
  /// Drawing the prompts as the network takes them.
  public var prompts: Double
  /// The network's run.
  public var network: Double
  /// From logits to a mask of the picture's size.
  public var mask: Double
  /// The frame that shows the mask; nil until it is out.
  public var frame: FrameLatency?
  /// From the frame's last byte to the terminal's word that it has dealt with it; nil until that comes.
  public var terminal: Double?
  /// Reading the picture, once, before any click: no part of the click's sum.
  public var decode: Double?

  public init(_ latency: StageLatency, decode: Double? = nil) {
    crop = latency.crop
    prompts = max(latency.encode - latency.crop, 0)
    network = latency.network
    mask = latency.mask
    self.decode = decode
  }

  /// What a click may take to feel immediate.
  public static let budget = 100.0

  /// The parts known so far, in the order in which they happen.
  public var stages: [(name: String, milliseconds: Double)] {
    var stages = [("crop", crop), ("prompts", prompts), ("network", network), ("mask", mask)]
    if let frame {
      stages += [("composite", frame.composite), ("encode", frame.encode), ("write", frame.write)]
    }
    if let terminal { stages.append(("terminal", terminal)) }
    return stages
  }

  /// The same in fewer parts, for a single line: what comes before the network, and all drawing together.
  public var summary: [(name: String, milliseconds: Double)] {
    [("encode", crop + prompts), ("network", network), ("mask", mask)]
      + (frame.map { [("draw", $0.total)] } ?? [])
  }

  /// The name of the part that takes longest.
  public var slowestStage: String { stages.max { $0.milliseconds < $1.milliseconds }?.name ?? "" }

  /// Whether the parts known so far keep to the budget.
  public var isWithinBudget: Bool { total <= Self.budget }

  /// The sum of the parts known so far.
  public var total: Double { stages.reduce(0) { $0 + $1.milliseconds } }
}

/// Where the time of a frame went, in milliseconds.
public struct FrameLatency: Equatable, Sendable {
  /// Laying text, picture, mask and marks out.
  public var composite: Double
  /// Turning the picture into what the terminal takes.
  public var encode: Double
  /// Handing everything to the terminal.
  public var write: Double

  public init(composite: Double, encode: Double, write: Double) {
    self.composite = composite
    self.encode = encode
    self.write = write
  }

  public var total: Double { composite + encode + write }
}
