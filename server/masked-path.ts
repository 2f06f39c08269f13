/** What stands before a segment that opens something. */
const opensNext = new Set(['key', 'c', 'invite', 'invitation', 'join', 'token', 'recover', 'verify']);

/** Words of our own addresses: lower case, and short enough not to be a code. */
const plainWord = /^(?:uz-Cyrl|_?[a-z][a-z._-]{0,23})$/;

/**
 * A request's path as it may stand in the log: without its query, and with everything that could be a token, an id or a name
 * replaced. `/uz/gaps/0199…` becomes `/uz/gaps/*`.
 *
 * @param pathname the path alone
 */
export function maskedPath(pathname: string): string {
	if (pathname.startsWith('/_app/')) return '/_app/*';
	const segments = pathname.split('/').slice(0, 12);
	return segments
		.map((segment, index) => {
			const opened = index > 0 && opensNext.has(segments[index - 1] ?? '');
			return segment === '' || (plainWord.test(segment) && !opened) ? segment : '*';
		})
		.join('/');
}
