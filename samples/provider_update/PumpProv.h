/* The class object of the Fenwick pump provider. */
#pragma once
#include <guiddef.h>

DEFINE_GUID(CLSID_PumpProv,
    0xfc890931, 0x9019, 0x4d83, 0x9e, 0x51, 0xd6, 0xea, 0xc1, 0x00, 0xee, 0xa6);

class __declspec(uuid("fc890931-9019-4d83-9e51-d6eac100eea6")) PumpProvider;
