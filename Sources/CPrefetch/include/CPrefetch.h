// What Swift has no word for: bringing memory into the cache ahead of its use.
#ifndef FERRY_C_PREFETCH_H
#define FERRY_C_PREFETCH_H

#include <stdint.h>

/// Fetches the cache line at an address, which need not be valid; it is written to soon.
static inline void prefetch_for_writing(uintptr_t address) { __builtin_prefetch((const void *)address, 1, 3); }

#endif
