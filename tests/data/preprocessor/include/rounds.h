// A file that includes itself under a condition, as C allows.
#ifndef ROUNDS
#define ROUNDS 1
#include "include/rounds.h"
#endif
[round(ROUNDS)]
