extension PromptMaps {
  /// Gives every pixel the value of the nearest click.
  mutating func draw(_ clicks: [Click], map: Int) {
    guard !clicks.isEmpty else { return }
    let places = clicks.map { (x: Float(column($0.x).rounded(.down)), y: Float(row($0.y).rounded(.down))) }
    let (width, height) = (width, height)
    values.withUnsafeMutableBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { nearest in
        for row in 0..<height {
          nearest.initialize(repeating: .infinity)
          for place in places {
            let down = Float(row) - place.y
            // Safe: the room has a number for each column, and `values` holds `count` for each pixel of the maps.
            for column in 0..<width {
              let across = Float(column) - place.x
              nearest[column] = min(nearest[column], across * across + down * down)
            }
          }
          for column in 0..<width {
            let distance = nearest[column].squareRoot()
            nearest[column] = 1 / (1 + max(distance - Self.radius, 0) / Self.tail)
          }
          let start = Self.count * row * width + map
          for column in 0..<width { values[start + Self.count * column] = nearest[column] }
        }
      }
    }
  }
}
