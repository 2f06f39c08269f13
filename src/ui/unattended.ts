/** Says of a request that the page made it by itself: it does not count as somebody being there. */
export const unattendedHeader = 'hamkor-unattended';
