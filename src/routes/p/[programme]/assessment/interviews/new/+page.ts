/** Striking works without script; with it, passages can be selected in the text. */
export const csr = true;
