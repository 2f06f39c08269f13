/** Names that hold a secret wherever they stand: `password`, `new-password`, `rescue-passphrase`. */
const always = /^(?:[a-z]+-)*(?:password|passphrase|secret)$/;

/**
 * Whether a form's field holds a secret, which is neither shown again nor kept. `code` is one where somebody signs in or shows that they
 * are there; within a programme it is the code of a place, a passage or a session, and is treated as everything else that was typed.
 * @param page the page's address without its language: `/p/1/gaps/new`
 */
export const isSecretField = (name: string, page: string): boolean => always.test(name) || (name === 'code' && !page.startsWith('/p/'));
