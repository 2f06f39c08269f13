/** Facts that fill the placeholders of a problem's message. Never personal values. */
export type Facts = Readonly<Record<string, string | number>>;

/**
 * What went wrong, in a form that both a person and a machine can be told. `code` names the message
 * (`gap.already-closed` -> `m.problem_gap_already_closed()`), `status` is the HTTP status.
 */
export class Problem extends Error {
	readonly code: string;
	readonly status: number;
	readonly facts: Facts;
	/** The field of a form that the problem belongs to, if it belongs to one. */
	readonly field: string | undefined;

	constructor(code: string, status: number, facts: Facts = {}, field?: string) {
		super(`${code} (${status})`);
		this.name = 'Problem';
		this.code = code;
		this.status = status;
		this.facts = facts;
		this.field = field;
	}
}

/** A problem to throw: `throw problem('gap.already-closed', 409, { code })`. */
export const problem = (code: string, status: number, facts: Facts = {}, field?: string): Problem =>
	new Problem(code, status, facts, field);

/** Nothing of that identity is there, or nothing that this actor may know of: the two are not told apart. */
export const notFound = (): Problem => new Problem('not-found', 404);
