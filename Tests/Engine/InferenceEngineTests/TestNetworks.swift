import Graphs
import Tensors

/// Small networks of the families that the engine serves.
enum TestNetworks {
  static let names = ["mobile", "shuffle", "unet", "gated"]

  static func builder(_ name: String) throws -> NetworkBuilder {
    switch name {
    case "mobile": try mobile()
    case "shuffle": try shuffle()
    case "unet": try unet()
    default: try gated()
    }
  }

  /// Inverted residuals with ReLU6 and a linear classifier, as MobileNetV2 (Sandler et al., 2018).
  static func mobile() throws -> NetworkBuilder {
    var net = NetworkBuilder("mobile")
    let image = net.graph.addInput("image", ValueType([1, 3, 33, 31]))
    var x = try net.normalize(net.convolve(image, 8, kernel: 3, stride: 2, hasBias: false))
    x = try net(Activation(.relu6), x)
    for (channels, stride) in [(8, 1), (13, 2), (13, 1), (17, 2)] {
      let wide = net.shape(x)[1] * 3
      var y = try net(Activation(.relu6), net.normalize(net.convolve(x, wide, hasBias: false)))
      y = try net.normalize(net.convolve(y, wide, kernel: 3, stride: stride, groups: wide, hasBias: false))
      y = try net.normalize(net.convolve(net(Activation(.relu6), y), channels, hasBias: false))
      x = net.shape(x) == net.shape(y) ? try net(BinaryArithmetic(.add), x, y) : y
    }
    let pooled = try net(Reduce(kind: .mean, axes: [2, 3], keepsDimensions: false), x)
    let classes = try net(
      Linear(transposesRight: true), pooled, net.weights([10, 17]), net.weights([10]))
    net.graph.outputs = [try net(Softmax(), classes)]
    return net
  }

  /// Grouped convolutions, channel shuffles, PReLU and pooled contexts, as SINet (Park et al., 2019).
  static func shuffle() throws -> NetworkBuilder {
    var net = NetworkBuilder("shuffle")
    let image = net.graph.addInput("image", ValueType([1, 3, 32, 40]))
    var x = try net.normalize(net.convolve(image, 12, kernel: 3, stride: 2))
    x = try net(ParametricRelu(), x, net.weights([12], 0...0.5))
    for (groups, scale) in [(2, 2), (4, 4)] {
      let shape = net.shape(x)
      var y = try net(
        ParametricRelu(), net.convolve(x, 12, groups: groups), net.weights([12, 1, 1], 0...0.5))
      y = try net(Reshape(shape: [1, groups, 12 / groups, shape[2], shape[3]]), y)
      y = try net(Transpose(permutation: [0, 2, 1, 3, 4]), y)
      y = try net(Reshape(shape: [1, 12, shape[2], shape[3]]), y)
      let halves = try net.graph.add(Split(axis: 1, sizes: [6, 6]), [y], name: "split\(groups)")
      let local = try net.convolve(halves[0], 6, kernel: 3, groups: 6)
      var context = try net(AveragePool(kernel: [scale, scale], strides: [scale, scale]), halves[1])
      context = try net.convolve(context, 6, kernel: 5, groups: 6)
      context = try net(
        Resize(mode: .bilinear, coordinates: .alignCorners, height: shape[2], width: shape[3]), context)
      let joined = try net(Concatenation(axis: 1), local, context)
      x = try net(
        ParametricRelu(), net(BinaryArithmetic(.add), net.normalize(joined), x), net.weights([12], 0...0.5))
    }
    let logits = try net.convolve(x, 2)
    let large = try net(Resize(mode: .bilinear, coordinates: .halfPixel, height: 32, width: 40), logits)
    net.graph.outputs = [try net(Softmax(axis: 1), large), logits]
    return net
  }

