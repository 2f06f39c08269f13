import type { FiveLanguages } from '../words.ts';

/** Days from today: -30 is thirty days ago. */
export type Day = number;

/** A region of the demonstration by its ISO 3166-2 code; null is the whole country. */
export type Region = 'UZ-JI' | 'UZ-SA' | 'UZ-NG' | null;

export type Organisation = {
	key: string;
	type: 'cso_shelter' | 'state_rehabilitation_centre' | 'women_led_cso' | 'local_authority' | 'makhalla_committee' | 'commission';
	region: Region;
	name: FiveLanguages;
};

export type Account = {
	key: string;
	role: 'coordinator' | 'member' | 'analyst' | 'collector' | 'reviewer' | 'official' | 'donor' | 'administrator';
	/** Key of a made-up organisation; null where the role is the programme's own. */
	organisation: string | null;
	region: Region;
	name: FiveLanguages;
};

export type Round = {
	name: FiveLanguages;
	opens: Day;
	closes: Day;
	/** The day on which its figures were counted. */
	counted: Day;
	closed: boolean;
	consent: FiveLanguages;
	refusal: FiveLanguages;
	minors: FiveLanguages;
	distress: FiveLanguages;
};

/** A figure of the baseline or the repeat round: a question of the instrument, perhaps split by another. */
export type Figure = {
	key: string;
	round: 'baseline' | 'repeat';
	region: Region;
	measure: 'count' | 'share';
	question: string;
	split?: string;
	title: FiveLanguages;
};

export type Quotation = { key: string; region: Region; words: FiveLanguages; spokenBy: FiveLanguages; day: Day; consent: 'anonymous' | 'public' };

export type Document = { key: string; title: FiveLanguages; source: string; page: string; day: Day };

export type Evidence = { figures?: readonly string[]; quotations?: readonly string[]; documents?: readonly string[]; scores?: readonly string[] };

export type Finding = {
	key: string;
	region: Region;
	day: Day;
	statement: FiveLanguages;
	evidence: Evidence;
	withdrawn?: { day: Day; reason: string };
};

export type Gap = {
	key: string;
	region: Region;
	barrier: 'availability' | 'access' | 'quality' | 'coordination' | 'norms' | 'law' | 'money';
	day: Day;
	title: FiveLanguages;
	forWhom: FiveLanguages;
	findings: readonly string[];
	groups?: readonly ('women' | 'girls' | 'survivors' | 'children' | 'rural' | 'returnees' | 'staff' | 'community')[];
	/** What the cockpit should show of it. */
	shows: string;
};

export type Priority = { key: string; region: Region; day: Day; statement: FiveLanguages; statedBy: FiveLanguages };

export type Response = {
	key: string;
	kind: 'training' | 'plan';
	state: 'planned' | 'under_way' | 'done';
	region: Region;
	/** Key of a made-up organisation. */
	owner: string;
	starts: Day;
	ends: Day;
	title: FiveLanguages;
	gaps: readonly string[];
	priorities: readonly string[];
};

export type Result = {
	key: string;
	region: Region;
	day: Day;
	statement: FiveLanguages;
	value?: { amount: number; unit: FiveLanguages };
	responses: readonly string[];
	evidence: Evidence;
};

export type Recommendation = {
	key: string;
	region: Region;
	/** Key of a made-up authority. */
	to: string;
	delivered: Day;
	title: FiveLanguages;
	gaps: readonly string[];
	results: readonly string[];
	answer?: { day: Day; kind: 'accepted' | 'partly' | 'refused'; reason: FiveLanguages };
};

export type Status = { side: 'authority' | 'civil_society'; status: 'not_started' | 'under_way' | 'done' | 'stopped'; day: Day; note: FiveLanguages };

export type Commitment = {
	key: string;
	region: Region;
	recommendation: string;
	by: string;
	made: Day;
	due: Day;
	title: FiveLanguages;
	measure: FiveLanguages;
	statuses: readonly Status[];
};

export type Change = { key: string; region: Region; commitment: string; verifiedBy: string; day: Day; statement: FiveLanguages; evidence: Evidence };

export type Block =
	| { kind: 'heading' | 'text'; words: FiveLanguages }
	| { kind: 'figure' | 'quotation' | 'finding' | 'recommendation'; key: string };

export type Briefing = { key: string; /** When it is written. */ day: Day; slug: string; title: FiveLanguages; summary: FiveLanguages; blocks: readonly Block[] };

export type Weighing = { gap: string; severity: number; feasibility: number; people?: readonly [number, number]; source?: string };

export type Word = { gap: string; day: Day; by: string; /** Key of a made-up organisation. */ of: string; stance: 'endorse' | 'dissent'; reason?: FiveLanguages };

export type MadeUpSession = {
	key: string;
	day: Day;
	moderator: string;
	title: FiveLanguages;
	gaps: readonly string[];
	/** Which group the sheet of paper is from. */
	sheet: string;
	/** `who` null: the sheet. */
	voices: readonly { who: string | null; turns: readonly (readonly (readonly [number, number])[])[]; note?: string }[];
};

export type MadeUpWatch = {
	gap: string;
	figure: string;
	row: string;
	series: string;
	direction: 'above' | 'below';
	percent: number;
	statedOn: Day;
	closedOn: Day;
	/** Findings that said it was met. */
	met: readonly string[];
	reason: string;
};
