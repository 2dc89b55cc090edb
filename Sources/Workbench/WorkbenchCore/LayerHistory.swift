/// The times of each layer in the last runs, by the layer's name.
public struct LayerHistory: Equatable, Sendable {
  /// The runs that are remembered of a layer.
  public static let length = 32

  private var times: [String: [Double]] = [:]
  private var firstTimes: [String: Double] = [:]

  public init() {}

  /// Remembers a run; a layer that ran several times in it counts several times.
  public mutating func record(_ table: LayerTable) {
    for row in table.rows {
      let time = row.step.times?.last ?? row.milliseconds
      times[row.name, default: []].append(time)
      if firstTimes[row.name] == nil { firstTimes[row.name] = time }
      if let count = times[row.name]?.count, count > Self.length { times[row.name]?.removeFirst() }
    }
  }

  /// The milliseconds of a layer's first run; nil for a layer that did not run.
  public func first(of name: String) -> Double? { firstTimes[name] }

  /// The milliseconds of a layer's last runs, the newest last; empty for a layer that did not run.
  public func milliseconds(of name: String) -> [Double] { times[name] ?? [] }
}
