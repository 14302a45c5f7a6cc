#pragma once

/// ABI version of this adapter, so that the target is never empty.
int cterminal_version(void);
