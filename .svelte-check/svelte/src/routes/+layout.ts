/** Pages are plain HTML; a page that needs script in the browser says so itself. */
export const csr : boolean = false;
