import { m } from '#paraglide/messages.js';
import type { Standing } from '../progress.ts';
import type { TeamState } from '../team.ts';

type Tone = 'plain' | 'accent' | 'ok' | 'late' | 'broken';

export const teamWords: Record<TeamState, () => string> = { draft: m.fieldwork_team_draft, ready: m.fieldwork_team_is_ready, ended: m.fieldwork_team_ended };
export const teamTones: Record<TeamState, Tone> = { draft: 'accent', ready: 'ok', ended: 'plain' };
export const sideWords = { civil_society: m.fieldwork_side_civil_society, authority: m.fieldwork_side_authority };
export const lackWords = { 'team.empty': m.problem_team_empty, 'team.not-joint': m.problem_team_not_joint };
export const standingWords: Record<Standing, () => string> = {
	reached: m.fieldwork_standing_reached,
	'on-track': m.fieldwork_standing_on_track,
	behind: m.fieldwork_standing_behind,
	'far-behind': m.fieldwork_standing_far_behind,
	open: m.fieldwork_standing_open
};
export const standingTones: Record<Standing, Tone> = { reached: 'ok', 'on-track': 'accent', behind: 'late', 'far-behind': 'broken', open: 'plain' };
export const reviewTones: Readonly<Record<string, Tone>> = { received: 'plain', edited: 'accent', approved: 'ok', has_issues: 'late', rejected: 'broken' };
