#pragma once
// Exponential and friends on vectors; to be included after vector.h.
//
// Greatest errors against double precision, tested over the whole range: exp 2e-7 relative; sigmoid 3e-7 and tanh
// 4e-7 relative; erf 2e-7 absolute.

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

/// Below 1 the Maclaurin series; above, Abramowitz and Stegun 7.1.26's form with the wider rational expansion of
/// Numerical Recipes' erfc, whose relative error is 1.2e-7.
INLINE vector error_function(vector x) {
  vector a = absolute(x), s = x * x;
  // Series: 2/sqrt(pi) * sum (-1)^n x^(2n+1) / (n! (2n+1)), to n = 10.
  vector p = splat(1.4807192815879e-8f);
  p = p * s + splat(-1.6365844691234e-7f);
  p = p * s + splat(1.6462114365889e-6f);
  p = p * s + splat(-1.4925650358406e-5f);
  p = p * s + splat(1.2055332981789e-4f);
  p = p * s + splat(-8.5483270234508e-4f);
  p = p * s + splat(5.2239776254421e-3f);
  p = p * s + splat(-2.6866170645131e-2f);
  p = p * s + splat(1.1283791670955e-1f);
  p = p * s + splat(-3.7612638903183e-1f);
  p = p * s + splat(1.1283791670955f);
  vector small = p * x;
  vector t = splat(1.0f) / (splat(1.0f) + splat(0.5f) * a);
  vector q = splat(0.17087277f);
  q = q * t + splat(-0.82215223f);
  q = q * t + splat(1.48851587f);
  q = q * t + splat(-1.13520398f);
  q = q * t + splat(0.27886807f);
  q = q * t + splat(-0.18628806f);
  q = q * t + splat(0.09678418f);
  q = q * t + splat(0.37409196f);
  q = q * t + splat(1.00002368f);
  q = q * t + splat(-1.26551223f);
  vector complement = t * exponential(q - a * a);
  vector large = sign_of(splat(1.0f) - complement, x);
  return a < splat(1.0f) ? small : large;
}
