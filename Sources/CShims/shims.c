#include "CShims.h"

#include <dlfcn.h>

struct shim_curl_functions shim_curl;

const char *shim_load_curl(void) {
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
#define SHIM_LOOK_UP(name) \
  shim_curl.name = (__typeof__(shim_curl.name))dlsym(library, "curl_" #name); \
  if (!shim_curl.name) return dlerror();
  SHIM_CURL_FUNCTIONS(SHIM_LOOK_UP)
#undef SHIM_LOOK_UP
  return NULL;
}
