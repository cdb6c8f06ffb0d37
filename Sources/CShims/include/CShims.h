// What Swift cannot call by itself: libcurl, loaded late, with its variadic functions and a union member; zlib's version
// macro; glibc's malloc.h.
#ifndef FERRY_C_SHIMS_H
#define FERRY_C_SHIMS_H

#include <curl/curl.h>
#include <malloc.h>
#include <pthread.h>
#include <zlib.h>

/// Names a thread for debuggers and `top -H`; glibc declares it for GNU sources only.
extern int pthread_setname_np(pthread_t thread, const char *name);

/// The functions of libcurl that are used. They are looked up when the library is loaded, not when the process is: with the
/// thirty libraries behind it that takes longer than everything else before the first row.
#define SHIM_CURL_FUNCTIONS(FUNCTION) \
  FUNCTION(easy_cleanup) \
  FUNCTION(easy_getinfo) \
  FUNCTION(easy_init) \
  FUNCTION(easy_setopt) \
  FUNCTION(easy_strerror) \
  FUNCTION(global_init) \
  FUNCTION(multi_add_handle) \
  FUNCTION(multi_cleanup) \
  FUNCTION(multi_info_read) \
  FUNCTION(multi_init) \
  FUNCTION(multi_perform) \
  FUNCTION(multi_poll) \
  FUNCTION(multi_remove_handle) \
  FUNCTION(multi_setopt) \
  FUNCTION(multi_wakeup) \
  FUNCTION(slist_append) \
  FUNCTION(slist_free_all)

struct shim_curl_functions {
#define SHIM_DECLARE(name) __typeof__(curl_##name) *name;
  SHIM_CURL_FUNCTIONS(SHIM_DECLARE)
#undef SHIM_DECLARE
};
extern struct shim_curl_functions shim_curl;

/// Loads libcurl; answers why it cannot be loaded, or NULL. Nothing below may be called before.
const char *shim_load_curl(void);

static inline CURLcode shim_global_init(long flags) { return shim_curl.global_init(flags); }
static inline CURL *shim_easy_init(void) { return shim_curl.easy_init(); }
static inline void shim_easy_cleanup(CURL *h) { shim_curl.easy_cleanup(h); }
static inline const char *shim_easy_strerror(CURLcode code) { return shim_curl.easy_strerror(code); }
static inline CURLcode shim_setopt_long(CURL *h, CURLoption o, long v) { return shim_curl.easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_offset(CURL *h, CURLoption o, curl_off_t v) { return shim_curl.easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_pointer(CURL *h, CURLoption o, const void *v) { return shim_curl.easy_setopt(h, o, v); }
static inline CURLcode shim_setopt_write(CURL *h, CURLoption o, curl_write_callback f) { return shim_curl.easy_setopt(h, o, f); }
static inline CURLcode shim_setopt_prereq(CURL *h, curl_prereq_callback f) { return shim_curl.easy_setopt(h, CURLOPT_PREREQFUNCTION, f); }
static inline CURLcode shim_setopt_progress(CURL *h, curl_xferinfo_callback f) { return shim_curl.easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f); }
static inline CURLcode shim_getinfo_long(CURL *h, CURLINFO i, long *v) { return shim_curl.easy_getinfo(h, i, v); }
static inline CURLcode shim_getinfo_pointer(CURL *h, CURLINFO i, void **v) { return shim_curl.easy_getinfo(h, i, v); }
static inline CURLM *shim_multi_init(void) { return shim_curl.multi_init(); }
static inline CURLMcode shim_multi_cleanup(CURLM *m) { return shim_curl.multi_cleanup(m); }
static inline CURLMcode shim_multi_setopt_long(CURLM *m, CURLMoption o, long v) { return shim_curl.multi_setopt(m, o, v); }
static inline CURLMcode shim_multi_add_handle(CURLM *m, CURL *h) { return shim_curl.multi_add_handle(m, h); }
static inline CURLMcode shim_multi_remove_handle(CURLM *m, CURL *h) { return shim_curl.multi_remove_handle(m, h); }
static inline CURLMcode shim_multi_perform(CURLM *m, int *running) { return shim_curl.multi_perform(m, running); }
static inline CURLMcode shim_multi_poll(CURLM *m, int milliseconds) { return shim_curl.multi_poll(m, NULL, 0, milliseconds, NULL); }
static inline CURLMcode shim_multi_wakeup(CURLM *m) { return shim_curl.multi_wakeup(m); }
static inline CURLMsg *shim_multi_info_read(CURLM *m, int *left) { return shim_curl.multi_info_read(m, left); }
static inline CURLcode shim_message_result(const CURLMsg *m) { return m->data.result; }
static inline struct curl_slist *shim_slist_append(struct curl_slist *list, const char *text) { return shim_curl.slist_append(list, text); }
static inline void shim_slist_free_all(struct curl_slist *list) { shim_curl.slist_free_all(list); }

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
