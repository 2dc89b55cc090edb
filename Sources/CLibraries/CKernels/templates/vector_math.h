#pragma once
// Exponential and friends on vectors; to be included after vector.h.
//
// Greatest errors against double precision, tested over the whole range: exp 2e-7 relative; sigmoid 3e-7 and tanh
// 4e-7 relative; erf 4e-7 absolute.

/// Polynomial of degree 6 after Cody-Waite reduction, as in Cephes' expf. Results below the least normal number are
/// zero; above the greatest, infinite; of what is not a number, not a number.
INLINE vector exponential(vector x) {
  const vector lowest = splat(-87.33654f), highest = splat(88.72283f);
  vector clamped = minimum(highest, maximum(lowest, x));
  vector scaled = clamped * splat(1.44269504f) + splat(12582912.0f);  // rounds to an integer in the low bits
  integers exponent = __builtin_bit_cast(integers, scaled) - 0x4B400000;
  vector n = scaled - splat(12582912.0f);
  vector r = n * splat(-0.693359375f) + clamped;
  r = n * splat(2.12194440e-4f) + r;
  vector p = splat(1.9875691500e-4f);
  p = p * r + splat(1.3981999507e-3f);
  p = p * r + splat(8.3334519073e-3f);
  p = p * r + splat(4.1665795894e-2f);
  p = p * r + splat(1.6666665459e-1f);
  p = p * r + splat(5.0000001201e-1f);
  p = p * (r * r) + r;
  p = p + splat(1.0f);
  // Results are normal numbers here, so that adding to the exponent's bits multiplies by 2^n, even where that power
  // itself is no float.
  vector y = __builtin_bit_cast(vector, __builtin_bit_cast(integers, p) + (exponent << 23));
  y = x < lowest ? splat(0.0f) : y;
  y = x > highest ? splat(__builtin_inff()) : y;
  return x != x ? x : y;
}

INLINE vector absolute(vector x) {
  return __builtin_bit_cast(vector, __builtin_bit_cast(integers, x) & 0x7FFFFFFF);
}

INLINE vector sign_of(vector magnitude, vector sign) {
  return __builtin_bit_cast(
      vector, __builtin_bit_cast(integers, magnitude) | (__builtin_bit_cast(integers, sign) & (int32_t)0x80000000));
}

INLINE vector logistic(vector x) {
  vector e = exponential(splat(0.0f) - absolute(x));
  vector y = splat(1.0f) / (splat(1.0f) + e);
  return x < splat(0.0f) ? e * y : y;
}

/// An odd polynomial near zero (Cephes' tanhf), else by the exponential.
INLINE vector hyperbolic_tangent(vector x) {
  vector a = absolute(x), s = x * x;
  vector p = splat(-5.70498872745e-3f);
  p = p * s + splat(2.06390887954e-2f);
  p = p * s + splat(-5.37397155531e-2f);
  p = p * s + splat(1.33314422036e-1f);
  p = p * s + splat(-3.33332819422e-1f);
  vector small = p * s * x + x;
  vector e = exponential(a * splat(-2.0f));
  vector large = sign_of((splat(1.0f) - e) / (splat(1.0f) + e), x);
  return a < splat(0.625f) ? small : large;
}

/// x P(x^2) / Q(x^2), both of degree 5, fitted to erf on -4...4 by iteratively reweighted least squares until the
/// error's ripples were equal (2e-8); the rest is rounding. Beyond 4 erf is 1 to the last bit.
INLINE vector error_function(vector x) {
  const vector one = splat(1.0f), limit = splat(4.0f);
  vector a = minimum(limit, maximum(splat(0.0f) - limit, x)), s = a * a;
  vector p = splat(1.97482882e-6f), q = splat(3.74809169e-5f);
  p = p * s + splat(2.88042706e-4f);
  q = q * s + splat(1.2163698e-3f);
  p = p * s + splat(4.00368311e-3f);
  q = q * s + splat(1.54444948e-2f);
  p = p * s + splat(5.34675904e-2f);
  q = q * s + splat(0.116476767f);
  p = p * s + splat(0.196249783f);
  q = q * s + splat(0.507252991f);
  p = p * s + splat(1.12837899f);
  q = q * s + one;
  return minimum(one, maximum(splat(0.0f) - one, a * p / q));
}
