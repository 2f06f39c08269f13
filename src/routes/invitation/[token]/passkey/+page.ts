/** Passkeys exist in script only. */
export const csr = true;
