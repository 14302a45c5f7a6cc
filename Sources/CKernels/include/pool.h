#pragma once

// What the pool of threads needs of C: to call a Swift closure from another thread without a heap
// box, and to wait a moment.

/// A Swift closure `(Int, Int) -> Void` in its two parts.
typedef struct {
  void *function;
  void *context;
} ck_closure;

/// Calls a closure that is still alive.
void ck_call(const ck_closure *closure, long task, long worker);

/// Tells the core that this thread only waits.
static inline void ck_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
