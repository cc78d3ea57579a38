/*
 * Fenwick: registration info for WMI, in answer to WMIUPDATE.
 *
 * Written by `mofkit reginfo c`: change the description and write it again.
 */
#include "Fenwick_reginfo.h"

const GUID FenwickBlock0Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0E, 0x01 } };
const GUID FenwickBlock1Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0E, 0x02 } };
const GUID FenwickBlock2Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0E, 0x03 } };

/*
 * A counted string; the NUL of the literal is not counted. Nothing writes through Buffer, hence the
 * cast: RTL_CONSTANT_STRING does without one in mingw-w64's headers, where C++ then warns.
 */
#define FENWICK_STRING(Literal) \
    { sizeof(Literal) - sizeof(WCHAR), sizeof(Literal), (PWSTR)(Literal) }

/* The name kind is the same for all, so FenwickQueryWmiRegInfo has it in RegFlags. */
WMIGUIDREGINFO FenwickGuidList[FENWICK_GUID_COUNT] = {
    { &FenwickBlock0Guid, 4, WMIREG_FLAG_EXPENSIVE },
    { &FenwickBlock1Guid, 1, 0 },
    { &FenwickBlock2Guid, 0, WMIREG_FLAG_REMOVE_GUID },
};

static const UNICODE_STRING FenwickBaseName =
    FENWICK_STRING(L"Fan");

static UNICODE_STRING FenwickRegistryPath = { 0, 0, NULL };

#define FENWICK_POOL_TAG 0x4B464F4D /* MOFK in memory */

/* ExAllocatePool2 came with Windows 10 version 2004, which deprecated the other. */
#if defined(NTDDI_WIN10_VB) && NTDDI_VERSION >= NTDDI_WIN10_VB
#define FENWICK_ALLOCATE(Bytes) \
    ExAllocatePool2(POOL_FLAG_PAGED, (Bytes), FENWICK_POOL_TAG)
#else
#define FENWICK_ALLOCATE(Bytes) \
    ExAllocatePoolWithTag(PagedPool, (Bytes), FENWICK_POOL_TAG)
#endif

#if defined(ALLOC_PRAGMA) && defined(_MSC_VER)
#pragma alloc_text(PAGE, FenwickQueryWmiRegInfo)
#endif

_Use_decl_annotations_
NTSTATUS NTAPI
FenwickQueryWmiRegInfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    PDEVICE_OBJECT DevicePdo = NULL;
    PUNICODE_STRING DriverPath = NULL;

    PAGED_CODE();

    FenwickDescribeDevice(DeviceObject, &DevicePdo, &DriverPath);

    /* WMILIB frees the base name with ExFreePool, so it gets a copy. */
    InstanceName->Buffer = (PWSTR)FENWICK_ALLOCATE(
        FenwickBaseName.Length + sizeof(WCHAR)); /* an empty name needs a buffer, too */
    if (InstanceName->Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(InstanceName->Buffer, FenwickBaseName.Buffer, FenwickBaseName.Length);
    InstanceName->Length = FenwickBaseName.Length;
    InstanceName->MaximumLength = FenwickBaseName.Length;
    *RegFlags = WMIREG_FLAG_INSTANCE_BASENAME;
    *Pdo = NULL;

    *RegistryPath = DriverPath != NULL ? DriverPath : &FenwickRegistryPath;
    UNREFERENCED_PARAMETER(MofResourceName); /* left as it is: there is no such resource */
    return STATUS_SUCCESS;
}
