// Precompiled for the rules: every file includes these, and says so itself.
#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <string>
