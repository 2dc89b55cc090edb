/// How a kernel slides over an image: for convolutions and pooling.
package struct Window: Sendable, Hashable {
  package var kernelHeight: Int
  package var kernelWidth: Int
  package var verticalStride: Int
  package var horizontalStride: Int
  package var verticalDilation: Int
  package var horizontalDilation: Int
  package var topPadding: Int
  package var leftPadding: Int
  package var bottomPadding: Int
  package var rightPadding: Int

  /// Makes a window; pairs are (vertical, horizontal), `padding` is (top, left, bottom, right).
  package init(
    kernel: (Int, Int), strides: (Int, Int) = (1, 1), dilations: (Int, Int) = (1, 1),
    padding: (Int, Int, Int, Int) = (0, 0, 0, 0)
  ) {
    (kernelHeight, kernelWidth) = kernel
    (verticalStride, horizontalStride) = strides
    (verticalDilation, horizontalDilation) = dilations
    (topPadding, leftPadding, bottomPadding, rightPadding) = padding
  }

  /// Whether each output pixel depends on the input pixel at the same place alone.
  package var isPointwise: Bool {
    kernelHeight == 1 && kernelWidth == 1 && verticalStride == 1 && horizontalStride == 1 && topPadding == 0
      && leftPadding == 0 && bottomPadding == 0 && rightPadding == 0
  }

  /// The pixels of the kernel.
  package var tapCount: Int { kernelHeight * kernelWidth }

  /// Everything about the window, on a line.
  var text: String {
    "\(kernelHeight)x\(kernelWidth) strides \(verticalStride),\(horizontalStride)"
      + " dilations \(verticalDilation),\(horizontalDilation)"
      + " padding \(topPadding),\(leftPadding),\(bottomPadding),\(rightPadding)"
  }
}
