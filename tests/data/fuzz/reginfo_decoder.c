/* A reader of WMIREGINFO buffers (x64) with two planted defects, for the tests of `mofkit fuzz exec`.
 *
 * It prints the registry path and the names of the blocks. It checks that offsets are inside of the
 * buffer, but not (defect 1) that a string ends there, and not (defect 2) that its copy of a base
 * name fits, which takes a longer name than 4 characters.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_BYTES = 24, ENTRY_BYTES = 32, BASENAME = 8 };

static uint32_t ulong_at(const uint8_t *data, size_t at)
{
    uint32_t value;
    memcpy(&value, data + at, sizeof value);
    return value;
}

static uint16_t ushort_at(const uint8_t *data, size_t at)
{
    uint16_t value;
    memcpy(&value, data + at, sizeof value);
    return value;
}

/* Defect 1: what Length says is believed. */
static unsigned sum_of_string(const uint8_t *data, size_t at)
{
    unsigned sum = 0;
    uint16_t length = ushort_at(data, at);
    for (uint16_t i = 0; i < length; i++)
        sum += data[at + 2 + i];
    return sum;
}

/* Defect 2: what does not fit is copied all the same. */
static unsigned sum_of_base_name(const uint8_t *data, size_t size, size_t at)
{
    uint16_t length = ushort_at(data, at);
    if (length > size - at - 2)
        return 0;
    uint8_t *copy = malloc(8);
    memcpy(copy, data + at + 2, length);
    unsigned sum = length ? copy[0] : 0;
    free(copy);
    return sum;
}

int main(int argc, char **argv)
{
    static uint8_t whole[1 << 20];
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : stdin;
    if (!file)
        return 2;
    size_t size = fread(whole, 1, sizeof whole, file);
    if (size < HEADER_BYTES)
        return 1;
    uint8_t *data = malloc(size);
    memcpy(data, whole, size);
    uint32_t path = ulong_at(data, 8), count = ulong_at(data, 16);
    if (ulong_at(data, 0) > size || count > (size - HEADER_BYTES) / ENTRY_BYTES) {
        free(data);
        return 1;
    }
    if (path && path <= size - 2)
        printf("path %u\n", sum_of_string(data, path));
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = HEADER_BYTES + (size_t)i * ENTRY_BYTES;
        uint32_t base = ulong_at(data, entry + 24);
        if (ulong_at(data, entry + 16) & BASENAME && base && base <= size - 2)
            printf("name %u\n", sum_of_base_name(data, size, base));
    }
    free(data);
    return 0;
}
