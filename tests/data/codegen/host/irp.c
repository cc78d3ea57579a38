/*
 * Drives generated code of the style `irp` and prints what it did, a line a call:
 *
 *     case function argument... | result, or status and IoStatus | references, failed assertions |
 *         buffer in hex
 *
 * Buffers are filled with 0xA5 before, and longer than the code is told. cases.h is made by the test.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cases.h"

enum { GUARD = 16, CANARY = 0xA5 };

static char Device, OtherDevice;
static const PDEVICE_OBJECT Pdo = (PDEVICE_OBJECT)(ULONG_PTR)0xFFFFFA8004A1B060u;
static ULONG References;
static ULONG Assertions;

void AssertionFailed(void)
{
    Assertions++;
}

/* NULL is well where it was asserted not to be, each time. */
void ObReferenceObject(PVOID Object)
{
    if (Object != (PVOID)Pdo && (Object != NULL || Assertions != References + 1)) {
        puts("a reference to something else");
        exit(1);
    }
    References++;
}

static PUCHAR NewBuffer(ULONG Size)
{
    PUCHAR Buffer = (PUCHAR)malloc(Size + GUARD);

    memset(Buffer, CANARY, Size + GUARD);
    References = 0;
    Assertions = 0;
    return Buffer;
}

static void PrintAndFree(PUCHAR Buffer, ULONG Size)
{
    ULONG Index;

    printf("| %u %u | ", (unsigned)References, (unsigned)Assertions);
    for (Index = 0; Index < Size + GUARD; Index++) {
        printf("%02x", Buffer[Index]);
    }
    puts("");
    free(Buffer);
}

/* Room: the bytes the code is told of, of Size. */
static void Fill(const CASE *Case, ULONG DataPath, ULONG Size, ULONG Room, PCUNICODE_STRING Path)
{
    PUCHAR Buffer = NewBuffer(Size);
    ULONG Result = Case->Fill(Buffer, Room, DataPath, Pdo, Path);

    printf("%s fill %u %u %s | %u ", Case->Name, (unsigned)DataPath, (unsigned)Room,
           Path != NULL ? "given" : "described", (unsigned)Result);
    PrintAndFree(Buffer, Size);
}

static void QueryFor(
    const CASE *Case, UCHAR Minor, ULONG DataPath, const char *Provider, PDEVICE_OBJECT Named,
    ULONG Size, ULONG Room)
{
    PUCHAR Buffer = NewBuffer(Size);
    NTSTATUS Status;
    IRP Irp;

    memset(&Irp, CANARY, sizeof(Irp));
    Irp.Stack.MinorFunction = Minor;
    Irp.Stack.Parameters.WMI.ProviderId = (ULONG_PTR)Provider;
    Irp.Stack.Parameters.WMI.DataPath = (PVOID)(ULONG_PTR)DataPath;
    Irp.Stack.Parameters.WMI.BufferSize = Room;
    Irp.Stack.Parameters.WMI.Buffer = Buffer;
    Status = Case->Query((PDEVICE_OBJECT)&Device, Named, &Irp, NULL);

    printf("%s query %u %u %s%s %u | %08x %08x %08x ", Case->Name, (unsigned)Minor,
           (unsigned)DataPath, Provider == &Device ? "mine" : "other", Named == NULL ? " NULL" : "",
           (unsigned)Room, (unsigned)Status, (unsigned)Irp.IoStatus.Status,
           (unsigned)Irp.IoStatus.Information);
    PrintAndFree(Buffer, Size);
}

static void Query(
    const CASE *Case, UCHAR Minor, ULONG DataPath, const char *Provider, ULONG Size, ULONG Room)
{
    QueryFor(Case, Minor, DataPath, Provider, Pdo, Size, Room);
}

int main(void)
{
    static WCHAR Given[] = L"\\Registry\\Given";
    UNICODE_STRING Path = { sizeof(Given) - sizeof(WCHAR), sizeof(Given), Given };
    size_t Index;
    ULONG DataPath;

    for (Index = 0; Index < sizeof(Cases) / sizeof(Cases[0]); Index++) {
        const CASE *Case = &Cases[Index];

        for (DataPath = WMIREGISTER; DataPath <= WMIUPDATE; DataPath++) {
            ULONG Size = Case->Fill(NULL, 0, DataPath, Pdo, NULL);
            ULONG SizeGiven = Case->Fill(NULL, 0, DataPath, Pdo, &Path);

            Fill(Case, DataPath, Size, Size, NULL);
            Fill(Case, DataPath, Size, Size - 1, NULL);
            Fill(Case, DataPath, SizeGiven, SizeGiven, &Path);
            Query(Case, IRP_MN_REGINFO, DataPath, &Device, Size, Size);
            Query(Case, IRP_MN_REGINFO_EX, DataPath, &Device, Size, Size);
            Query(Case, IRP_MN_REGINFO_EX, DataPath, &Device, Size, Size - 1);
            Query(Case, IRP_MN_REGINFO_EX, DataPath, &Device, Size, 4);
            Query(Case, IRP_MN_REGINFO_EX, DataPath, &Device, Size, 3);
            Query(Case, IRP_MN_REGINFO_EX, DataPath, &OtherDevice, Size, Size);
            Query(Case, 0, DataPath, &Device, Size, Size);
            QueryFor(Case, IRP_MN_REGINFO_EX, DataPath, &Device, NULL, Size, Size);
        }
    }
    return 0;
}
