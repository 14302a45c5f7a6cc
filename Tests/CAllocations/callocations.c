#define _GNU_SOURCE
#include "callocations.h"

#include <errno.h>
#include <stdlib.h>

// The sanitizers have a malloc of their own, which must stay the first.
#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#include <execinfo.h>
#include <stdio.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local callocations_count *watched;
static _Thread_local int traces;

static void trace(callocations_count *count, size_t size) {
  void *frames[24];
  // The first backtrace loads a library, which asks for memory itself.
  watched = NULL;
  dprintf(2, "-- %zu bytes\n", size);
  backtrace_symbols_fd(frames + 2, backtrace(frames, 24) - 2, 2);
  watched = count;
}

static void note(size_t size) {
  callocations_count *count = watched;
  if (!count) return;
  if ((long)size < count->limit) {
    __atomic_add_fetch(&count->small, 1, __ATOMIC_RELAXED);
    __atomic_add_fetch(&count->small_bytes, (long)size, __ATOMIC_RELAXED);
  } else {
    __atomic_add_fetch(&count->large, 1, __ATOMIC_RELAXED);
  }
  long largest = __atomic_load_n(&count->largest, __ATOMIC_RELAXED);
  while ((long)size > largest &&
         !__atomic_compare_exchange_n(&count->largest, &largest, (long)size, 1, __ATOMIC_RELAXED,
                                      __ATOMIC_RELAXED)) {
  }
  if (traces) trace(count, size);
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  note(size);
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) || (alignment & (alignment - 1)) || !alignment) return EINVAL;
  void *made = memalign(alignment, size);
  if (!made) return ENOMEM;
  *block = made;
  return 0;
}

int callocations_works(void) { return 1; }

void callocations_watch(callocations_count *count) {
  traces = getenv("AURA_TRACE_ALLOCATIONS") != NULL;
  watched = count;
}
#else
int callocations_works(void) { return 0; }

void callocations_watch(callocations_count *count) { (void)count; }
#endif
