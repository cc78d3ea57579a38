/*
 * Calls generated DpWmiQueryReginfo routines as WMILIB does, and prints what they say, a line a case:
 *
 *     case | status | RegFlags | InstanceName | RegistryPath | MofResourceName | Pdo | blocks | pool
 *
 * Strings are in hex, and `-` where nothing was set; pool counts the blocks that are left after
 * WMILIB has freed InstanceName. cases.h is made by the test.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cases.h"

static int Allocations;

/* Only the one of the two that the driver kit has for this Windows. */
#if defined(NTDDI_VERSION) && NTDDI_VERSION >= NTDDI_WIN10_VB
PVOID ExAllocatePool2(uint64_t Flags, size_t Bytes, ULONG Tag)
{
    (void)Tag;
    Allocations++;
    return Flags == POOL_FLAG_PAGED ? malloc(Bytes) : NULL;
}
#else
PVOID ExAllocatePoolWithTag(POOL_TYPE Type, size_t Bytes, ULONG Tag)
{
    (void)Tag;
    Allocations++;
    return Type == PagedPool ? malloc(Bytes) : NULL;
}
#endif

void AssertionFailed(void)
{
    puts("an assertion failed");
    exit(1);
}

void ExFreePool(PVOID Block)
{
    Allocations--;
    free(Block);
}

static void PrintBytes(const void *Bytes, size_t Length)
{
    size_t Index;

    for (Index = 0; Index < Length; Index++) {
        printf("%02x", ((const UCHAR *)Bytes)[Index]);
    }
}

static void PrintString(PCUNICODE_STRING String)
{
    printf("| ");
    if (String == NULL || String->MaximumLength == 0xFFFF) {
        printf("-");
    } else {
        PrintBytes(String->Buffer, String->Length);
    }
    printf(" ");
}

int main(void)
{
    size_t Index;
    ULONG GuidIndex;

    for (Index = 0; Index < sizeof(Cases) / sizeof(Cases[0]); Index++) {
        WMILIB_CONTEXT Context = *Cases[Index].Context;
        UNICODE_STRING InstanceName = { 0, 0xFFFF, NULL };
        UNICODE_STRING MofResourceName = { 0, 0xFFFF, NULL };
        PUNICODE_STRING RegistryPath = NULL;
        PDEVICE_OBJECT Pdo = NULL;
        ULONG RegFlags = 0;
        NTSTATUS Status = Context.QueryWmiRegInfo(
            NULL, &RegFlags, &InstanceName, &RegistryPath, &MofResourceName, &Pdo);

        printf("%s | %x | %x ", Cases[Index].Name, (unsigned)Status, (unsigned)RegFlags);
        PrintString(&InstanceName);
        PrintString(RegistryPath);
        PrintString(&MofResourceName);
        printf("| %llx |", (unsigned long long)(ULONG_PTR)Pdo);
        for (GuidIndex = 0; GuidIndex < Context.GuidCount; GuidIndex++) {
            PWMIGUIDREGINFO Block = &Context.GuidList[GuidIndex];

            printf(" ");
            PrintBytes(Block->Guid, sizeof(GUID));
            printf(",%x,%x", (unsigned)Block->InstanceCount, (unsigned)Block->Flags);
        }
        if (InstanceName.Buffer != NULL) {
            ExFreePool(InstanceName.Buffer);
        }
        printf(" | %d\n", Allocations);
    }
    return 0;
}
