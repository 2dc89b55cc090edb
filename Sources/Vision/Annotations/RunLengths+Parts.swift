extension RunLengths {
  /// The parts of the mask that touch nowhere, not even at corners, the largest first.
  public var parts: [RunLengths] {
    let components = RunComponents(self, connectivity: .corners)
    let areas = components.areas
    return areas.indices.sorted { areas[$0] != areas[$1] ? areas[$0] > areas[$1] : $0 < $1 }
      .map { part in components.mask { $0 == part } }
  }
}
