extension RunLengths {
  /// The mask without its small parts; of a mask of small parts alone the largest stays.
  ///
  /// - Parameter limit: Parts of fewer pixels go.
  public func removingSpecks(below limit: Int) -> RunLengths {
    let components = RunComponents(self, connectivity: .corners)
    let areas = components.areas
    guard let largest = areas.indices.max(by: { areas[$0] < areas[$1] }) else { return self }
    return components.mask { areas[$0] >= limit || $0 == largest }
  }
}
