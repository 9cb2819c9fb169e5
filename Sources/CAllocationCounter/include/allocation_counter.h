#pragma once

/// Starts counting the calling thread's allocations.
void allocation_counter_start(void);
/// Stops, and gives the number of allocations since the start: malloc, calloc, realloc, aligned variants.
long allocation_counter_stop(void);
