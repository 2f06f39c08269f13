import { describe, expect, it } from 'vitest';
import { programmeNav } from './navigation.ts';

const marked = (path: string, seesContent = true): string[] =>
	programmeNav('x', `/uz/p/x${path}`, seesContent).filter(({ current }) => current).map(({ href }) => href.replace(/^\/uz\/p\/x/, ''));

describe('the navigation of a programme', () => {
	it.each([
		['', ''], ['/cockpit', '/cockpit'], ['/assessment/rounds', '/assessment/rounds'], ['/assessment/instruments/drafts/1/files', '/assessment/rounds'], ['/assessment/lists/1', '/assessment/rounds'],
		['/assessment/findings/1', '/assessment/findings'], ['/assessment/interviews', '/assessment/rounds'], ['/gaps/1', '/gaps'], ['/network/people/1', '/network/organisations'], ['/briefings/ledger', '/briefings']
	])('marks one section on %s', (path, section) => expect(marked(path)).toEqual([section]));

	it('marks none on a page of no section, and none by half a name', () => {
		for (const path of ['/thread/gap/1', '/gapsand', '/plans2']) expect(marked(path)).toEqual([]);
	});

	it('leaves out what somebody who only administers or funds does not see', () => {
		expect(programmeNav('x', '/uz/p/x', false).map(({ href }) => href.replace(/^\/uz\/p\/x/, ''))).toEqual(['', '/briefings', '/network/organisations']);
	});
});
