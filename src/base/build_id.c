// SPDX-License-Identifier: MIT
/* The note that the linker writes (--build-id), looked up in the loaded object that holds this function. */
#include "base/build_id.h"

#include <link.h>
#include <stdbool.h>
#include <string.h>

#include "base/hash.h"

typedef struct Search {
  uintptr_t address; /* in the object that is looked for */
  uint64_t id;
} Search;

static uint64_t id_of_notes(const char *at, const char *end)
{
  while ((size_t)(end - at) > sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    memcpy(&note, at, sizeof note);
    const char *name = at + sizeof note, *bytes = name + ((note.n_namesz + 3) & ~3u);
    const char *next = bytes + ((note.n_descsz + 3) & ~3u);
    if (next < at || next > end)
      break;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && !memcmp(name, "GNU", 4))
      return hash_bytes(bytes, note.n_descsz, 0) | 1;
    at = next;
  }
  return 0;
}

static int look_into(struct dl_phdr_info *info, size_t size, void *opaque)
{
  Search *search = opaque;
  bool is_ours = false;
  for (int k = 0; k < info->dlpi_phnum && !is_ours; k++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[k];
    uintptr_t start = info->dlpi_addr + segment->p_vaddr;
    is_ours = segment->p_type == PT_LOAD && search->address - start < segment->p_memsz;
  }
  for (int k = 0; k < info->dlpi_phnum && is_ours && !search->id; k++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[k];
    const char *start = (const char *)(info->dlpi_addr + segment->p_vaddr);
    if (segment->p_type == PT_NOTE)
      search->id = id_of_notes(start, start + segment->p_memsz);
  }
  return is_ours;
}

uint64_t build_id(void)
{
  Search search = {.address = (uintptr_t)build_id};
  dl_iterate_phdr(look_into, &search);
  return search.id;
}