  /// A U-Net of two scales with two transformer layers at the lower one and a transposed convolution on the way up.
  static func unet() throws -> NetworkBuilder {
    var net = NetworkBuilder("unet")
    let image = net.graph.addInput("image", ValueType([1, 6, 24, 20]))
    let high = try net(Activation(.relu), net.convolve(image, 8, kernel: 3))
    let low = try net(Activation(.silu), net.convolve(high, 16, kernel: 3, stride: 2))
    let (rows, columns) = (12, 10)
    var tokens = try net(Reshape(shape: [1, 16, rows * columns]), low)
    tokens = try net(Transpose(permutation: [0, 2, 1]), tokens)
    tokens = try net(BinaryArithmetic(.add), tokens, net.weights([1, rows * columns, 16]))
    for _ in 0..<2 { tokens = try transformerLayer(tokens, heads: 2, &net) }
    var map = try net(Transpose(permutation: [0, 2, 1]), tokens)
    map = try net(Reshape(shape: [1, 16, rows, columns]), map)
    let up = try net(
      ConvolutionTranspose(strides: [2, 2]), net(Concatenation(axis: 1), map, low),
      net.weights([32, 8, 2, 2]),
      net.weights([8]))
    let joined = try net(Concatenation(axis: 1), up, high)
    let y = try net(Activation(.relu), net.convolve(joined, 8, kernel: 3))
    net.graph.outputs = [try net.convolve(y, 1)]
    return net
  }

  /// Attention of several heads over one projection, then two linear layers with GELU, normalised before each.
  private static func transformerLayer(_ x: ValueID, heads: Int, _ net: inout NetworkBuilder) throws
    -> ValueID
  {
    let (count, width) = (net.shape(x)[1], net.shape(x)[2])
    let size = width / heads
    var y = try net(LayerNormalization(), x, net.weights([width], 0.5...1.5), net.weights([width]))
    let projection = try net.linear(y, 3 * width)
    let parts = try net.graph.add(
      Split(axis: 2, sizes: [width, width, width]), [projection], name: "parts\(net.graph.nodes.count)")
    let split = try parts.map { part in
      try net(Transpose(permutation: [0, 2, 1, 3]), net(Reshape(shape: [1, count, heads, size]), part))
    }
    let keys = try net(Transpose(permutation: [0, 1, 3, 2]), split[1])
    let scale = net.graph.addConstant(
      "scale\(net.graph.values.count)", Tensor([], elements: [1 / Float(size).squareRoot()]))
    let scores = try net(BinaryArithmetic(.multiply), net(MatrixProduct(), split[0], keys), scale)
    var joined = try net(MatrixProduct(), net(Softmax(), scores), split[2])
    joined = try net(Reshape(shape: [1, count, width]), net(Transpose(permutation: [0, 2, 1, 3]), joined))
    let attended = try net(BinaryArithmetic(.add), x, net.linear(joined, width))
    y = try net(LayerNormalization(), attended, net.weights([width], 0.5...1.5), net.weights([width]))
    y = try net.linear(net(Activation(.gelu), net.linear(y, 2 * width)), width)
    return try net(BinaryArithmetic(.add), attended, y)
  }

  /// Squeeze and excitation with hard-swish, as MobileNetV3 (Howard et al., 2019), over a batch of two.
  static func gated() throws -> NetworkBuilder {
    var net = NetworkBuilder("gated")
    let image = net.graph.addInput("image", ValueType([2, 3, 19, 23]))
    var x = try net(Activation(.hardSwish), net.convolve(image, 16, kernel: 3, stride: 2))
    for _ in 0..<2 {
      let y = try net(Activation(.hardSwish), net.convolve(x, 16, kernel: 5, groups: 16))
      let squeezed = try net(Activation(.relu), net.convolve(net(GlobalPool(kind: .average), y), 4))
      let gate = try net(Activation(.hardSigmoid), net.convolve(squeezed, 16))
      x = try net(BinaryArithmetic(.add), x, net.convolve(net(BinaryArithmetic(.multiply), gate, y), 16))
    }
    let pooled = try net(
      MaxPool(kernel: [3, 3], strides: [2, 2], padding: Padding(all: 1), ceilMode: true), x)
    net.graph.outputs = [try net.convolve(pooled, 5)]
    return net
  }
}
