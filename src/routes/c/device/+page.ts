/** What is kept on a device is known there alone: the page is empty until its script has looked. */
export const csr = true;
