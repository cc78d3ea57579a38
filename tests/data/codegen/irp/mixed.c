/*
 * Fenwick: registration info for WMI, in answer to WMIREGISTER.
 *
 * Written by `mofkit reginfo c`: change the description and write it again.
 */
#include "Fenwick_reginfo.h"

const GUID Fenwick_FanGuid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0A, 0x01 } };
const GUID FenwickBlock1Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0A, 0x02 } };
const GUID FenwickBlock2Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0A, 0x03 } };
const GUID FenwickBlock3Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0A, 0x04 } };

/*
 * A counted string; the NUL of the literal is not counted. Nothing writes through Buffer, hence the
 * cast: RTL_CONSTANT_STRING does without one in mingw-w64's headers, where C++ then warns.
 */
#define FENWICK_STRING(Literal) \
    { sizeof(Literal) - sizeof(WCHAR), sizeof(Literal), (PWSTR)(Literal) }

typedef struct _FENWICK_BLOCK {
    const GUID *Guid;
    ULONG Flags;
    ULONG InstanceCount;
    ULONG NameCount; /* of Names: a list, one base name, or none */
    const UNICODE_STRING *Names;
} FENWICK_BLOCK;

typedef struct _FENWICK_INFO {
    ULONG GuidCount;
    const FENWICK_BLOCK *Blocks;
    PCUNICODE_STRING RegistryPath;    /* NULL: none */
    PCUNICODE_STRING MofResourceName; /* NULL: none */
} FENWICK_INFO;

static const UNICODE_STRING Fenwick_FanNames[] = {
    FENWICK_STRING(L"Fan 0"),
    FENWICK_STRING(L"back\\slash \"quote\""),
    FENWICK_STRING(L"what\?\?/"),
    FENWICK_STRING(L"*/ #error"),
    FENWICK_STRING(L"L\x00FC" L"fter"),
    FENWICK_STRING(L"\xD83D\xDD25" L"fire"),
    FENWICK_STRING(L""),
};

static const UNICODE_STRING FenwickBlock1Names[] = {
    FENWICK_STRING(L"Sensor"),
};

static const FENWICK_BLOCK FenwickBlocks0[] = {
    { &Fenwick_FanGuid, WMIREG_FLAG_EXPENSIVE | WMIREG_FLAG_INSTANCE_LIST,
      7, 7, Fenwick_FanNames },
    { &FenwickBlock1Guid, WMIREG_FLAG_INSTANCE_BASENAME,
      3, 1, FenwickBlock1Names },
    { &FenwickBlock2Guid, WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EVENT_ONLY_GUID,
      1, 0, NULL },
    { &FenwickBlock3Guid, 0,
      0, 0, NULL },
};

