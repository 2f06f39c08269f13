/** What the gaps of the demonstration weigh, who stands behind them, and what became of two: made up like the rest. */
import { words } from '../words.ts';
import type { Gap, MadeUpSession, MadeUpWatch, Weighing, Word } from './types.ts';

// A source is one text for all readers.
const guess = 'Namoyish · Демонстрация · Demonstration';

/** A gap that was written twice, and went into another. */
export const merged: readonly (Gap & { into: string; mergedOn: number; why: string })[] = [
	{
		key: 'g14', region: 'UZ-JI', barrier: 'availability', day: -10, findings: ['f1'], groups: ['survivors'], into: 'g1', mergedOn: -9, why: 'Namoyish: bir kamchilik ikki marta yozilgan.', shows: 'merged into g1',
		forWhom: words('jabr koʻrgan ayollar', 'пострадавшие женщины', 'jábir kórgen hayallar', 'women survivors'),
		title: words('Kechqurun soat oltidan keyin qabul yoʻq', 'После шести вечера никого не принимают', 'Keshki saat altıdan keyin qabıl etilmeydi', 'Nobody is admitted after six in the evening')
	}
];

export const weighings: readonly Weighing[] = [
	{ gap: 'g1', severity: 5, feasibility: 3, people: [200, 600], source: guess },
	{ gap: 'g2', severity: 4, feasibility: 4, people: [100, 300], source: guess },
	{ gap: 'g3', severity: 3, feasibility: 3, people: [1000, 4000], source: guess },
	{ gap: 'g4', severity: 3, feasibility: 5, people: [300, 300], source: guess },
	{ gap: 'g5', severity: 4, feasibility: 4 },
	{ gap: 'g6', severity: 2, feasibility: 4, people: [60, 60], source: guess },
	{ gap: 'g7', severity: 3, feasibility: 2, people: [5000, 20000], source: guess },
	{ gap: 'g8', severity: 4, feasibility: 2, people: [60, 60], source: guess },
	{ gap: 'g9', severity: 3, feasibility: 4, people: [400, 900], source: guess },
	{ gap: 'g12', severity: 3, feasibility: 5, people: [400, 900], source: guess },
	{ gap: 'g13', severity: 3, feasibility: 4, people: [300, 700], source: guess }
];

export const endorsements: readonly Word[] = [
	{ gap: 'g12', day: -100, by: 'programme-officer', of: 'women-samarkand', stance: 'endorse' },
	{ gap: 'g12', day: -99, by: 'official-samarkand', of: 'authority-samarkand', stance: 'endorse' },
	{ gap: 'g9', day: -98, by: 'programme-officer', of: 'women-samarkand', stance: 'endorse' },
	{ gap: 'g9', day: -97, by: 'official-namangan', of: 'authority-namangan', stance: 'endorse' },
	{ gap: 'g4', day: -90, by: 'shelter-worker', of: 'shelter-a', stance: 'endorse' },
	{ gap: 'g2', day: -60, by: 'programme-officer', of: 'women-samarkand', stance: 'endorse' },
	{
		gap: 'g2', day: -58, by: 'official-samarkand', of: 'authority-samarkand', stance: 'dissent',
		reason: words(
			'Tartib bor: rahbarning ruxsati bilan qabul qilinadi. Muammo tartibda emas, navbatchilarning uni bilmasligida.',
			'Порядок есть: принимают с разрешения руководителя. Дело не в порядке, а в том, что дежурные его не знают.',
			'Tártip bar: basshınıń ruqsatı menen qabıl etiledi. Mashqala tártipte emes, náwbetshilerdiń onı bilmewinde.',
			'There is a way: admission with the head\'s leave. The trouble is not the rule but that whoever is on duty does not know it.'
		)
	},
	{ gap: 'g10', day: -50, by: 'official-national', of: 'commission', stance: 'endorse' }
];

/** One session: four people on their own phones and a sheet of paper; two turns, and the medians adopted. */
export const session: MadeUpSession = {
	key: 'first', day: -8, moderator: 'programme-officer', gaps: ['g7', 'g8', 'g9', 'g10'],
	title: words('Namoyish: ustuvorliklarni birga baholash', 'Демонстрация: оцениваем вместе', 'Kórsetpe: birge bahalaw', 'Demonstration: scoring together'),
	sheet: 'Namoyish: mahalla ayollari guruhi',
	// By voice and turn: severity and feasibility of each gap in their order.
	voices: [
		{ who: 'programme-officer', turns: [[[4, 2], [4, 2], [3, 4], [4, 2]], [[4, 2], [4, 2], [3, 4], [4, 3]]] },
		{ who: 'analyst', turns: [[[3, 3], [3, 2], [3, 4], [3, 2]], [[4, 3], [4, 2], [3, 4], [4, 2]]] },
		{ who: 'official-national', turns: [[[2, 4], [2, 4], [2, 5], [4, 4]], [[3, 3], [2, 4], [3, 5], [4, 4]]], note: 'Namoyish: mablagʻ masalasi byudjet davrasida hal boʻladi.' },
		{ who: 'reviewer', turns: [[[4, 2], [5, 1], [4, 3], [3, 2]], [[4, 2], [5, 2], [4, 3], [4, 2]]] },
		{ who: null, turns: [[[5, 1], [4, 1], [4, 3], [2, 3]], [[5, 2], [4, 1], [4, 4], [3, 3]]], note: 'Namoyish: qizlar hech kimga ayta olmaydi.' }
	]
};

/** A gap that was closed too early: the repeat round's figure opens it again. */
export const watched: readonly MadeUpWatch[] = [
	{
		gap: 'g13', figure: 'pathway', row: 'yes', series: 'ng', direction: 'below', percent: 40, statedOn: -81, closedOn: -80, met: ['f14'],
		reason: 'Namoyish: tumanlarning kamida 40 foizida yozma tartib boʻlsin.'
	}
];
