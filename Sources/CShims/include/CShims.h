// What Swift cannot call by itself: libcurl's variadic functions, a union member, zlib's version macro, glibc's malloc.h.
#ifndef FERRY_C_SHIMS_H
#define FERRY_C_SHIMS_H

#include <curl/curl.h>
#include <malloc.h>
#include <pthread.h>
#include <zlib.h>

/// Names a thread for debuggers and `top -H`; glibc declares it for GNU sources only.
extern int pthread_setname_np(pthread_t thread, const char *name);

static inline CURLcode shim_setopt_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_offset(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_pointer(CURL *h, CURLoption o, const void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_write(CURL *h, CURLoption o, curl_write_callback f) { return curl_easy_setopt(h, o, f); }
static inline CURLcode shim_setopt_prereq(CURL *h, curl_prereq_callback f) { return curl_easy_setopt(h, CURLOPT_PREREQFUNCTION, f); }
static inline CURLcode shim_setopt_progress(CURL *h, curl_xferinfo_callback f) { return curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f); }
static inline CURLcode shim_getinfo_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode shim_getinfo_pointer(CURL *h, CURLINFO i, void **v) { return curl_easy_getinfo(h, i, v); }
static inline CURLMcode shim_multi_setopt_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }
static inline CURLcode shim_message_result(const CURLMsg *m) { return m->data.result; }

/// Prepares a stream that recognises gzip members only.
static inline int shim_inflate_init_gzip(z_stream *s) { return inflateInit2(s, 16 + MAX_WBITS); }

/// Prepares a stream that writes one gzip member.
static inline int shim_deflate_init_gzip(z_stream *s, int level) {
  return deflateInit2(s, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

/// Keeps freed blocks of up to `block` bytes, `total` bytes of them, instead of giving them back to the system.
static inline void shim_keep_freed(int block, int total) {
  mallopt(M_MMAP_THRESHOLD, block);
  mallopt(M_TRIM_THRESHOLD, total);
}

#endif
