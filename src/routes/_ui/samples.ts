import type { BarChart } from '#ui/chart.ts';
import type { Column } from '#ui/table.ts';
import { threadSteps, type ThreadState, type ThreadStep } from '#ui/thread.ts';
import type { MapRegion } from '#ui/regionMap.ts';

/** A made-up gap, for looking at the components with words of real length. */
export interface SampleGap {
	id: string;
	title: string;
	place: string;
	priority: number;
	steps: ThreadStep[];
	since: string;
	tone: 'plain' | 'late' | 'broken';
}

const letters: Record<string, ThreadState> = { o: 'ok', n: 'none', l: 'late', b: 'broken' };

function line(states: string, counts: readonly number[] = [], notes: Record<string, string> = {}): ThreadStep[] {
	return threadSteps.map((step, i) => ({
		step,
		state: letters[states.charAt(i)] ?? 'none',
		count: counts[i],
		href: counts[i] ? `#${step}` : undefined,
		note: notes[step]
	}));
}

const texts = {
	en: [
		['No safe place for women with boys over 10', 'Jizzakh · availability', 'no response, 63 days'],
		['Referral between centre and police takes over a week', 'Samarkand · coordination', 'no reply, 31 days'],
		['Shelter staff have no supervision after night shifts', 'Namangan · quality', 'check due 9 days ago'],
		['Makhalla leaders advise reconciliation before safety', 'all three · norms', 'on its way'],
		['No interpreter for Karakalpak and Tajik speakers', 'Samarkand · access', 'changed, verified']
	],
	ru: [
		['Нет безопасного места для женщин с сыновьями старше 10 лет', 'Джизак · наличие', 'нет ответных мер, 63 дня'],
		['Направление из центра в милицию занимает больше недели', 'Самарканд · взаимодействие', 'нет ответа, 31 день'],
		['У сотрудниц шелтера нет супервизии после ночных смен', 'Наманган · качество', 'проверка просрочена на 9 дней'],
		['Лидеры махаллей советуют примириться раньше, чем обеспечена безопасность', 'все три · нормы', 'в пути'],
		['Нет переводчика для говорящих на каракалпакском и таджикском', 'Самарканд · доступ', 'изменение подтверждено']
	],
	uz: [
		['10 yoshdan katta oʻgʻil bolali ayollar uchun xavfsiz joy yoʻq', 'Jizzax · mavjudlik', 'chora koʻrilmagan, 63 kun'],
		['Markazdan ichki ishlar boʻlimiga yoʻllash bir haftadan oshadi', 'Samarqand · muvofiqlashtirish', 'javob yoʻq, 31 kun'],
		['Boshpana xodimlari tungi navbatdan keyin qoʻllab-quvvatlanmaydi', 'Namangan · sifat', 'tekshiruv 9 kun kechikdi'],
		['Mahalla yetakchilari xavfsizlikdan oldin yarashuvni maslahat beradi', 'uchchala hudud · qarashlar', 'davom etmoqda'],
		['Qoraqalpoq va tojik tillarida soʻzlashuvchilar uchun tarjimon yoʻq', 'Samarqand · foydalanish imkoni', 'oʻzgardi, tasdiqlandi']
	]
} as const;

const shapes = ['oobnnnn', 'ooooobn', 'ooolnnn', 'oooooon', 'ooooooo'];
const tones = ['broken', 'broken', 'late', 'plain', 'plain'] as const;
const priorities = [92, 88, 81, 79, 64];

/** The words for a locale; the two that have none of their own borrow. */
function wordsOf(locale: string): (typeof texts)[keyof typeof texts] {
	if (locale === 'ru') return texts.ru;
	return locale.startsWith('uz') ? texts.uz : texts.en;
}

/** Five gaps at different points of the thread. */
export function sampleGaps(locale: string): SampleGap[] {
	return wordsOf(locale).map(([title, place, since], i) => ({
		id: `G-0${i + 1}`,
		title,
		place,
		priority: priorities[i] ?? 0,
		steps: line(shapes[i] ?? ''),
		since,
		tone: tones[i] ?? 'plain'
	}));
}

/** The thread of one record, with counts and what is wrong in words. */
export function sampleThread(locale: string): ThreadStep[] {
	return line('ooooobn', [9, 1, 2, 1, 1], { commitment: wordsOf(locale)[1][2] });
}

export const galleryColumns: readonly Column<SampleGap>[] = [
	{ key: 'title', label: 'Gap', text: (gap) => gap.title, sortable: true, always: true },
	{ key: 'priority', label: 'Priority', text: (gap) => String(gap.priority), sortable: true },
	{ key: 'thread', label: 'Thread', text: (gap) => gap.steps.map((step) => step.state).join(' ') },
	{ key: 'since', label: 'Since', text: (gap) => gap.since },
	{ key: 'id', label: 'Code', text: (gap) => gap.id, hidden: true }
];

const answers = ['the same day', '1 to 3 days', '4 to 7 days', 'eight days or longer', 'nobody told us how long it would take'];

/** A figure with one series, and one split in three with hidden cells. */
export const sampleCharts: readonly [BarChart, BarChart] = [
	{
		id: 'waiting',
		title: 'Four in ten referrals to the police wait eight days or longer',
		measure: 'share',
		series: [{ key: 'all', label: 'All' }],
		categories: answers.map((label, i) => {
			const count = [18, 31, 24, 59, 11][i] ?? 0;
			return { key: `a${i}`, label, cells: [{ count, share: count / 143 }] };
		}),
		n: 143,
		source: 'baseline 2023, Samarkand',
		threshold: 5,
		note: 'Counts of services given: they do not say how common violence is.'
	},
	{
		id: 'waiting-split',
		title: 'State centres wait longer than shelters of civil society',
		measure: 'count',
		series: [
			{ key: 'state', label: 'State centres' },
			{ key: 'cso', label: 'Shelters of civil society' },
			{ key: 'makhalla', label: 'Makhalla' }
		],
		categories: answers.slice(0, 4).map((label, i) => ({
			key: `a${i}`,
			label,
			cells: [
				{ count: [6, 12, 16, 41][i] ?? 0 },
				i === 3 ? 'withheld' : { count: [12, 14, 7][i] ?? 0 },
				i === 0 ? 'fewer' : { count: [0, 5, 8, 9][i] ?? 0 }
			]
		})),
		n: 143,
		source: 'baseline 2023, Samarkand',
		threshold: 5
	}
];

export const sampleRegions: MapRegion[] = [
	{ code: 'UZ-JI', label: 'Jizzax viloyati', text: '48', more: ['60'], level: 4, href: '#jizzakh' },
	{ code: 'UZ-SA', label: 'Samarqand viloyati', text: '31', more: ['60'], level: 3, href: '#samarkand', marked: true },
	{ code: 'UZ-NG', label: 'Namangan viloyati', text: '9', more: ['40'], level: 1, marked: true },
	{ code: 'UZ-TK', label: 'Toshkent shahri', text: '–', more: ['20'], level: 'hidden' },
	{ code: null, label: 'Oʻsh viloyati', text: '4', more: ['4'], level: 1 }
];
