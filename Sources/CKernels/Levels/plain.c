// Vectors of four floats: NEON's on aarch64, whose 32 registers hold four of them a row.
#define LEVEL ck_plain
#define WIDTH 4
#if defined(__aarch64__)
#define PATH "neon"
#define MOST 4
#else
#define PATH "plain"
#define MOST 2
#endif
#include "Levels/level.h"
