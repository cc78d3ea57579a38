/*
 * Fenwick: registration info for WMI, in answer to WMIUPDATE.
 *
 * Written by `mofkit reginfo c`: change the description and write it again.
 */
#ifndef FENWICK_REGINFO_H
#define FENWICK_REGINFO_H

/* A driver that needs ntddk.h or ntifs.h includes it before this file. */
#include <wdm.h>
#include <wmistr.h>
#include <wmilib.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The blocks. Fenwick_reginfo.c defines the GUIDs, with or without INITGUID. */
extern const GUID FenwickBlock0Guid;
extern const GUID FenwickBlock1Guid;
extern const GUID FenwickBlock2Guid;

/* Where each block stands in WMIREGINFO.WmiRegGuid: the GuidIndex of WMILIB's callbacks. */
#define FENWICK_GUID_COUNT 3
enum {
    FenwickBlock0Index = 0, /* named by a base name */
    FenwickBlock1Index = 1, /* named by a base name */
    FenwickBlock2Index = 2, /* removed */
};

/* The blocks, for WMILIB_CONTEXT.GuidList. */
extern WMIGUIDREGINFO FenwickGuidList[FENWICK_GUID_COUNT];

/*
 * What initialises a WMILIB_CONTEXT, given the driver's other callbacks. QueryDataBlock is required,
 * any of the others may be NULL:
 *
 *     static WMILIB_CONTEXT Context = FENWICK_WMILIB_CONTEXT(QueryDataBlock, NULL, NULL, NULL, NULL);
 *
 *     Status = WmiSystemControl(&Context, DeviceObject, Irp, &Disposition);
 *
 * For IRP_MN_REGINFO and IRP_MN_REGINFO_EX the disposition is then IrpNotCompleted: the driver
 * completes the IRP, with the IoStatus that WMILIB has set.
 */
#define FENWICK_WMILIB_CONTEXT( \
    QueryDataBlock, SetDataBlock, SetDataItem, ExecuteMethod, FunctionControl) \
    { \
        FENWICK_GUID_COUNT, FenwickGuidList, FenwickQueryWmiRegInfo, (QueryDataBlock), \
        (SetDataBlock), (SetDataItem), (ExecuteMethod), (FunctionControl) \
    }

/**
 * Yours to write: what only the driver knows about its device. IRQL: PASSIVE_LEVEL.
 *
 * @param DeviceObject  the device object that WmiSystemControl was given.
 * @param Pdo           set to the physical device object that AddDevice was given; not used,
 *                      since the instances have a base name.
 * @param RegistryPath  set to a copy of what DriverEntry was given, which must last; left alone for
 *                      an empty one, as the description has none.
 */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
FenwickDescribeDevice(
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PDEVICE_OBJECT *Pdo,
    _Inout_ PUNICODE_STRING *RegistryPath);

/**
 * The driver's DpWmiQueryReginfo: WMILIB_CONTEXT.QueryWmiRegInfo.
 *
 * WMILIB calls it for IRP_MN_REGINFO and IRP_MN_REGINFO_EX, writes the WMIREGINFO, and takes the
 * references to the PDO. It neither pends nor completes the IRP. IRQL: PASSIVE_LEVEL, pageable.
 *
 * @return STATUS_SUCCESS, or STATUS_INSUFFICIENT_RESOURCES.
 */
_IRQL_requires_max_(PASSIVE_LEVEL)
WMI_QUERY_REGINFO_CALLBACK FenwickQueryWmiRegInfo;

#ifdef __cplusplus
}
#endif

#endif
