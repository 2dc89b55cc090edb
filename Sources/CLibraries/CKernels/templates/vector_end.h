#if defined(HAS_TARGET)
#pragma clang attribute pop
#endif
