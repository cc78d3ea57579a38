/*
 * As much of the driver kit's wdm.h as generated registration info needs, so that it runs outside of
 * a driver. Written for these tests; compile with -fshort-wchar.
 */
#ifndef SHIM_WDM_H
#define SHIM_WDM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NTAPI
#define VOID void

/* Annotations, which only Microsoft's analysis reads. */
#define _In_
#define _In_opt_
#define _Inout_
#define _Outptr_
#define _Out_writes_bytes_to_opt_(Size, Count)
#define _Success_(Condition)
#define _Must_inspect_result_
#define _Use_decl_annotations_
#define _IRQL_requires_max_(Irql)

typedef void *PVOID;
typedef uint8_t BOOLEAN, UCHAR, *PUCHAR;
typedef uint16_t USHORT, *PUSHORT;
typedef uint32_t ULONG, *PULONG;
typedef int32_t NTSTATUS;
typedef uintptr_t ULONG_PTR;
typedef wchar_t WCHAR, *PWSTR;

typedef struct _GUID {
    ULONG Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR Data4[8];
} GUID;

typedef const GUID *LPCGUID;

typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;

typedef const UNICODE_STRING *PCUNICODE_STRING;

typedef struct _DEVICE_OBJECT *PDEVICE_OBJECT;

typedef struct _IO_STACK_LOCATION {
    UCHAR MajorFunction;
    UCHAR MinorFunction;
    union {
        struct {
            ULONG_PTR ProviderId;
            PVOID DataPath;
            ULONG BufferSize;
            PVOID Buffer;
        } WMI;
    } Parameters;
} IO_STACK_LOCATION, *PIO_STACK_LOCATION;

typedef struct _IRP {
    struct {
        NTSTATUS Status;
        ULONG_PTR Information;
    } IoStatus;
    IO_STACK_LOCATION Stack;
} IRP, *PIRP;

#define STATUS_SUCCESS ((NTSTATUS)0x00000000)
#define STATUS_BUFFER_TOO_SMALL ((NTSTATUS)0xC0000023)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009A)
#define STATUS_NOT_SUPPORTED ((NTSTATUS)0xC00000BB)

#define IRP_MN_REGINFO 0x08
#define IRP_MN_REGINFO_EX 0x0b
#define WMIREGISTER 0
#define WMIUPDATE 1

#define FIELD_OFFSET(Type, Field) offsetof(Type, Field)
#define RtlCopyMemory(Target, Source, Length) memcpy((Target), (Source), (Length))
#define RtlZeroMemory(Target, Length) memset((Target), 0, (Length))
#define UNREFERENCED_PARAMETER(Parameter) ((void)(Parameter))
#define PAGED_CODE()
#define NT_ASSERT(Condition) ((Condition) ? (void)0 : AssertionFailed())

#define IoGetCurrentIrpStackLocation(Irp) (&(Irp)->Stack)

/* The program has these, and counts the calls. */
void AssertionFailed(void);
void ObReferenceObject(PVOID Object);

/* The test says for which Windows it compiles: before or from version 2004 of Windows 10. */
#define NTDDI_WIN10_VB 0x0A000008
#if defined(NTDDI_VERSION) && NTDDI_VERSION >= NTDDI_WIN10_VB
#define POOL_FLAG_PAGED 0x100u
PVOID ExAllocatePool2(uint64_t Flags, size_t Bytes, ULONG Tag);
#else
typedef enum _POOL_TYPE { NonPagedPool, PagedPool } POOL_TYPE;
PVOID ExAllocatePoolWithTag(POOL_TYPE Type, size_t Bytes, ULONG Tag);
#endif
void ExFreePool(PVOID Block);

#ifdef __cplusplus
}
#endif

#endif
