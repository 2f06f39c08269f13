/** What made-up people answer: how often each answer comes, by region, by what somebody does, and by round. */
import type { RoundKey } from '../made-up.ts';
import { chance, pick, pickSome, whole, type Random } from './random.ts';
import { goodPractices, suggestions } from './sayings.ts';
import type { Filled } from './submission.ts';

/** Regions of the instrument. */
export const regionKeys = { 'UZ-JI': 'ji', 'UZ-SA': 'sa', 'UZ-NG': 'ng' } as const;
export type RegionCode = keyof typeof regionKeys;
type RegionKey = (typeof regionKeys)[RegionCode];

export type Asked = { readonly round: RoundKey; readonly region: RegionCode; /** `YYYY-MM-DD` */ readonly day: string };

const often = (always: number, oftenly: number, sometimes: number, never: number, unknown: number) => ({ always, often: oftenly, sometimes, never, unknown });
const partly = (yes: number, part: number, no: number, unknown: number) => ({ yes, partly: part, no, unknown });
const howMany = (most: number, half: number, some: number, few: number, unknown: number) => ({ most, half, some, few, unknown });

const hours: Record<RegionKey, Record<string, number>> = {
	ji: { always: 14, day: 30, weekdays: 56 },
	sa: { always: 30, day: 36, weekdays: 34 },
	ng: { always: 22, day: 38, weekdays: 40 }
};
const pathway: Record<RoundKey, Record<RegionKey, Record<string, number>>> = {
	baseline: { ji: partly(25, 28, 32, 15), sa: partly(17, 31, 36, 16), ng: partly(18, 32, 34, 16) },
	repeat: { ji: partly(26, 32, 28, 14), sa: partly(52, 24, 12, 12), ng: partly(26, 34, 26, 14) }
};
const organisations: Record<string, Record<string, number>> = {
	shelter: { cso_shelter: 1 },
	centre: { state_centre: 1 },
	cso: { women_led: 7, cso: 3 },
	authority: { authority: 1 },
	makhalla: { makhalla: 8, group: 2 },
	other: { other: 1 }
};
const rooms: Record<string, Record<string, number>> = { cso_shelter: partly(62, 22, 14, 2), state_centre: partly(48, 28, 20, 4), authority: partly(18, 28, 44, 10) };
const psychologists: Record<string, Record<string, number>> = { city: partly(50, 24, 20, 6), centre: partly(30, 30, 32, 8), village: partly(12, 26, 54, 8) };
const endure: Record<RegionKey, Record<string, number>> = { ji: howMany(28, 24, 26, 12, 10), sa: howMany(26, 26, 26, 12, 10), ng: howMany(40, 24, 18, 9, 9) };
const barrierWeights = { distance: 14, cost: 12, documents: 11, fear: 18, shame: 20, family: 16, information: 14, childcare: 8, disability: 4, distrust: 10 };
const barrierChances = { distance: 0.4, cost: 0.35, documents: 0.3, fear: 0.5, shame: 0.55, family: 0.45, information: 0.4, childcare: 0.25, disability: 0.12, distrust: 0.3 };
const sectors = { safe_house: 2, health: 4, psychosocial: 4, legal: 4, police: 3, livelihoods: 2, child_protection: 2 };
const topics = { first_response: 0.3, risk: 0.2, confidentiality: 0.25, trauma: 0.15, children: 0.15, law: 0.3, referral: 0.2, self_care: 0.1 };

