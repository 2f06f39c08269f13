import { m } from '#paraglide/messages.js';

const states: Record<string, () => string> = {
	draft: m.thread_state_draft,
	open: m.thread_state_open,
	closed: m.thread_state_closed,
	merged: m.gaps_state_merged,
	split: m.gaps_state_split,
	withdrawn: m.thread_state_withdrawn,
	stands: m.thread_state_stands,
	planned: m.thread_state_planned,
	under_way: m.thread_state_under_way,
	done: m.thread_state_done,
	cancelled: m.thread_state_cancelled,
	delivered: m.thread_state_delivered,
	answered: m.thread_state_answered,
	made: m.thread_state_made,
	frozen: m.thread_state_frozen,
	published: m.thread_state_published
};

/** A record's state in words. */
export const stateWord = (state: string): string => states[state]?.() ?? state;

/** The tone of a state's tag. */
export const stateTone = (state: string): 'plain' | 'accent' | 'ok' | 'broken' =>
	state === 'withdrawn' || state === 'cancelled' ? 'broken' : state === 'draft' || state === 'merged' || state === 'split' ? 'plain' : state === 'done' || state === 'closed' ? 'ok' : 'accent';

const deeds: Record<string, () => string> = {
	draft: m.thread_deed_draft,
	state: m.thread_deed_draft,
	edit: m.thread_deed_edit,
	cite: m.thread_deed_cite,
	open: m.thread_deed_open,
	close: m.thread_deed_close,
	reopen: m.thread_deed_reopen,
	plan: m.thread_deed_plan,
	adopt: m.thread_deed_plan,
	start: m.thread_deed_start,
	finish: m.thread_deed_finish,
	cancel: m.thread_deed_cancel,
	confirm: m.thread_deed_confirm,
	deliver: m.thread_deed_deliver,
	answer: m.thread_deed_answer,
	'record-answer': m.thread_deed_record_answer,
	make: m.thread_deed_make,
	record: m.thread_deed_record,
	'tell-authority': m.thread_deed_tell_authority,
	'record-status': m.thread_deed_record_status,
	'tell-civil-society': m.thread_deed_tell_civil_society,
	verify: m.thread_deed_verify,
	withdraw: m.thread_deed_withdraw,
	weigh: m.gaps_deed_weigh,
	watch: m.gaps_deed_watch,
	'end-watch': m.gaps_deed_end_watch,
	merge: m.gaps_deed_merge,
	split: m.gaps_deed_split,
	undo: m.gaps_deed_undo,
	endorse: m.gaps_deed_endorse
};

/** Deeds whose verb is of another kind of record than the one they are told of. */
const whole: Record<string, () => string> = { 'endorsement.withdraw': m.gaps_take_back, 'session.adopt': m.gaps_deed_adopt_session };

/** What somebody did, in words: the verb of a journal entry. */
export const deedWord = (verb: string): string => (whole[verb] ?? deeds[verb.split('.')[1] ?? ''])?.() ?? verb;

const roleWords: Record<string, () => string> = {
	coordinator: m.thread_role_coordinator,
	member: m.thread_role_member,
	analyst: m.thread_role_analyst,
	reviewer: m.thread_role_reviewer,
	official: m.thread_role_official
};

/** A role in words. */
export const roleWord = (role: string): string => roleWords[role]?.() ?? role;
