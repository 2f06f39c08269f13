import { REASONS, type ReasonCode } from './reasons.ts';

/** Why an XLSForm cannot be converted, and where in the spreadsheet. */
export type XlsFormError = {
	/** What is wrong, for programs: `survey.unknown-type`. */
	readonly code: ReasonCode;
	readonly sheet?: string;
	/** Row as the spreadsheet counts, from 1 (the header). */
	readonly row?: number;
	readonly column?: string;
	/** The values that the message speaks of. */
	readonly facts: Readonly<Record<string, string>>;
	/** English, without the place. */
	readonly message: string;
};

/** Something that works, but that the author would want to know. */
export type Warning = {
	readonly sheet?: string;
	readonly row?: number;
	/** What it is about, for programs, and the values that the message speaks of. */
	readonly code: string;
	readonly facts: Readonly<Record<string, string>>;
	/** English, without the place. */
	readonly message: string;
};

export type Place = {
	readonly sheet?: string | undefined;
	readonly row?: number | undefined;
	readonly column?: string | undefined;
};

/** Thrown inside the converter, turned into an `XlsFormError` at its door. */
export class Refusal extends Error {
	readonly problem: XlsFormError;

	constructor(problem: XlsFormError) {
		super(problem.message);
		this.name = 'Refusal';
		this.problem = problem;
	}
}

/** Puts facts into a sentence: `{name}` is replaced by the fact of that name. */
export function fill(sentence: string, facts: Readonly<Record<string, string>>): string {
	return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? (facts[name] ?? whole) : whole));
}

/** Describes a problem without throwing it. */
export function problemOf(code: ReasonCode, place: Place, facts: Readonly<Record<string, string>> = {}): XlsFormError {
	return {
		code,
		...(place.sheet === undefined ? {} : { sheet: place.sheet }),
		...(place.row === undefined ? {} : { row: place.row }),
		...(place.column === undefined ? {} : { column: place.column }),
		facts,
		message: fill(REASONS[code], facts)
	};
}

/**
 * Stops the conversion.
 * @throws Refusal always
 */
export function refuse(code: ReasonCode, place: Place, facts: Readonly<Record<string, string>> = {}): never {
	throw new Refusal(problemOf(code, place, facts));
}

/** Runs a step; a refusal becomes a value, anything else (a defect of ours) goes on upwards. */
export function attempt<T>(step: () => T): { ok: true; value: T } | { ok: false; errors: XlsFormError[] } {
	try {
		return { ok: true, value: step() };
	} catch (cause) {
		if (cause instanceof Refusal) return { ok: false, errors: [cause.problem] };
		throw cause;
	}
}
