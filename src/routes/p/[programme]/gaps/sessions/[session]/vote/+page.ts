/** With script a score is kept as soon as it is chosen; without it, by the button. */
export const csr = true;
