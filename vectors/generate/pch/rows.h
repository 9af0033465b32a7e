// Precompiled for the rows: every file includes these, and says so itself.
#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <algorithm>