/** One made-up person's answers; which of them are asked is decided where the submission is written. */
export function fillIn(random: Random, { round, region, day }: Asked): Filled {
	const here = regionKeys[region];
	const role = pick(random, { shelter: 13, centre: 12, cso: 22, authority: 24, makhalla: 25, other: 4 });
	const organisation = pick(random, organisations[role] ?? { other: 1 });
	const settlement = pick(random, { city: 34, centre: 38, village: 28 });
	const direct = role === 'shelter' || role === 'centre' || chance(random, role === 'cso' ? 0.8 : 0.45);
	const answers = new Map<string, string>();
	const say = (name: string, text: string | number): void => void answers.set(name, String(text));
	const sayOne = (name: string, weights: Readonly<Record<string, number>>): void => say(name, pick(random, weights));
	const saySome = (name: string, chances: Readonly<Record<string, number>>, none: string): void => say(name, pickSome(random, chances, none).join(' '));

	say('today', day);
	say('consent', chance(random, 0.955) ? 'yes' : 'no');
	if (chance(random, 0.7)) sayOne('refusal_reason', { no_time: 4, not_mine: 3, uneasy: 2, unsaid: 2 });
	say('adult', chance(random, 0.995) ? 'yes' : 'no');

	sayOne('interview_language', here === 'sa' ? { uz: 70, tg: 16, ru: 14 } : { uz: 88, ru: 11, other: 1 });
	say('role', role);
	say('organisation_type', organisation);
	say('region', here);
	say('settlement', settlement);
	say('years_in_role', Math.min(whole(random, 0, 14), whole(random, 0, 30)));
	if (chance(random, 0.97)) sayOne('respondent_gender', { woman: 68, man: 30, unsaid: 2 });
	say('works_directly', direct ? 'yes' : 'no');

	saySome('services_offered', { safe_house: role === 'shelter' || role === 'centre' ? 0.95 : 0.05, health: 0.2, psychosocial: 0.45, legal: 0.4, police: 0.15, livelihoods: 0.2, child_protection: 0.2 }, 'psychosocial');
	saySome('services_missing', { safe_house: 0.35, health: 0.15, psychosocial: 0.5, legal: 0.3, police: 0.1, livelihoods: 0.45, child_protection: 0.3 }, 'livelihoods');
	const places = whole(random, 8, 30);
	say('places_total', places);
	say('places_free', whole(random, 0, Math.ceil(places / 2)));
	say('turned_away', whole(random, 0, 6));
	sayOne('intake_hours', hours[here]);
	if (chance(random, 0.6)) say('services_updated', daysBefore(day, whole(random, 5, 700)));

	const barriers = pickSome(random, barrierChances, 'information');
	say('barriers', barriers.join(' '));
	say('main_barrier', pick(random, Object.fromEntries(Object.entries(barrierWeights).filter(([name]) => barriers.includes(name)))));
	say('distance_km', (settlement === 'city' ? whole(random, 10, 120) : whole(random, 80, 900)) / 10);
	saySome('documents_required', { identity: 0.65, police: 0.35, medical: 0.25, order: 0.15 }, 'none');
	sayOne('without_documents', often(16, 20, 28, 26, 10));
	sayOne('disability_access', partly(14, 36, 40, 10));
	sayOne('children_admitted', { all: 42, limit: 44, no: 14 });
	say('children_limit', pick(random, { 7: 2, 10: 4, 12: 4, 14: 2, 16: 1 }));

	sayOne('pathway_written', pathway[round][here]);
	sayOne('meetings', round === 'repeat' && here === 'ng' ? { monthly: 30, quarterly: 24, rarely: 26, never: 12, unknown: 8 } : { monthly: 12, quarterly: 20, rarely: 34, never: 24, unknown: 10 });
	sayOne('consent_before', round === 'repeat' ? often(46, 26, 14, 5, 9) : often(34, 28, 20, 8, 10));
	const referred = referrals(random, direct);
	say('sectors_used', referred.length);

	sayOne('private_room', round === 'repeat' ? partly(40, 30, 24, 6) : (rooms[organisation] ?? partly(22, 30, 38, 10)));
	sayOne('records_locked', partly(46, 28, 18, 8));
	sayOne('risk_assessed', often(20, 26, 28, 14, 12));
	sayOne('safety_plan', often(14, 20, 30, 24, 12));
	sayOne('choice_hers', often(26, 30, 26, 8, 10));
	sayOne('reconciliation_first', often(10, 25, 35, 21, 9));
	sayOne('complaints', partly(16, 26, 44, 14));

	sayOne('psychologist', psychologists[settlement] ?? partly(1, 1, 1, 1));
	sayOne('lawyer', partly(34, 24, 34, 8));
	saySome('trained_in', topics, 'none');
	saySome('training_wanted', { ...topics, risk: 0.45, trauma: 0.5, referral: 0.4, self_care: 0.4 }, 'none');
	sayOne('staff_support', often(6, 12, 26, 48, 8));

	sayOne('norm_private', howMany(36, 26, 20, 10, 8));
	sayOne('norm_endure', endure[here]);
	sayOne('norm_blame', howMany(22, 24, 28, 16, 10));
	sayOne('would_help', howMany(16, 24, 34, 18, 8));

	saySome('families_served', { returnees: 0.2, disability: 0.25, migration: 0.35, early_marriage: 0.3, single_mothers: 0.5 }, 'none');
	sayOne('returnees_welcome', partly(20, 32, 16, 32));
	say('returnees_trained', chance(random, 0.18) ? 'yes' : 'no');

	saySome('funds', role === 'shelter' || role === 'cso' ? { grant: 0.75, gifts: 0.5, local: 0.15, state: 0.1 } : { state: 0.8, local: 0.4, grant: 0.1 }, 'none');
	say('funded_months', whole(random, 0, role === 'shelter' || role === 'cso' ? 14 : 24));
	sayOne('grant_use', { places: 3, staff: 5, transport: 3, outreach: 4, skills: 4 });

	const first = pick(random, priorities);
	say('priority_first', first);
	sayOne('priority_second', Object.fromEntries(Object.entries(priorities).filter(([name]) => name !== first)));
	if (chance(random, 0.15)) say('good_practice', saying(random, goodPractices));
	if (chance(random, 0.2)) say('suggestion', saying(random, suggestions));
	say('support_offered', chance(random, 0.94) ? 'yes' : 'no');

	if (chance(random, 0.03)) slip(random, say, barriers, first);
	return { answers, repeats: new Map([['referred_to', referred]]) };
}

