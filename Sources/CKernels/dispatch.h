#pragma once

// Which of the compilations runs is settled once, when the library loads, and never changes.
enum { PLAIN, AVX2, AVX512 };
extern int ck_chosen_path;

/// Defines a function that calls the compilation chosen.
#if defined(__x86_64__)
#define KERNEL(result, name, parameters, arguments)                          \
  result name##_avx512 parameters;                                           \
  result name##_avx2 parameters;                                             \
  result name##_plain parameters;                                            \
  result name parameters {                                                   \
    return ck_chosen_path == AVX512 ? name##_avx512 arguments                \
      : ck_chosen_path == AVX2 ? name##_avx2 arguments : name##_plain arguments; \
  }
#else
#define KERNEL(result, name, parameters, arguments)                          \
  result name##_plain parameters;                                            \
  result name parameters { return name##_plain arguments; }
#endif
