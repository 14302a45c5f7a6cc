#pragma once

/// ABI version of this adapter, so that the target is never empty.
int ccodecs_version(void);
