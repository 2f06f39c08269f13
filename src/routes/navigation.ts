import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import type { NavItem } from '#ui/shell.ts';

/** `area`, `also`: the addresses that belong to it, where they are more than those below its own page. */
type Section = { path: string; area?: string; also?: readonly string[]; go: string; label: () => string; quick?: true; content: boolean };

/** The sections of a programme, in the order of the thread. `content`: not for who only administers or funds. */
const sections: readonly Section[] = [
	{ path: '', go: 'w', label: m.platform_nav_my_work, quick: true, content: false },
	{ path: '/cockpit', go: 'c', label: m.platform_nav_cockpit, quick: true, content: true },
	{ path: '/assessment/rounds', area: '/assessment', go: 'a', label: m.platform_nav_assessment, quick: true, content: true },
	{ path: '/assessment/findings', go: 'f', label: m.platform_nav_findings, content: true },
	{ path: '/gaps', go: 'g', label: m.platform_nav_gaps, quick: true, content: true },
	{ path: '/trainings', go: 't', label: m.platform_nav_trainings, content: true },
	{ path: '/plans', go: 'p', label: m.platform_nav_plans, content: true },
	{ path: '/results', go: 'r', label: m.platform_nav_results, content: true },
	{ path: '/recommendations', also: ['/commitments', '/changes'], go: 'd', label: m.platform_nav_policy, content: true },
	{ path: '/briefings', go: 'b', label: m.platform_nav_briefings, content: false },
	{ path: '/network/organisations', area: '/network', go: 'n', label: m.platform_nav_network, quick: true, content: false }
];

/** The main navigation of a programme for somebody, with the section of `pathname` marked. */
export function programmeNav(programmeId: string, pathname: string, seesContent: boolean): NavItem[] {
	const base = localizeHref(`/p/${programmeId}`);
	const here = `${pathname.slice(base.length)}/`;
	const areas = sections.flatMap(({ path, area = path, also = [] }) => [area, ...also]).filter((area) => (area === '' ? here === '/' : here.startsWith(`${area}/`)));
	const nearest = areas.sort((a, b) => b.length - a.length)[0];
	return sections
		.filter((section) => seesContent || !section.content)
		.map(({ path, area = path, also = [], go, label, quick = false }) => ({ href: base + path, label: label(), current: nearest !== undefined && [area, ...also].includes(nearest), quick, go }));
}
