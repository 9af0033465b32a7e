// Precompiled for the generator: nearly every file includes these, and says so itself.
#include <vectors/generate/case.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <algorithm>
#include <array>
