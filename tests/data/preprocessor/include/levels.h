#pragma once
/* Shared with the driver. */
#define MAX_LEVEL 250
#define LEVEL(id, name) [WmiDataId(id), read] uint8 name
