/** Writing works without script; with it, changes are kept as one types and the preview stands beside. */
export const csr = true;
