/// A matrix inside an array, for naive products.
struct StridedMatrix {
  /// The array.
  var elements: [Float]
  /// Where the first element lies.
  var offset = 0
  /// Elements between neighbours in a column.
  var rowStride: Int
  /// Elements between neighbours in a row.
  var columnStride: Int

  /// Returns one element of the product with `right`, the sum over `inner` products in double precision.
  func product(_ right: StridedMatrix, row: Int, column: Int, inner: Int) -> Double {
    let leftStart = offset + row * rowStride
    let rightStart = right.offset + column * right.columnStride
    var sum = 0.0
    for k in 0..<inner {
      sum +=
        Double(elements[leftStart + k * columnStride])
        * Double(right.elements[rightStart + k * right.rowStride])
    }
    return sum
  }
}