const priorities = { night: 14, pathway: 16, psychologist: 16, confidentiality: 8, children: 8, norms: 14, money: 12, income: 12 };

function referrals(random: Random, direct: boolean): ReadonlyMap<string, string>[] {
	const count = direct ? whole(random, 0, 4) : whole(random, 0, 1);
	const left: Record<string, number> = { ...sectors };
	return Array.from({ length: count }, () => {
		const sector = pick(random, left);
		delete left[sector];
		const outcome = pick(random, { accepted: 60, declined: 20, no_reply: 16, withdrawn: 4 });
		return new Map([
			['referred_sector', sector],
			['referred_number', String(whole(random, 1, 9))],
			['referred_wait', pick(random, { d0_1: 24, d2_3: 26, d4_7: 26, d8_14: 16, d15: 8 })],
			['referred_outcome', outcome],
			['referred_reason', pick(random, { full: 5, out_of_area: 3, eligibility: 4, documents: 5, no_staff: 4, other: 1 })]
		]);
	});
}

/** A few people contradict themselves, so that one sees answers pointed out by the check. */
function slip(random: Random, say: (name: string, text: string | number) => void, barriers: readonly string[], first: string): void {
	const kind = pick(random, { barrier: 1, years: 1, priority: 1 });
	if (kind === 'years') say('years_in_role', 75);
	else if (kind === 'priority') say('priority_second', first);
	else say('main_barrier', Object.keys(barrierWeights).find((name) => !barriers.includes(name)) ?? 'distance');
}

const saying = (random: Random, list: readonly string[]): string => list[whole(random, 0, list.length - 1)] ?? '';

const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
