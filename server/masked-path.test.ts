import { expect, it } from 'vitest';
import { maskedPath } from './masked-path.ts';

it.each([
	['/uz/sign-in', '/uz/sign-in'],
	['/uz-Cyrl/account', '/uz-Cyrl/account'],
	['/en/p/01993f5e-8a1c-7b3e-9d2f-5a6b7c8d9e0f/gaps', '/en/p/*/gaps'],
	['/key/secret/submission', '/key/*/submission'],
	['/uz/c/secret', '/uz/c/*'],
	['/uz/invitation/secret', '/uz/invitation/*'],
	['/ru/Malika', '/ru/*'],
	['/ru/%D0%9C%D0%B0%D0%BB%D0%B8%D0%BA%D0%B0', '/ru/*'],
	['/ru/+998901234567', '/ru/*'],
	['/ru/malika@example.org', '/ru/*'],
	['/_app/immutable/assets/Button.BAqt9.css', '/_app/*'],
	['/', '/']
])('lets %s stand in the log as %s', (path, shown) => {
	expect(maskedPath(path)).toBe(shown);
});

it('keeps the log line short, however deep a path pretends to be', () => {
	expect(maskedPath('/a'.repeat(2000)).length).toBeLessThan(30);
});
