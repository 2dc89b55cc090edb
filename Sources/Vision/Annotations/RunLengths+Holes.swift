extension RunLengths {
  /// The mask with everything inside that it encloses: parts of the outside that do not reach the image's border over
  /// the edges of pixels.
  public var withoutHoles: RunLengths {
    let outside = RunComponents(inverted)
    let open = outside.bordering
    return union(outside.mask { !open.contains($0) })
  }
}
