extension LayersWindow {
  /// The place in the user's order of the layer in a row of the screen; nil when there is none.
  func index(atRow row: Int, state: State) -> Int? {
    // Below the title and the headings.
    let index = range.lowerBound + row - state.layout.layers.y - 2
    return range.contains(index) && row >= state.layout.layers.y + 2 ? index : nil
  }
}
