/** Keeps what is chosen while somebody is scoring; without script the buttons below do the same. */
export const csr = true;
