// SPDX-License-Identifier: MIT
/*
 * embed_lib LIB_DIR OUT.c OUT.S ID...: writes the files LIB_DIR/ID.js as a table for src/runtime/lib_table.h. The
 * bytes themselves are taken in by the assembler (.incbin), which is quicker than any compiler.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static long size_of(const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file)
    return -1;
  long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  fclose(file);
  return size;
}

int main(int argc, char **argv)
{
  if (argc < 5) {
    fprintf(stderr, "usage: embed_lib LIB_DIR OUT.c OUT.S ID...\n");
    return 2;
  }
  char **ids = argv + 4;
  int count = argc - 4;
  qsort(ids, (size_t)count, sizeof *ids, by_id);
  FILE *table = fopen(argv[2], "w");
  FILE *bytes = fopen(argv[3], "w");
  if (!table || !bytes) {
    perror("embed_lib");
    return 1;
  }
  fprintf(table, "#include \"runtime/lib_table.h\"\n");
  fprintf(bytes, ".section .rodata\n");
  for (int i = 0; i < count; i++) {
    fprintf(table, "extern const char lib_bytes_%d[];\n", i);
    fprintf(bytes, ".globl lib_bytes_%d\nlib_bytes_%d:\n.incbin \"%s/%s.js\"\n.byte 0\n", i, i, argv[1], ids[i]);
  }
  fprintf(bytes, ".section .note.GNU-stack,\"\",@progbits\n");
  fprintf(table, "const LibFile lib_files[] = {\n");
  for (int i = 0; i < count; i++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.js", argv[1], ids[i]);
    long size = size_of(path);
    if (size < 0) {
      perror(path);
      return 1;
    }
    fprintf(table, "  {\"%s\", lib_bytes_%d, %ld},\n", ids[i], i, size);
  }
  fprintf(table, "};\nconst size_t lib_file_count = %d;\n", count);
  return fclose(table) || fclose(bytes);
}
