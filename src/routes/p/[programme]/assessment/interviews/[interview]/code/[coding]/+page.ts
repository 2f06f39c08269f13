/** Coding needs the browser to know what is selected; without script passages are typed or pasted instead. */
export const csr = true;
