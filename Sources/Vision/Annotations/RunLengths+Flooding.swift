extension RunLengths {
  /// Returns the mask with the part turned over that a pixel lies in: a hole is filled, a part of the mask is removed.
  ///
  /// - Returns: nil outside of the mask where nothing encloses the pixel.
  public func flooded(x: Int, y: Int) -> RunLengths? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    let isInside = contains(x: x, y: y)
    let components = RunComponents(isInside ? self : inverted, connectivity: isInside ? .corners : .edges)
    guard let part = components.component(x: x, y: y) else { return nil }
    guard isInside || !components.bordering.contains(part) else { return nil }
    return symmetricDifference(components.mask { $0 == part })
  }
}
