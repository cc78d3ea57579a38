/* What valve_driver.mof and the driver's C sources agree on. Only lines for the preprocessor stand
   here: a MOF file can include no declaration of C, unless `#ifdef` hides it. */

#ifndef VALVE_IDS_H
#define VALVE_IDS_H

#ifndef VALVE_VERSION
#define VALVE_VERSION 2
#endif

#define VALVE_STATE_GUID   "{3D0A6B7C-52E4-4C1B-8F60-7A9C1E25D40F}"
#define VALVE_CONTROL_GUID "{E7B1F2A4-0C93-4D58-A6E1-5B48C7309D12}"

#define VALVE_PRESETS 4

#define VALVE_METHOD_TURN 1
#define VALVE_METHOD_HOME 2

#endif
