import Graphs

extension OnnxOperators {
  static let unaryFunctions: [String: OnnxConverter] = [
    "Floor": .floor, "Ceil": .ceiling, "Round": .round, "Sign": .sign, "Log": .logarithm,
    "Sin": .sine, "Cos": .cosine, "Tan": .tangent,
    "Asin": .arcSine, "Acos": .arcCosine, "Atan": .arcTangent,
    "Sinh": .hyperbolicSine, "Cosh": .hyperbolicCosine,
    "Asinh": .inverseHyperbolicSine, "Acosh": .inverseHyperbolicCosine, "Atanh": .inverseHyperbolicTangent,
    "Softplus": .softplus, "Softsign": .softsign, "Mish": .mish,
  ].mapValues { (function: UnaryFunction.Function) -> OnnxConverter in
    { node, builder in [try builder.apply(UnaryFunction(function), node.operand(0), for: node)] }
  }
}
