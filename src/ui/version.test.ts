import { describe, expect, it } from 'vitest';
import { actionFrom } from './version.ts';

const at = (search: string): URL => new URL(`http://hamkor.example/uz/p/1/gaps/2/edit${search}`);

describe('a form that changes a record', () => {
	it('says which version it was filled from', () => {
		expect(actionFrom(undefined, '7', undefined)).toBe('?version=7');
		expect(actionFrom('?/edit', '7', undefined)).toBe('?/edit&version=7');
		expect(actionFrom(undefined, '', undefined)).toBe('?version=');
	});
	it('still says so after a refusal, or a second try would overwrite unseen words', () => {
		expect(actionFrom(undefined, '8', at('?version=7'))).toBe('?version=7');
		expect(actionFrom('?/edit', '8', at('?/edit&version=7'))).toBe('?/edit&version=7');
		expect(actionFrom('?/edit', '8', at('?/edit&version='))).toBe('?/edit&version=');
	});
	it('is not held to what another form of the page said', () => {
		expect(actionFrom('?/edit&of=b', '8', at('?/edit&of=a&version=7'))).toBe('?/edit&of=b&version=8');
		expect(actionFrom('?/edit', '8', at('?/add'))).toBe('?/edit&version=8');
	});
});
