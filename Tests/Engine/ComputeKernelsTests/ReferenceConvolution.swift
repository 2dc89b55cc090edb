import ComputeKernels
import Glibc
import Tensors
import Testing

/// The function of an activation in double precision.
func reference(_ activation: KernelActivation, _ x: Double) -> Double {
  func sigmoid(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) }
  return switch activation {
  case .identity: x
  case .relu: max(x, 0)
  case .relu6: min(max(x, 0), 6)
  case .clip(let low, let high): min(max(x, Double(low)), Double(high))
  case .leakyRelu(let slope): x < 0 ? Double(slope) * x : x
  case .hardSwish: x * min(max(x + 3, 0), 6) / 6
  case .hardSigmoid(let slope, let offset): min(max(Double(slope) * x + Double(offset), 0), 1)
  case .sigmoid: sigmoid(x)
  case .silu: x * sigmoid(x)
  case .gelu: x / 2 * (1 + Glibc.erf(x / 2.0.squareRoot()))
  case .geluTanh: x / 2 * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  case .tanh: Glibc.tanh(x)
  case .exp: Glibc.exp(x)
  case .erf: Glibc.erf(x)
  case .sqrt: x.squareRoot()
  case .reciprocal: 1 / x
  case .negate: -x
  case .absolute: abs(x)
  }
}

/// Every activation, with parameters where it has some.
let allActivations: [KernelActivation] = [
  .identity, .relu, .relu6, .clip(-0.3, 0.4), .leakyRelu(0.1), .hardSwish,
  .hardSigmoid(slope: 1 / 6, offset: 0.5), .hardSigmoid(slope: 0.2, offset: 0.4), .sigmoid, .silu, .gelu,
  .geluTanh, .tanh, .exp, .erf, .sqrt, .reciprocal, .negate, .absolute,
]

/// One convolution with everything it may have, and its plain evaluation.
struct ConvolutionCase {
  var input: ImageShape
  var output: ImageShape
  var window: Window
  var groups: Int
  var hasBias = true
  var epilogue = Epilogue()

  /// Makes a case whose output extent follows from the window.
  init(
    input: ImageShape, outputChannels: Int, window: Window, groups: Int = 1, outputPixelStride: Int? = nil,
    hasBias: Bool = true, epilogue: Epilogue = Epilogue()
  ) {
    self.input = input
    self.window = window
    self.groups = groups
    self.hasBias = hasBias
    self.epilogue = epilogue
    let height =
      (input.height + window.topPadding + window.bottomPadding
        - window.verticalDilation * (window.kernelHeight - 1) - 1) / window.verticalStride + 1
    let width =
      (input.width + window.leftPadding + window.rightPadding
        - window.horizontalDilation * (window.kernelWidth - 1) - 1) / window.horizontalStride + 1
    output = ImageShape(
      batch: input.batch, height: height, width: width, channels: outputChannels,
      pixelStride: outputPixelStride)
  }

  /// Computes the output the plain way; floats between pixels keep what `before` holds.
  func evaluate(_ image: [Float], _ weights: Tensor, _ bias: Tensor?, _ residual: [Float]?, before: [Float])
    -> [Float]
  {
    let w = weights.elements(as: Float.self)
    let b = bias?.elements(as: Float.self)
    var result = before
    let depth = input.channels / groups
    let columns = output.channels / groups
    for n in 0..<output.batch {
      for y in 0..<output.height {
        for x in 0..<output.width {
          for channel in 0..<output.channels {
            let group = channel / columns
            var sum = Double(b?[channel] ?? 0)
            for ky in 0..<window.kernelHeight {
              let row = y * window.verticalStride + ky * window.verticalDilation - window.topPadding
              guard row >= 0, row < input.height else { continue }
              for kx in 0..<window.kernelWidth {
                let column = x * window.horizontalStride + kx * window.horizontalDilation - window.leftPadding
                guard column >= 0, column < input.width else { continue }
                for d in 0..<depth {
                  sum +=
                    Double(image[input.index(n, row, column, group * depth + d)])
                    * Double(w[((channel * depth + d) * window.kernelHeight + ky) * window.kernelWidth + kx])
                }
              }
            }
            if let residual, let stride = epilogue.residualPixelStride {
              sum += Double(residual[((n * output.height + y) * output.width + x) * stride + channel])
            }
            if let slopes = epilogue.slopes { sum = sum < 0 ? sum * Double(slopes[channel]) : sum }
            result[output.index(n, y, x, channel)] = Float(reference(epilogue.activation, sum))
          }
        }
      }
    }
    return result
  }

  /// Runs the kernel that `make` gives on random numbers and expects what `evaluate` says.
  ///
  /// - Parameter rounding: how much larger rounding errors are than those of plain sums.
  func check(
    seed: Int = 7, threads: Int = 1, rounding: Double = 1,
    _ make: (ConvolutionCase, Tensor, Tensor?) -> any PreparedKernel
  ) {
    var numbers = Numbers(seed: seed)
    let image = numbers.floats(input.bufferCount)
    let weights = numbers.tensor([
      output.channels, input.channels / groups, window.kernelHeight, window.kernelWidth,
    ])
    let bias = hasBias ? numbers.tensor([output.channels]) : nil
    let residual = epilogue.residualPixelStride.map {
      numbers.floats(max(0, (output.pixelCount - 1) * $0 + output.channels))
    }
    let before = numbers.floats(output.bufferCount)
    let kernel = make(self, weights, bias)
    let found = run(kernel, [image] + (residual.map { [$0] } ?? []), output: before, threads: threads)
    let expected = evaluate(image, weights, bias, residual, before: before)
    // Rounding errors of a sum of n products grow like the square root of n.
    let products = Double(window.tapCount * input.channels / groups)
    expectClose(
      found, expected, tolerance: 1e-6 * rounding * max(10, products.squareRoot()),
      "\(kernel.name) \(self) threads \(threads)")
  }
}

/// Epilogues of all kinds for so many channels.
func epilogues(channels: Int) -> [Epilogue] {
  var numbers = Numbers(seed: channels)
  let unary = allActivations.filter { $0 != .sqrt && $0 != .reciprocal }
  return unary.map { Epilogue(activation: $0) }
    + [
      Epilogue(slopes: numbers.floats(channels)),
      Epilogue(residualPixelStride: channels),
      Epilogue(activation: .relu, residualPixelStride: channels + 5),
      Epilogue(activation: .silu, residualPixelStride: channels + 1),
      Epilogue(slopes: numbers.floats(channels), residualPixelStride: channels),
    ]
}
