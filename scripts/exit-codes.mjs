/** The program came to an end by a fault of its own (EX_SOFTWARE of sysexits.h): whoever watches it may start it again. */
export const byFault = 70;
