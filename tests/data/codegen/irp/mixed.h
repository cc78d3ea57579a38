/*
 * Fenwick: registration info for WMI, in answer to WMIREGISTER.
 *
 * Written by `mofkit reginfo c`: change the description and write it again.
 */
#ifndef FENWICK_REGINFO_H
#define FENWICK_REGINFO_H

/* A driver that needs ntddk.h or ntifs.h includes it before this file. */
#include <wdm.h>
#include <wmistr.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The blocks. Fenwick_reginfo.c defines the GUIDs, with or without INITGUID. */
extern const GUID Fenwick_FanGuid;
extern const GUID FenwickBlock1Guid;
extern const GUID FenwickBlock2Guid;
extern const GUID FenwickBlock3Guid;

/* Where each block stands in WMIREGINFO.WmiRegGuid. */
#define FENWICK_GUID_COUNT 4
enum {
    Fenwick_FanIndex = 0, /* named by a list; class Fenwick_Fan */
    FenwickBlock1Index = 1, /* named by a base name */
    FenwickBlock2Index = 2, /* named after the PDO */
    FenwickBlock3Index = 3, /* dynamic names */
};

/* What FenwickQueryRegInfo returns for an IRP that it left alone. */
#define FENWICK_NOT_HANDLED STATUS_NOT_SUPPORTED

/**
 * Write the reply. WMIREGINFOs in it: 1. Entries that carry the PDO: 1.
 *
 * Touches nothing but the buffer, and takes no reference. IRQL: PASSIVE_LEVEL, not pageable.
 *
 * @param Buffer        aligned as pool memory is: on 8 bytes, on x86 4 will do; NULL: only count.
 * @param BufferSize    its bytes. Where they are too few, nothing is written.
 * @param DataPath      WMIREGISTER, or WMIUPDATE: then without RegistryPath and MofResourceName.
 * @param Pdo           the physical device object that AddDevice was given.
 * @param RegistryPath  what DriverEntry was given, for the first WMIREGINFO; NULL: the path in the
 *                      description.
 * @return the bytes of the reply, whether it was written or not.
 */
_Success_(return <= BufferSize)
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
ULONG
FenwickFillRegInfo(
    _Out_writes_bytes_to_opt_(BufferSize, return) PVOID Buffer,
    _In_ ULONG BufferSize,
    _In_ ULONG DataPath,
    _In_ PDEVICE_OBJECT Pdo,
    _In_opt_ PCUNICODE_STRING RegistryPath);

/**
 * Answer IRP_MN_REGINFO or IRP_MN_REGINFO_EX, as a dispatch routine for IRP_MJ_SYSTEM_CONTROL does.
 *
 * The IRP is not completed here: its IoStatus is set, and the caller completes it. It stays
 * untouched, and FENWICK_NOT_HANDLED is returned, where another provider is meant
 * (ProviderId is not DeviceObject), and for other minor functions.
 * The caller passes such an IRP down, unless it has another answer:
 *
 *     Status = FenwickQueryRegInfo(DeviceObject, Extension->Pdo, Irp, &Globals.RegistryPath);
 *     if (Status != FENWICK_NOT_HANDLED) {
 *         IoCompleteRequest(Irp, IO_NO_INCREMENT);
 *         return Status;
 *     }
 *     IoSkipCurrentIrpStackLocation(Irp);
 *     return IoCallDriver(Extension->LowerDevice, Irp);
 *
 * For IRP_MN_REGINFO_EX the PDO is referenced once for each entry that carries it; the system
 * dereferences it. IRP_MN_REGINFO (Windows 98 and 2000) takes no reference. IRQL: PASSIVE_LEVEL,
 * pageable.
 *
 * @param DeviceObject  the device object that IoWMIRegistrationControl was called with.
 * @param Pdo           as above; never NULL.
 * @param Irp           the IRP; this driver's stack location is the current one.
 * @param RegistryPath  as above.
 * @return the IoStatus.Status that was set: STATUS_SUCCESS, or STATUS_BUFFER_TOO_SMALL; or
 *         FENWICK_NOT_HANDLED.
 */
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
FenwickQueryRegInfo(
    _In_ PDEVICE_OBJECT DeviceObject,
    _In_ PDEVICE_OBJECT Pdo,
    _Inout_ PIRP Irp,
    _In_opt_ PCUNICODE_STRING RegistryPath);

#ifdef __cplusplus
}
#endif

#endif
