#pragma once

// Counts what chosen threads ask of the heap. Linked into a test program, its malloc stands before
// glibc's, which does the work; elsewhere nothing is counted.

/// What was asked for, by all threads that watch into it.
typedef struct {
  /// Blocks below this many bytes are small.
  long limit;
  /// Small blocks, their bytes, and large blocks; written atomically.
  long small, small_bytes, large;
  /// Bytes of the largest block.
  long largest;
} callocations_count;

/// 1 where blocks are counted.
int callocations_works(void);
/// From now on counts what the calling thread asks for; NULL ends it.
///
/// With AURA_TRACE_ALLOCATIONS in the environment, where each block comes from is printed.
void callocations_watch(callocations_count *count);
