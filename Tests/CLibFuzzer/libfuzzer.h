#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop, in the runtime that `-sanitize=fuzzer` links: reads its options from the arguments and
/// calls `one` with bytes until it is told to stop.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one)(const uint8_t *bytes, size_t count));