static const UNICODE_STRING FenwickRegistryPath0 =
    FENWICK_STRING(L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Fenwick");

static const UNICODE_STRING FenwickMofResourceName0 =
    FENWICK_STRING(L"FenwickMof");

static const FENWICK_INFO FenwickInfos[] = {
    { 4, FenwickBlocks0,
      &FenwickRegistryPath0, &FenwickMofResourceName0 },
};

#define FENWICK_INFO_COUNT (sizeof(FenwickInfos) / sizeof(FenwickInfos[0]))

#if defined(ALLOC_PRAGMA) && defined(_MSC_VER)
#pragma alloc_text(PAGE, FenwickQueryRegInfo)
#endif

/* An entry that removes its block has no names, whatever its flags say. */
static BOOLEAN
FenwickCarriesPdo(const FENWICK_BLOCK *Block)
{
    ULONG Kind = Block->Flags & (WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_REMOVE_GUID);

    return Kind == WMIREG_FLAG_INSTANCE_PDO;
}

/*
 * The functions below are called twice: with NULL for Info they only count. Each returns the offset
 * behind what it put, from the start of the WMIREGINFO, as all offsets are.
 */

static ULONG
FenwickPutString(PWMIREGINFOW Info, ULONG Offset, PCUNICODE_STRING String)
{
    if (Info != NULL) {
        PUCHAR Target = (PUCHAR)Info + Offset;

        *(PUSHORT)Target = String->Length; /* bytes */
        RtlCopyMemory(Target + sizeof(USHORT), String->Buffer, String->Length);
    }
    return Offset + (ULONG)sizeof(USHORT) + String->Length;
}

/* Put the names of a block, and the entry that leads to them. */
static ULONG
FenwickPutBlock(
    PWMIREGINFOW Info,
    ULONG Offset,
    const FENWICK_BLOCK *Block,
    ULONG GuidIndex,
    PDEVICE_OBJECT Pdo)
{
    ULONG NameIndex;

    if (Info != NULL) {
        PWMIREGGUIDW Entry = &Info->WmiRegGuid[GuidIndex];

        Entry->Guid = *Block->Guid;
        Entry->Flags = Block->Flags;
        Entry->InstanceCount = Block->InstanceCount;
        if (Block->NameCount != 0) {
            Entry->InstanceNameList = Offset; /* BaseNameOffset is the same member of the union */
        } else if (FenwickCarriesPdo(Block)) {
            Entry->Pdo = (ULONG_PTR)Pdo;
        }
    }
    for (NameIndex = 0; NameIndex < Block->NameCount; NameIndex++) {
        Offset = FenwickPutString(Info, Offset, &Block->Names[NameIndex]);
    }
    return Offset;
}

/* Put one WMIREGINFO: header, array, names, MofResourceName, RegistryPath. */
static ULONG
FenwickPutInfo(
    PWMIREGINFOW Info,
    const FENWICK_INFO *Described,
    PDEVICE_OBJECT Pdo,
    PCUNICODE_STRING MofResourceName,
    PCUNICODE_STRING RegistryPath)
{
    ULONG Offset = (ULONG)FIELD_OFFSET(WMIREGINFOW, WmiRegGuid) +
                   Described->GuidCount * (ULONG)sizeof(WMIREGGUIDW);
    ULONG GuidIndex;

    if (Info != NULL) {
        RtlZeroMemory(Info, Offset);
        Info->GuidCount = Described->GuidCount;
    }
    for (GuidIndex = 0; GuidIndex < Described->GuidCount; GuidIndex++) {
        Offset = FenwickPutBlock(Info, Offset, &Described->Blocks[GuidIndex], GuidIndex, Pdo);
    }
    if (MofResourceName != NULL) {
        if (Info != NULL) {
            Info->MofResourceName = Offset;
        }
        Offset = FenwickPutString(Info, Offset, MofResourceName);
    }
    if (RegistryPath != NULL) {
        if (Info != NULL) {
            Info->RegistryPath = Offset;
        }
        Offset = FenwickPutString(Info, Offset, RegistryPath);
    }
    if (Info != NULL) {
        Info->BufferSize = Offset;
    }
    return Offset;
}

/* Put the chain, each header on a multiple of 8: on x64 its entries hold a pointer. */
static ULONG
FenwickPutChain(
    PUCHAR Buffer,
    ULONG DataPath,
    PDEVICE_OBJECT Pdo,
    PCUNICODE_STRING RegistryPath)
{
    ULONG Start = 0;
    ULONG Size = 0;
    ULONG Index;

    for (Index = 0; Index < FENWICK_INFO_COUNT; Index++) {
        const FENWICK_INFO *Described = &FenwickInfos[Index];
        BOOLEAN Registers = DataPath == WMIREGISTER;
        PCUNICODE_STRING Path = Registers ? Described->RegistryPath : NULL;
        PCUNICODE_STRING Resource = Registers ? Described->MofResourceName : NULL;

        if (Registers && Index == 0 && RegistryPath != NULL) {
            Path = RegistryPath;
        }
        if (Index != 0) {
            ULONG Next = (Size + 7) & ~(ULONG)7;

            if (Buffer != NULL) {
                ((PWMIREGINFOW)(Buffer + Start))->NextWmiRegInfo = Next;
                RtlZeroMemory(Buffer + Start + Size, Next - Size);
            }
            Start += Next;
        }
        Size = FenwickPutInfo(
            Buffer != NULL ? (PWMIREGINFOW)(Buffer + Start) : NULL, Described, Pdo, Resource, Path);
    }
    return Start + Size;
}

_Use_decl_annotations_
ULONG
FenwickFillRegInfo(
    PVOID Buffer,
    ULONG BufferSize,
    ULONG DataPath,
    PDEVICE_OBJECT Pdo,
    PCUNICODE_STRING RegistryPath)
{
    ULONG Size = FenwickPutChain(NULL, DataPath, Pdo, RegistryPath);

    if (Size <= BufferSize) {
        FenwickPutChain((PUCHAR)Buffer, DataPath, Pdo, RegistryPath);
    }
    return Size;
}

/* Reference the PDO once for each entry that carries it; the system dereferences it. */
static VOID
FenwickReferencePdo(PDEVICE_OBJECT Pdo)
{
    ULONG Index;
    ULONG GuidIndex;

    for (Index = 0; Index < FENWICK_INFO_COUNT; Index++) {
        for (GuidIndex = 0; GuidIndex < FenwickInfos[Index].GuidCount; GuidIndex++) {
            if (FenwickCarriesPdo(&FenwickInfos[Index].Blocks[GuidIndex])) {
                NT_ASSERT(Pdo != NULL);
                ObReferenceObject(Pdo);
            }
        }
    }
}

_Use_decl_annotations_
NTSTATUS
FenwickQueryRegInfo(
    PDEVICE_OBJECT DeviceObject,
    PDEVICE_OBJECT Pdo,
    PIRP Irp,
    PCUNICODE_STRING RegistryPath)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG DataPath = (ULONG)(ULONG_PTR)Stack->Parameters.WMI.DataPath; /* no GUID here: a number */
    ULONG BufferSize = Stack->Parameters.WMI.BufferSize;
    PVOID Buffer = Stack->Parameters.WMI.Buffer;
    NTSTATUS Status = STATUS_SUCCESS;
    ULONG Size;

    PAGED_CODE();

    if (Stack->MinorFunction != IRP_MN_REGINFO && Stack->MinorFunction != IRP_MN_REGINFO_EX) {
        return FENWICK_NOT_HANDLED;
    }
    if (Stack->Parameters.WMI.ProviderId != (ULONG_PTR)DeviceObject) {
        return FENWICK_NOT_HANDLED;
    }

    Size = FenwickFillRegInfo(Buffer, BufferSize, DataPath, Pdo, RegistryPath);
    if (Size <= BufferSize) {
        if (Stack->MinorFunction == IRP_MN_REGINFO_EX) {
            FenwickReferencePdo(Pdo);
        }
    } else {
        /*
         * The size needed, and nothing else: WMI sees by the length what it is, and asks again with
         * a larger buffer. This status is the documented one; class drivers and KMDF return
         * STATUS_SUCCESS here.
         */
        Status = STATUS_BUFFER_TOO_SMALL;
        if (BufferSize < sizeof(ULONG)) {
            Size = 0;
        } else {
            *(PULONG)Buffer = Size;
            Size = sizeof(ULONG);
        }
    }

    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Size;
    return Status;
}
