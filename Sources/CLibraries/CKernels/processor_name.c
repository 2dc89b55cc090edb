// What names a processor: timings hold for those of one name.
#include "instruction_set.h"
#include <stdio.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <string.h>

void processor_name(char *name, size_t size) {
  unsigned brand[13] = {0}, version = 0, b, c, d;
  for (unsigned leaf = 0; leaf < 3; leaf++) {
    unsigned *part = brand + 4 * leaf;
    if (!__get_cpuid(0x80000002 + leaf, &part[0], &part[1], &part[2], &part[3])) brand[0] = 0;
  }
  __get_cpuid(1, &version, &b, &c, &d);
  char text[sizeof brand];
  size_t length = 0;
  for (size_t i = 0; i < sizeof brand && ((const char *)brand)[i]; i++) {
    const char letter = ((const char *)brand)[i];
    if (letter >= ' ' && letter <= '~' && !(letter == ' ' && (length == 0 || text[length - 1] == ' ')))
      text[length++] = letter;
  }
  while (length > 0 && text[length - 1] == ' ') length--;
  snprintf(name, size, "%.*s %08x", (int)length, text, version);
}
#else
void processor_name(char *name, size_t size) { snprintf(name, size, "unknown processor"); }
#endif
