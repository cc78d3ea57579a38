/*
 * Fenwick: registration info for WMI, in answer to WMIREGISTER.
 *
 * Written by `mofkit reginfo c`: change the description and write it again.
 */
#include "Fenwick_reginfo.h"

const GUID FenwickBlock0Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0D, 0x01 } };
const GUID FenwickBlock1Guid =
    { 0x5B1D8F52, 0x0C55, 0x4B5A, { 0x9C, 0x61, 0x6B, 0x1B, 0x5C, 0x1E, 0x0D, 0x02 } };

/*
 * A counted string; the NUL of the literal is not counted. Nothing writes through Buffer, hence the
 * cast: RTL_CONSTANT_STRING does without one in mingw-w64's headers, where C++ then warns.
 */
#define FENWICK_STRING(Literal) \
    { sizeof(Literal) - sizeof(WCHAR), sizeof(Literal), (PWSTR)(Literal) }

/* The name kind is the same for all, so FenwickQueryWmiRegInfo has it in RegFlags. */
WMIGUIDREGINFO FenwickGuidList[FENWICK_GUID_COUNT] = {
    { &FenwickBlock0Guid, 1, WMIREG_FLAG_EXPENSIVE },
    { &FenwickBlock1Guid, 1, WMIREG_FLAG_EVENT_ONLY_GUID },
};

static const UNICODE_STRING FenwickMofResourceName =
    FENWICK_STRING(L"FenwickMof");

static UNICODE_STRING FenwickRegistryPath =
    FENWICK_STRING(L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Fenwick");

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

    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    NT_ASSERT(DevicePdo != NULL);
    *Pdo = DevicePdo;
    UNREFERENCED_PARAMETER(InstanceName);

    *RegistryPath = DriverPath != NULL ? DriverPath : &FenwickRegistryPath;
    *MofResourceName = FenwickMofResourceName; /* WMILIB does not free it */
    return STATUS_SUCCESS;
}
