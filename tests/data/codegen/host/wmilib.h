/* The start of the driver kit's wmilib.h: what registers blocks; written for these tests. */
#ifndef SHIM_WMILIB_H
#define SHIM_WMILIB_H

typedef struct _WMIGUIDREGINFO {
    LPCGUID Guid;
    ULONG InstanceCount;
    ULONG Flags;
} WMIGUIDREGINFO, *PWMIGUIDREGINFO;

typedef NTSTATUS WMI_QUERY_REGINFO_CALLBACK(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo);

typedef struct _WMILIB_CONTEXT {
    ULONG GuidCount;
    PWMIGUIDREGINFO GuidList;
    WMI_QUERY_REGINFO_CALLBACK *QueryWmiRegInfo;
    PVOID Others[5];
} WMILIB_CONTEXT;

#endif
