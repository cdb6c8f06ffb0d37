// What Swift has no word for: see README.md.
#ifndef FERRY_C_INSTRUCTIONS_H
#define FERRY_C_INSTRUCTIONS_H

#include <stdint.h>

/// Fetches the cache line at an address, which need not be valid; it is written to soon.
static inline void prefetch_for_writing(uintptr_t address) { __builtin_prefetch((const void *)address, 1, 3); }

typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

/// One bit for each byte of `mask`, which is 0 or 255: the first byte's in the lowest place.
static inline uint32_t bits_of_bytes(bytes16 mask) {
#if defined(__SSE2__)
  return (uint32_t)__builtin_ia32_pmovmskb128((__attribute__((vector_size(16))) char)mask);
#else
  // The product of the eight lowest bits and eight shifts has no carries; its highest byte holds each bit once.
  words2 bits = (words2)mask & 0x0101010101010101;
  return (uint32_t)((bits[0] * 0x0102040810204080) >> 56) | (uint32_t)((bits[1] * 0x0102040810204080) >> 56) << 8;
#endif
}

/// Marks the bytes outside ASCII.
///
/// Of sixteen bytes, the first eight in `low`, the first of each in the lowest place; a bit for each.
static inline uint32_t marks_outside_ascii(uint64_t low, uint64_t high) {
  bytes16 bytes = (bytes16)(words2){low, high};
  return bits_of_bytes((bytes16)(bytes > 0x7F));
}

/// Marks the bytes that stand for something else in a JSON string: less than 0x20, `"` and `\`.
static inline uint32_t marks_escaped(uint64_t low, uint64_t high) {
  bytes16 bytes = (bytes16)(words2){low, high};
  return bits_of_bytes((bytes16)((bytes < 0x20) | (bytes == '"') | (bytes == '\\')));
}

/// Marks the same and the delimiter.
static inline uint32_t marks_separating(uint64_t low, uint64_t high, uint8_t delimiter) {
  bytes16 bytes = (bytes16)(words2){low, high};
  return bits_of_bytes((bytes16)((bytes < 0x20) | (bytes == '"') | (bytes == '\\') | (bytes == delimiter)));
}

#endif
